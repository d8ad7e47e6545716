package dev.adjoint.prove;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code factor·v + rest}, neither of which holds the variable v. */
record Linear(IntExpr factor, IntExpr rest) {
    /** An integer as such a form; null if there is none. */
    static @Nullable Linear of(IntExpr e, String name) {
        Atom.Var variable = new Atom.Var(name);
        IntExpr factor = IntExpr.ZERO;
        IntExpr rest = IntExpr.ZERO;
        for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
            List<Atom> others = new ArrayList<>(term.getKey().factors());
            boolean holds = others.remove(variable);
            IntExpr part = IntExpr.of(new Monomial(others), term.getValue());
            if (part.variables().contains(name)) {
                return null;
            }
            factor = holds ? factor.plus(part) : factor;
            rest = holds ? rest : rest.plus(part);
        }
        return new Linear(factor, rest);
    }
}

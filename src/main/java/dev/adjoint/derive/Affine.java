package dev.adjoint.derive;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An integer as {@code coefficient·index + rest}, where the index stands in neither; the coefficient may hold sizes. */
record Affine(IntExpr coefficient, IntExpr rest) {
    static Optional<Affine> in(IntExpr e, String index) {
        IntExpr coefficient = IntExpr.ZERO;
        IntExpr rest = IntExpr.ZERO;
        Atom variable = new Atom.Var(index);
        for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
            List<Atom> others = new ArrayList<>(term.getKey().factors());
            boolean holds = others.remove(variable);
            IntExpr other = IntExpr.of(new Monomial(others), term.getValue());
            if (mentions(others, index)) {
                return Optional.empty();
            }
            if (holds) {
                coefficient = coefficient.plus(other);
            } else {
                rest = rest.plus(other);
            }
        }
        return Optional.of(new Affine(coefficient, rest));
    }

    private static boolean mentions(List<Atom> atoms, String index) {
        Set<String> names = new LinkedHashSet<>();
        atoms.forEach(a -> a.collectVariables(names));
        return names.contains(index);
    }

    boolean isUnit() {
        return coefficient.isConstant() && Math.abs(coefficient.constant()) == 1;
    }

    boolean isAbsent() {
        return coefficient.isZero();
    }

    boolean isConstantMultiple() {
        return coefficient.isConstant() && !coefficient.isZero();
    }

    /** For a coefficient of ±1 the index that makes the integer 0. */
    IntExpr root() {
        return coefficient.constant() == 1 ? rest.negate() : rest;
    }
}

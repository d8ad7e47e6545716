package dev.adjoint.prove;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Bounds that are extrema. */
final class Extrema {
    private Extrema() {}

    /** {@code max(a, b) + c ≤ y} is {@code a + c ≤ y} and {@code b + c ≤ y}; the same of a minimum from above. */
    static List<IntExpr> sides(IntExpr bound, boolean max) {
        for (Map.Entry<Monomial, Long> term : bound.terms().entrySet()) {
            List<Atom> atoms = term.getKey().factors();
            long c = term.getValue();
            if (atoms.size() == 1 && atoms.get(0) instanceof Atom.Extremum x && c > 0 == (x.max() == max)) {
                IntExpr rest = bound.minus(IntExpr.of(term.getKey(), c));
                List<IntExpr> sides = new ArrayList<>(sides(rest.plus(x.left().times(c)), max));
                sides.addAll(sides(rest.plus(x.right().times(c)), max));
                return sides;
            }
        }
        return List.of(bound);
    }
}

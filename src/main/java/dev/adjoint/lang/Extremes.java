package dev.adjoint.lang;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says for which sizes an expression in indices is never negative: what it is at the ends of their ranges. */
final class Extremes {
    private static final int MOST = 16;

    private final Domain sizes;

    Extremes(Domain sizes) {
        this.sizes = sizes;
    }

    /** The condition on sizes; empty if the expression is not affine in an index. */
    Optional<Cond> neverNegative(IntExpr e, List<Range> ranges, Map<Atom, IntExpr> data) {
        List<IntExpr> ends = new ArrayList<>(List.of(e));
        for (Map.Entry<Atom, IntExpr> datum : data.entrySet()) {
            ends = ends(ends, datum.getKey(), IntExpr.ZERO, datum.getValue());
        }
        for (int k = ranges.size() - 1; k >= 0; k--) {
            Range range = ranges.get(k);
            ends = ends(ends, new Atom.Var(range.name()), range.lo(), range.hi());
        }
        return ends.isEmpty()
                ? Optional.empty()
                : Optional.of(Cond.and(ends.stream().map(Extremes::atLeastZero).toList()));
    }

    /** The expressions with one variable put at the end where they are smallest, at both if that is not known. */
    private List<IntExpr> ends(List<IntExpr> all, Atom atom, IntExpr lo, IntExpr hi) {
        List<IntExpr> ends = new ArrayList<>();
        for (IntExpr e : all) {
            Optional<IntExpr> slope = slope(e, atom);
            if (slope.isEmpty()) {
                return List.of();
            }
            boolean up = sizes.implies(Constraint.le(IntExpr.ZERO, slope.get()));
            boolean down = sizes.implies(Constraint.le(slope.get(), IntExpr.ZERO));
            if (!down || up) {
                ends.add(put(e, atom, lo));
            }
            if (!up) {
                ends.add(put(e, atom, hi.minus(1)));
            }
        }
        return ends.size() > MOST ? List.of() : ends;
    }

    private static IntExpr put(IntExpr e, Atom atom, IntExpr value) {
        return e.mapAtoms(a -> a.equals(atom) ? value : IntExpr.of(a));
    }

    /** The {@code a} of {@code e = a·x + b} with no {@code x} in {@code a} and {@code b}. */
    private static Optional<IntExpr> slope(IntExpr e, Atom atom) {
        IntExpr at1 = put(e, atom, IntExpr.ONE);
        IntExpr at0 = put(e, atom, IntExpr.ZERO);
        IntExpr slope = at1.minus(at0);
        IntExpr again = slope.times(IntExpr.of(atom)).plus(at0);
        boolean hidden = atom instanceof Atom.Var variable
                && (slope.variables().contains(variable.name())
                        || at0.variables().contains(variable.name()));
        return again.equals(e) && !hidden ? Optional.of(slope) : Optional.empty();
    }

    /** {@code e ≥ 0} with what is subtracted on the other side. */
    static Cond atLeastZero(IntExpr e) {
        IntExpr above = IntExpr.ZERO;
        IntExpr below = IntExpr.ZERO;
        for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
            if (term.getValue() > 0) {
                above = above.plus(IntExpr.of(term.getKey(), term.getValue()));
            } else {
                below = below.plus(IntExpr.of(term.getKey(), Math.negateExact(term.getValue())));
            }
        }
        return Cond.ints(Rel.GE, above, below);
    }
}

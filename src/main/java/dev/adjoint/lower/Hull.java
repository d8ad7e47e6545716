package dev.adjoint.lower;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import dev.adjoint.index.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The smallest box over sizes alone that is known to hold an index, whatever the other indices are. */
final class Hull {
    private final Map<String, Range> scope = new LinkedHashMap<>();

    private Hull(List<Range> scope) {
        scope.forEach(r -> this.scope.put(r.name(), r));
    }

    /** The range with bounds over sizes only; the range itself if it has them. */
    static Optional<Range> of(Range range, List<Range> scope) {
        Hull hull = new Hull(scope);
        Optional<IntExpr> lo = hull.bound(range.lo(), true);
        Optional<IntExpr> hi = hull.bound(range.hi(), false);
        return lo.isPresent() && hi.isPresent()
                ? Optional.of(new Range(range.name(), lo.get(), hi.get()))
                : Optional.empty();
    }

    /** A bound of a sum is the sum of the bounds of its terms. */
    private Optional<IntExpr> bound(IntExpr e, boolean below) {
        IntExpr sum = IntExpr.ZERO;
        for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
            long c = term.getValue();
            List<Atom> factors = term.getKey().factors();
            IntExpr whole = IntExpr.of(term.getKey(), c);
            if (whole.variables().stream().noneMatch(scope::containsKey)) {
                sum = sum.plus(whole);
                continue;
            }
            Optional<IntExpr> bound = factors.size() == 1 ? bound(factors.get(0), c > 0 == below) : Optional.empty();
            if (bound.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.plus(bound.get().times(c));
        }
        return Optional.of(sum);
    }

    private Optional<IntExpr> bound(Atom atom, boolean below) {
        if (atom instanceof Atom.Var variable) {
            Range range = scope.get(variable.name());
            return range == null
                    ? Optional.of(IntExpr.of(atom))
                    : below ? bound(range.lo(), true) : bound(range.hi(), false).map(hi -> hi.minus(1));
        }
        if (atom instanceof Atom.FloorDiv q && q.den().isConstant() && q.den().constant() > 0) {
            return bound(q.num(), below).map(n -> n.floorDiv(q.den()));
        }
        if (atom instanceof Atom.Mod r && r.den().isConstant() && r.den().constant() > 0) {
            return Optional.of(below ? IntExpr.ZERO : r.den().minus(1));
        }
        if (atom instanceof Atom.Extremum x) {
            Optional<IntExpr> left = bound(x.left(), below);
            Optional<IntExpr> right = bound(x.right(), below);
            if (left.isPresent() && right.isPresent()) {
                return Optional.of(
                        x.max() ? left.get().max(right.get()) : left.get().min(right.get()));
            }
            // The larger one is above each of its sides, the smaller one below.
            return x.max() == below ? left.or(() -> right) : Optional.empty();
        }
        return Optional.empty();
    }
}

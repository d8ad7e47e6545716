package dev.adjoint.plan;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The smallest box known to hold an index, whatever the other indices are. */
final class Hull {
    private final Set<String> indices;
    private final Intervals intervals;

    private Hull(List<Range> scope) {
        this.indices = scope.stream().map(Range::name).collect(Collectors.toSet());
        this.intervals = Intervals.none().with(scope);
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

    private Optional<IntExpr> bound(IntExpr e, boolean below) {
        if (e.variables().stream().noneMatch(indices::contains)) {
            return Optional.of(e);
        }
        Optional<IntExpr> interval = intervals.of(e).map(i -> IntExpr.of(below ? i.lo() : i.hi()));
        if (interval.isPresent() || e.terms().size() != 1) {
            return interval;
        }
        Atom atom = e.atoms().iterator().next();
        if (atom instanceof Atom.Extremum x && x.max() == below && e.equals(IntExpr.of(atom))) {
            Optional<IntExpr> left = bound(x.left(), below);
            Optional<IntExpr> right = bound(x.right(), below);
            if (left.isPresent() && right.isPresent()) {
                return Optional.of(
                        below ? left.get().max(right.get()) : left.get().min(right.get()));
            }
            return left.isPresent() ? left : right;
        }
        return Optional.empty();
    }
}

package dev.adjoint.loop;

import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.List;

/** What is certain at a place in a formula: what the layer assumes of its sizes, and the ranges of the indices around. */
public final class Known {
    private final Domain domain;

    private Known(Domain domain) {
        this.domain = domain;
    }

    /** @param sizes what holds of the sizes */
    public static Known of(Domain sizes) {
        return new Known(sizes);
    }

    /** Inside of loops over these ranges, the later within the earlier; what bore such a name outside is hidden. */
    public Known within(List<Range> ranges) {
        Domain inner = domain;
        for (Range range : ranges) {
            List<Constraint> kept = inner.constraints().stream()
                    .filter(c -> !c.expr().variables().contains(range.name()))
                    .toList();
            inner = (kept.size() == inner.constraints().size() ? inner : Domain.of(kept)).and(range);
        }
        return new Known(inner);
    }

    /** Where this holds too. */
    public Known where(Constraint c) {
        return new Known(domain.and(c));
    }

    /** Whether the constraint is certain; false says nothing. */
    public boolean implies(Constraint c) {
        return domain.implies(c);
    }

    /** Whether {@code e ≥ bound} is certain; false says nothing. */
    public boolean isAtLeast(IntExpr e, long bound) {
        return domain.impliesLe(IntExpr.of(bound), e);
    }

    /** Whether {@code 0 ≤ e < extent} is certain. */
    public boolean isInside(IntExpr e, IntExpr extent) {
        return isAtLeast(e, 0) && isAtLeast(extent.minus(e), 1);
    }

    /** The same integer, with what is certain already resolved. */
    public IntExpr simplify(IntExpr e) {
        return domain.simplify(e);
    }

    /** The bounds with what is certain outside of the range already resolved. */
    public Range simplify(Range range) {
        return new Range(range.name(), simplify(range.lo()), simplify(range.hi()));
    }
}

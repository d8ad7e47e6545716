package dev.adjoint.loop;

import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.List;
import java.util.OptionalLong;

/** Turns a condition on an index into bounds of its range. */
public final class Solve {
    private Solve() {}

    /**
     * The last of the ranges whose index stands in {@code e} with an integer coefficient; −1 if there is none, or if the
     * index stands elsewhere too.
     */
    public static int position(List<Range> ranges, IntExpr e) {
        for (int k = ranges.size() - 1; k >= 0; k--) {
            String name = ranges.get(k).name();
            if (e.variables().contains(name)) {
                OptionalLong coefficient = e.coefficient(name);
                return coefficient.isPresent() && coefficient.getAsLong() != 0 ? k : -1;
            }
        }
        return -1;
    }

    /** The range cut down to where {@code e ≥ 0}, for an {@code e} in which its index has an integer coefficient. */
    public static Range atLeastZero(Range range, IntExpr e) {
        long c = e.coefficient(range.name()).orElseThrow();
        IntExpr rest = e.minus(range.index().times(c));
        if (c > 0) {
            IntExpr least = ceilDiv(rest.negate(), c);
            return new Range(range.name(), range.lo().max(least), range.hi());
        }
        IntExpr end = rest.floorDiv(IntExpr.of(-c)).plus(1);
        return new Range(range.name(), range.lo(), range.hi().min(end));
    }

    /** The range cut down to where the comparison of {@code e} with 0 holds; {@code rel} is not {@code !=}. */
    public static Range where(Range range, Rel rel, IntExpr e) {
        return switch (rel) {
            case GE -> atLeastZero(range, e);
            case GT -> atLeastZero(range, e.minus(1));
            case LE -> atLeastZero(range, e.negate());
            case LT -> atLeastZero(range, e.negate().minus(1));
            case EQ -> atLeastZero(atLeastZero(range, e), e.negate());
            case NE -> throw new IllegalArgumentException("!= cuts no interval");
        };
    }

    /** {@code ⌈e / by⌉}. */
    public static IntExpr ceilDiv(IntExpr e, long by) {
        return e.plus(by - 1).floorDiv(IntExpr.of(by));
    }
}

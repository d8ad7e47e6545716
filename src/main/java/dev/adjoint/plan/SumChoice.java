package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Test;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One way to compute a contraction whose sums go over neighbouring entries of both operands: both are loaded by vectors
 * along summed indices, and the lanes of a sum are added up at its end. What the run holds between rows is zero in the
 * still operand.
 *
 * @param run summed indices, the last one fastest
 * @param length of the run
 * @param moving the layout of one operand
 * @param still the layout of the other one, with zeros where the run holds no entry
 * @param rows what a block takes of the free indices of the still operand
 * @param columns what it takes of those of the moving operand
 * @param direct whether sums are stored where they belong; else in scratch memory first
 */
record SumChoice(
        Contraction contraction,
        List<Range> run,
        IntExpr length,
        Layout moving,
        Layout still,
        Rows rows,
        Rows columns,
        boolean direct,
        Place result)
        implements LaneWay {
    /** Counts the vectors along the run. */
    static final String VECTOR = "$vector";

    /** The summed indices beside the run, then the vectors along it. */
    Taps taps() {
        IntExpr vectors = length.plus(Lane.COUNT).minus(1).floorDiv(Lane.COUNT);
        List<Range> ranges = new java.util.ArrayList<>(contraction.reduced());
        ranges.removeAll(run);
        ranges.add(Range.below(VECTOR, vectors));
        return new Taps(ranges);
    }

    /** The place of the first lane of a vector. */
    Place along(Place place) {
        Map<String, IntExpr> first = new HashMap<>();
        run.forEach(r -> first.put(r.name(), IntExpr.ZERO));
        return new Place(
                place.buffer(),
                place.at().substitute(first).plus(IntExpr.var(VECTOR).times(Lane.COUNT)));
    }

    /** The free indices that are not in a block. */
    List<Range> outer() {
        return contraction.free().stream()
                .filter(r -> !rows.holds(r) && !columns.holds(r))
                .toList();
    }

    @Override
    public double cycles(LaneCost cost) {
        return cost.of(this);
    }

    @Override
    public List<Test> guards() {
        return still.isCopy() ? List.of(new Test.Finite(moving.source())) : List.of();
    }

    @Override
    public LanePlan plan(LaneCost cost, LanePlan.Site site) {
        return new SumBlocks(this, site);
    }

    @Override
    public String because() {
        int sums = rows.count() * columns.count();
        return "sums go over neighbouring entries of both, and a block keeps " + sums
                + (sums == 1 ? " of them in a register" : " of them in registers");
    }

    @Override
    public String toString() {
        StringBuilder words = new StringBuilder("sums by lanes along ");
        words.append(run.get(0).name());
        if (run.size() > 1) {
            words.append(" and ").append(run.get(1).name());
        }
        words.append(" of ")
                .append(moving.source())
                .append(" (")
                .append(moving.how())
                .append(") and ");
        words.append(still.source()).append(" (").append(still.how()).append("), blocks of ");
        return words.append(rows).append(" by ").append(columns).toString();
    }
}

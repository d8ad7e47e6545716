package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One way to compute a contraction with vectors: which operand is loaded by vectors and along which indices, how both
 * operands lie, and how large a block is.
 *
 * @param taps what is summed in a kernel, in the order in which it is
 * @param slowest a summed index that goes around all kernels, if one does: with each of its values all sums of a part of
 *     the results go on, {@code s_i = s_{i−1} + Σ_taps}, so that what they read stays near; the part is what the first of
 *     the outer indices leaves
 * @param run the indices over which neighbouring results go, the last one fastest; with several of them a result's
 *     place on the run is {@code i·stride + j}, and places between rows hold what nobody reads
 * @param stride of the last but one index along the run; the extent of the last one where there are no such places
 * @param moving the layout of the operand that is loaded by vectors
 * @param still the layout of the other one
 * @param vectors how many stand side by side in a block
 * @param direct whether sums are stored where they belong; else in scratch memory first
 * @param alongFirst whether a place on the run is done with all rows before the next: then vectors are brought near once,
 *     and the numbers again for each place; else the other way round
 * @param start what sums start from, if that is one number for each row
 */
record LaneChoice(
        Contraction contraction,
        Taps taps,
        Optional<Range> slowest,
        List<Range> run,
        IntExpr stride,
        Layout moving,
        Layout still,
        Rows rows,
        int vectors,
        boolean direct,
        boolean alongFirst,
        Optional<Place> start,
        Place result)
        implements LaneWay {

    /** The same sums, stored where they belong. */
    LaneChoice stored(Optional<Place> from) {
        return new LaneChoice(
                contraction, taps, slowest, run, stride, moving, still, rows, vectors, true, alongFirst, from, result);
    }

    /** The same blocks in the other order. */
    LaneChoice placesFirst() {
        return new LaneChoice(
                contraction, taps, slowest, run, stride, moving, still, rows, vectors, direct, true, start, result);
    }

    /** The same sums, one of the summed indices around all kernels. */
    LaneChoice around(Range index) {
        List<Range> others = new ArrayList<>(taps.ranges());
        others.remove(index);
        return new LaneChoice(
                contraction,
                new Taps(others),
                Optional.of(index),
                run,
                stride,
                moving,
                still,
                rows,
                vectors,
                direct,
                alongFirst,
                start,
                result);
    }

    /** The free indices that are neither in a block nor on the run. */
    List<Range> outer() {
        return contraction.free().stream()
                .filter(r -> !run.contains(r) && !rows.holds(r))
                .toList();
    }

    /** Those of them around the slowest summed index: one, so that threads may share its values. */
    List<Range> parts() {
        return outer().subList(0, slowest.isPresent() && !outer().isEmpty() ? 1 : 0);
    }

    /** Those of them within. */
    List<Range> within() {
        return outer().subList(parts().size(), outer().size());
    }

    /** Where a result stands on the run. */
    IntExpr alongRun() {
        IntExpr last = run.get(run.size() - 1).index();
        return run.size() == 1 ? last : run.get(0).index().times(stride).plus(last);
    }

    /** The length of the run, up to its last result. */
    IntExpr runLength() {
        IntExpr last = run.get(run.size() - 1).extent();
        return run.size() == 1
                ? last
                : run.get(0).extent().minus(1).times(stride).plus(last);
    }

    /** Whether nothing may be read or written behind the run. */
    boolean isBounded() {
        return direct || !moving.isCopy();
    }

    /** Whether the run is at least as long as so many vectors, on any machine. */
    boolean fits(int vectors) {
        return runLength().isConstant() && runLength().constant() >= Lane.MOST * vectors;
    }

    @Override
    public double cycles(LaneCost cost) {
        return cost.of(this);
    }

    @Override
    public List<Test> guards() {
        return List.of();
    }

    @Override
    public LanePlan plan(LaneCost cost, LanePlan.Site site) {
        return new LaneBlocks(this, cost.rest(this), site);
    }

    @Override
    public String because() {
        int sums = rows.count() * vectors;
        String order = alongFirst ? "; vectors of " + moving.source() + " stay near while all rows use them" : "";
        String near = slowest.map(r -> "; what is read at one " + r.name() + " stays near until all have used it")
                .orElse("");
        return "a block keeps " + sums + (sums == 1 ? " sum" : " sums") + " in registers, and each vector of "
                + moving.source() + " serves " + rows.count() + " of them" + order + near;
    }

    @Override
    public String toString() {
        StringBuilder words = new StringBuilder("vectors of ");
        words.append(moving.source()).append(" (").append(moving.how()).append(") along ");
        words.append(run.get(0).name());
        if (run.size() > 1) {
            words.append(" and ").append(run.get(1).name());
        }
        words.append(", numbers of ")
                .append(still.source())
                .append(" (")
                .append(still.how())
                .append("), blocks of ");
        words.append(rows).append(" times ").append(vectors).append(vectors == 1 ? " vector" : " vectors");
        words.append(alongFirst ? ", all of them at a place before the next" : "");
        slowest.ifPresent(r -> words.append(", all of them at one ").append(r.name()).append(" before the next"));
        return words.toString();
    }
}

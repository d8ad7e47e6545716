package dev.adjoint.plan;

import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A contraction with vectors of neighbouring results, in blocks of rows times vectors: {@link LaneChoice} says how. For
 * each block of rows, kernels go along the run of neighbouring results; or at each place of the run, through all rows.
 */
final class LaneBlocks extends LanePlan {
    private final LaneChoice choice;
    private final Place moving;
    private final Place still;
    private final Place sums;
    private final LaneKernel kernel;
    private final Map<Integer, Routine> kernels = new LinkedHashMap<>();
    private final int usualRest;

    /** @param usualRest how many vectors are left at the end of a run on a usual machine */
    LaneBlocks(LaneChoice choice, int usualRest, Site site) {
        super(choice.contraction(), choice.taps(), site);
        this.choice = choice;
        this.usualRest = usualRest;
        IntExpr overrun = Lane.COUNT.times(choice.vectors());
        this.moving = place(choice.moving(), overrun);
        this.still = place(choice.still(), behind(choice.still(), choice.rows()));
        this.sums = choice.direct()
                ? choice.result()
                : choice.slowest().isPresent() ? scratchPart(overrun) : scratchSums(overrun);
        this.kernel = kernel();
    }

    /** The sums of one block, a row after the other. */
    private Place scratchSums(IntExpr overrun) {
        IntExpr length = choice.runLength().plus(overrun);
        Buffer buffer = scratch(List.of(IntExpr.of(choice.rows().count()), length));
        return new Place(buffer, choice.rows().number().times(length).plus(choice.alongRun()));
    }

    /** The sums of all blocks that go on at the same time, a row after the other. */
    private Place scratchPart(IntExpr overrun) {
        Rows rows = choice.rows();
        IntExpr row = IntExpr.ZERO;
        IntExpr count = IntExpr.ONE;
        for (Range range : choice.within()) {
            row = row.times(range.hi()).plus(range.index());
            count = count.times(range.hi());
        }
        if (rows.split().isPresent()) {
            IntExpr all = rows.blocks().times(rows.block());
            row = row.times(all).plus(rows.split().get().index());
            count = count.times(all);
        }
        for (Range range : rows.whole()) {
            row = row.times(range.extent()).plus(range.index());
            count = count.times(range.extent());
        }
        IntExpr length = choice.runLength().plus(overrun);
        return new Place(scratch(List.of(count, length)), row.times(length).plus(choice.alongRun()));
    }

    private LaneKernel kernel() {
        Rows rows = choice.rows();
        List<LaneKernel.Row> places = new ArrayList<>();
        for (Map<String, IntExpr> row : rows.offsets()) {
            places.add(new LaneKernel.Row(
                    rows.moved(still, row),
                    rows.moved(sums, row),
                    choice.start().map(s -> rows.moved(s, row)).orElse(IntExpr.ZERO)));
        }
        return new LaneKernel(
                operand(moving, "Moving"),
                operand(still, "Still"),
                sums.buffer(),
                choice.start().map(Place::buffer),
                places,
                taps.count(),
                choice.slowest().isPresent());
    }

    @Override
    void nest() {
        if (choice.slowest().isPresent()) {
            lowering.nest(choice.parts(), () -> part(choice.slowest().get()));
            return;
        }
        lowering.nest(choice.outer(), choice.alongFirst() ? this::along : () -> blocks(choice.rows(), this::block));
    }

    /** All sums of a part of the results, from value to value of the slowest summed index. */
    private void part(Range slowest) {
        IntExpr length = lowering.integer(sums.buffer().length());
        lowering.emit(new Step.Fill(sums.buffer(), IntExpr.ZERO, length, Real.ZERO));
        lowering.nest(
                List.of(slowest), () -> lowering.nest(choice.within(), () -> blocks(choice.rows(), this::along)));
        lowering.nest(
                choice.within(),
                () -> blocks(choice.rows(), () -> finish(List.of(choice.rows()), choice.run(), sums)));
    }

    private void block() {
        along();
        if (!choice.direct()) {
            finish(List.of(choice.rows()), choice.run(), sums);
        }
    }

    /** Kernels along the run: wide ones, where the machine's vectors are not so long that one does not fit. */
    private void along() {
        IntExpr length = lowering.integer(choice.runLength());
        if (!choice.isBounded() || choice.vectors() == 1 || choice.fits(choice.vectors())) {
            wide(length);
            return;
        }
        IntExpr width = Lane.COUNT.times(choice.vectors());
        Step single = lowering.capture(() -> along(IntExpr.ZERO, length, 1, length));
        lowering.emit(new Step.If(new Test.Ints(Rel.LE, width, length), lowering.capture(() -> wide(length)), single));
    }

    /** As many wide ones as fit, then what is left in one, or a vector at a time. */
    private void wide(IntExpr length) {
        IntExpr vectors = length.plus(Lane.COUNT).minus(1).floorDiv(Lane.COUNT);
        if (choice.vectors() == 1) {
            along(IntExpr.ZERO, length, 1, length);
            return;
        }
        IntExpr count = declared("vectors", vectors);
        IntExpr left = count.mod(IntExpr.of(choice.vectors()));
        IntExpr end = declared("end", count.minus(left).times(Lane.COUNT));
        along(IntExpr.ZERO, end, choice.vectors(), length);
        Step single = lowering.capture(() -> along(end, length, 1, length));
        if (usualRest < 2) {
            lowering.emit(single);
            return;
        }
        IntExpr from = choice.isBounded() ? length.minus(Lane.COUNT.times(usualRest)) : end;
        lowering.emit(new Step.If(new Test.Ints(Rel.EQ, left, IntExpr.of(usualRest)), call(usualRest, from), single));
    }

    private IntExpr declared(String stem, IntExpr value) {
        String local = lowering.fresh(stem);
        lowering.emit(new Step.DeclareInt(local, value, false));
        return IntExpr.var(local);
    }

    /** Kernels of one width; where nothing may lie behind the run, the last one is moved back. */
    private void along(IntExpr from, IntExpr end, int vectors, IntExpr length) {
        IntExpr width = Lane.COUNT.times(vectors);
        String at = lowering.fresh("at");
        IntExpr place = choice.isBounded() ? IntExpr.var(at).min(length.minus(width)) : IntExpr.var(at);
        lowering.emit(new Step.Loop(at, from, end, width, call(vectors, place)));
    }

    /** A kernel at a place of the run: for the block of rows that the loops are at, or for one block after the other. */
    private Step call(int vectors, IntExpr at) {
        return choice.alongFirst()
                ? lowering.capture(() -> blocks(choice.rows(), () -> lowering.emit(kernelAt(vectors, at))))
                : kernelAt(vectors, at);
    }

    private Step kernelAt(int vectors, IntExpr at) {
        Routine routine = kernels.computeIfAbsent(
                vectors, v -> kernel.routine(name + "Block" + kernel.rows().size() + "x" + v, v, locals.get()));
        List<IntExpr> ints = new ArrayList<>();
        ints.add(base(moving).plus(at));
        ints.add(base(still));
        ints.add(base(sums).plus(at));
        choice.start().ifPresent(s -> ints.add(base(s)));
        return call(routine, ints);
    }

    private IntExpr base(Place place) {
        return base(place, List.of(choice.rows()), choice.run());
    }
}

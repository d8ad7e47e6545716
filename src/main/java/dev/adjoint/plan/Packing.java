package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Solve;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Test;
import dev.adjoint.transform.LaneLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A copy of a tensor in the order in which a kernel goes through it. Each axis of the copy moves along one axis of the
 * tensor, and several may move along the same: entry {@code (z_0, z_1, …)} of the copy is the entry of the tensor at
 * {@code origin_e + Σ step_k·z_k}, the sum over the axes k that move along axis e, and 0 where the tensor has no such
 * entry. Borders, transpositions, shifted copies and residue classes are of this kind.
 *
 * <p>What lies outside is zero since the array was allocated and is never written.
 *
 * @param source what is copied
 * @param copy where to; it may be longer than its axes need
 * @param origins where the first entry of the copy stands, for each axis of the tensor
 */
record Packing(Buffer source, Buffer copy, List<IntExpr> origins, List<Axis> axes) {
    /** How many entries of a line of the copy are written out. */
    private static final int WRITTEN_OUT = 16;

    /**
     * An axis of the copy.
     *
     * @param source the axis of the tensor along which it moves
     * @param step by how many entries
     * @param extent how many entries it has
     * @param at where a contraction reads it, over the contraction's indices
     */
    record Axis(int source, long step, IntExpr extent, IntExpr at) {}

    Packing {
        origins = List.copyOf(origins);
        axes = List.copyOf(axes);
    }

    /** Where the contraction finds in the copy what it reads of the tensor. */
    Place place() {
        return new Place(copy, offset(axes.stream().map(Axis::at).toList()));
    }

    private IntExpr offset(List<IntExpr> index) {
        IntExpr offset = IntExpr.ZERO;
        IntExpr stride = IntExpr.ONE;
        for (int k = axes.size() - 1; k >= 0; k--) {
            offset = index.get(k).times(stride).plus(offset);
            stride = stride.times(axes.get(k).extent());
        }
        return offset;
    }

    /** Whether rows of the copy are rows of the tensor. */
    boolean copiesRows() {
        Axis last = axes.get(axes.size() - 1);
        return last.step() == 1 && last.source() == origins.size() - 1;
    }

    /**
     * Copies what the tensor has, a row at a time where that can be.
     *
     * @param vectors whether there are any
     */
    Routine routine(String notes, Known sizes, Scopes names, boolean vectors) {
        List<String> indices = IntStream.range(0, axes.size())
                .mapToObj(k -> names.enter("z" + k))
                .toList();
        List<IntExpr> at = new ArrayList<>(origins);
        for (int k = 0; k < axes.size(); k++) {
            int e = axes.get(k).source();
            at.set(
                    e,
                    at.get(e).plus(IntExpr.var(indices.get(k)).times(axes.get(k).step())));
        }
        List<Range> ranges = new ArrayList<>();
        Known around = sizes;
        for (int k = 0; k < axes.size(); k++) {
            Axis axis = axes.get(k);
            Range range = Range.below(indices.get(k), axis.extent());
            boolean last = IntStream.range(k + 1, axes.size())
                    .noneMatch(j -> axes.get(j).source() == axis.source());
            if (last) {
                IntExpr place = at.get(axis.source());
                IntExpr behind = source.shape().get(axis.source()).minus(place).minus(1);
                range = around.simplify(Solve.atLeastZero(Solve.atLeastZero(range, place), behind));
            }
            ranges.add(range);
            around = around.within(List.of(range));
        }
        String block = names.enter("block");
        names.leave(block);
        List<IntExpr> to = new ArrayList<>();
        ranges.forEach(r -> to.add(r.index()));
        Optional<Step> planes = vectors ? shortRows(ranges, at, to, names) : Optional.empty();
        indices.forEach(names::leave);
        if (planes.isPresent()) {
            String length = "Each vector reaches behind its row, into what the next rows overwrite.";
            return new Routine(routineName(), List.of(notes, length), List.of(source, copy), List.of(), planes.get());
        }
        return new Routine(
                routineName(),
                List.of(notes),
                List.of(source, copy),
                List.of(),
                copiesRows() ? rows(ranges, at, to) : entries(ranges, at, to, block));
    }

    private String routineName() {
        return "copy" + Planner.capital(copy.name());
    }

    /** Planes of rows that are as short as a few vectors. */
    private Optional<Step> shortRows(List<Range> ranges, List<IntExpr> at, List<IntExpr> to, Scopes names) {
        return copiesRows()
                ? ShortRows.of(source, source.offset(at), copy, offset(to), ranges, names)
                        .map(plane -> nest(ranges.subList(0, ranges.size() - 2), plane))
                : Optional.empty();
    }

    private Step rows(List<Range> ranges, List<IntExpr> at, List<IntExpr> to) {
        Range row = ranges.get(ranges.size() - 1);
        IntExpr from = source.offset(at).substitute(row.name(), row.lo());
        IntExpr start = offset(to).substitute(row.name(), row.lo());
        Step step = new Step.Copy(source, from, copy, start, row.extent());
        if (!row.extent().isConstant() || row.extent().constant() < 0) {
            step = new Step.If(new Test.Ints(dev.adjoint.expr.Rel.LT, row.lo(), row.hi()), step, null);
        }
        return nest(ranges.subList(0, ranges.size() - 1), step);
    }

    /**
     * Entry by entry. Where what becomes neighbours lies far apart, some of it is written out: as many rows of the tensor
     * are read side by side, and a line of the copy is written at once. A row of the copy is finished before the next one,
     * so that what its lines share stays near.
     */
    private Step entries(List<Range> ranges, List<IntExpr> at, List<IntExpr> to, String block) {
        Range last = ranges.get(ranges.size() - 1);
        List<Range> before = ranges.subList(0, ranges.size() - 1);
        Step entry = new Step.Store(copy, offset(to), new Real.Load(source, source.offset(at)));
        boolean alone = before.stream()
                .noneMatch(r -> last.lo().variables().contains(r.name())
                        || last.hi().variables().contains(r.name()));
        boolean far = new Place(source, source.offset(at))
                .stride(last.name())
                .filter(s -> !s.isConstant() || Math.abs(s.constant()) > LaneLoops.MOST_STRIDE)
                .isPresent();
        if (alone && far && isFew(last)) {
            return lines(ranges, entry, block);
        }
        if (before.isEmpty() || !alone || !far) {
            return nest(ranges, entry);
        }
        IntExpr rest = last.extent().mod(IntExpr.of(WRITTEN_OUT));
        List<Step> line = new ArrayList<>();
        for (int k = 0; k < WRITTEN_OUT; k++) {
            line.add(at(entry, last.name(), IntExpr.var(block).plus(k)));
        }
        Range inner = before.get(before.size() - 1);
        boolean isRow = !inner.extent().isConstant() || inner.extent().constant() >= WRITTEN_OUT;
        int around = isRow ? before.size() - 1 : 0;
        Step lines = nest(
                before.subList(0, around),
                new Step.Loop(
                        block,
                        last.lo(),
                        last.hi().minus(rest),
                        IntExpr.of(WRITTEN_OUT),
                        nest(before.subList(around, before.size()), new Step.Block(line))));
        if (rest.isZero()) {
            return lines;
        }
        List<Range> left = new ArrayList<>(before);
        IntExpr end = last.hi().minus(rest);
        left.add(new Range(last.name(), last.extent().isConstant() ? end : end.max(last.lo()), last.hi()));
        return new Step.Block(List.of(lines, nest(left, entry)));
    }

    /**
     * Lines of the copy that take little from each of many places. What lies side by side in the tensor, if it is little,
     * is read in one go. Where the axis before the last moves far, only as much of it is taken at a time as makes a line
     * full: lines are finished one after the other, and the tensor is read in few streams.
     */
    private Step lines(List<Range> ranges, Step entry, String block) {
        List<Range> inner = new ArrayList<>();
        for (int e = origins.size() - 1; e >= 0; e--) {
            int source = e;
            List<Range> along = IntStream.range(0, axes.size())
                    .filter(k -> axes.get(k).source() == source)
                    .mapToObj(ranges::get)
                    .toList();
            if (along.size() != 1 || !isFew(along.get(0))) {
                break;
            }
            inner.add(0, along.get(0));
        }
        List<Range> order = new ArrayList<>(ranges);
        order.removeAll(inner);
        int count = order.size();
        List<Range> all = new ArrayList<>(order);
        all.addAll(inner);
        if (count < 3) {
            return nest(all, entry);
        }
        Range slow = order.get(count - 2);
        long group = WRITTEN_OUT / order.get(count - 1).extent().constant();
        int source = axes.get(ranges.indexOf(slow)).source();
        boolean far = order.subList(0, count - 2).stream()
                .anyMatch(r -> axes.get(ranges.indexOf(r)).source() > source);
        if (!far || !slow.extent().mod(IntExpr.of(group)).isZero()) {
            return nest(all, entry);
        }
        IntExpr first = IntExpr.var(block);
        all.set(count - 2, new Range(slow.name(), first, first.plus(group)));
        return new Step.Loop(block, slow.lo(), slow.hi(), IntExpr.of(group), nest(all, entry));
    }

    private static boolean isFew(Range range) {
        return range.extent().isConstant() && range.extent().constant() < WRITTEN_OUT;
    }

    private static Step at(Step entry, String index, IntExpr value) {
        return new StepRewriter() {
            @Override
            public IntExpr integer(IntExpr e) {
                return e.substitute(index, value);
            }
        }.step(entry);
    }

    private static Step nest(List<Range> ranges, Step inside) {
        Step step = inside;
        for (int k = ranges.size() - 1; k >= 0; k--) {
            step = Step.loop(
                    ranges.get(k).name(), ranges.get(k).lo(), ranges.get(k).hi(), step);
        }
        return step;
    }
}

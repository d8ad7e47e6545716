package dev.adjoint.plan;

import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A contraction in blocks of rows times vectors: {@link LaneChoice} says how, this writes it down. The operands are
 * copied where their layout asks for it; then, for each block of rows, kernels go along the run of neighbouring
 * results; then sums that do not stand in the target yet are moved there, with what else the formula adds to them.
 */
final class LaneBlocks {
    private final LaneChoice choice;
    private final Contraction contraction;
    private final Tensors tensors;
    private final Known sizes;
    private final Scopes buffers;
    private final Supplier<Scopes> locals;
    private final Lowering lowering;
    private final Buffer target;
    private final Taps taps;
    private final List<Routine> copies = new ArrayList<>();
    private final List<Routine> preparations = new ArrayList<>();
    private final Place moving;
    private final Place still;
    private final Place sums;
    private final LaneKernel kernel;
    private final Map<Integer, Routine> kernels = new LinkedHashMap<>();
    private final String name;
    private final int usualRest;

    /**
     * @param usualRest how many vectors are left at the end of a run on a usual machine
     * @param name of the routine that computes the whole
     * @param buffers names of buffers that are free
     * @param locals names that are free in a routine of their own
     */
    LaneBlocks(
            LaneChoice choice,
            int usualRest,
            String name,
            Tensors tensors,
            Known sizes,
            Scopes buffers,
            Supplier<Scopes> locals) {
        this.choice = choice;
        this.usualRest = usualRest;
        this.contraction = choice.contraction();
        this.tensors = tensors;
        this.sizes = sizes;
        this.buffers = buffers;
        this.locals = locals;
        this.name = name;
        this.lowering = new Lowering(tensors, sizes, locals.get());
        this.target = tensors.of(contraction.definition().target());
        this.taps = choice.taps();
        IntExpr overrun = Lane.COUNT.times(choice.vectors());
        this.moving = place(choice.moving(), overrun);
        this.still = place(choice.still(), choice.rows().isEven() ? IntExpr.ZERO : rowsBehind());
        this.sums = choice.direct() ? choice.result() : scratchSums(overrun);
        this.kernel = kernel();
    }

    /** How far a block reaches behind the last row. */
    private IntExpr rowsBehind() {
        String index = choice.rows().split().orElseThrow().name();
        return choice.still()
                .place()
                .stride(index)
                .orElse(IntExpr.ZERO)
                .times(choice.rows().block() - 1L);
    }

    /** What must run before anything else: it fills tables. */
    List<Routine> preparations() {
        return preparations;
    }

    /** The operand's place, in its copy if it is to have one. */
    private Place place(Layout layout, IntExpr overrun) {
        if (!layout.isCopy()) {
            return layout.place();
        }
        String of = Planner.capital(target.name());
        Buffer copy = new Buffer(
                buffers.enter(layout.source().name() + "For" + of),
                Buffer.Role.SCRATCH,
                false,
                List.of(layout.length().plus(overrun)));
        Packing packing = new Packing(layout.source(), copy, layout.origins(), layout.axes());
        copies.add(packing.routine("Copies " + layout.source() + " as it is read here.", sizes, locals.get()));
        return packing.place();
    }

    /** The sums of one block, a row after the other. */
    private Place scratchSums(IntExpr overrun) {
        IntExpr length = choice.runLength().plus(overrun);
        Buffer buffer = new Buffer(
                buffers.enter("sums" + Planner.capital(target.name())),
                Buffer.Role.SCRATCH,
                false,
                List.of(IntExpr.of(choice.rows().count()), length));
        IntExpr first = choice.rows()
                .split()
                .map(r -> r.index()
                        .floorDiv(IntExpr.of(choice.rows().block()))
                        .times(choice.rows().block()))
                .orElse(IntExpr.ZERO);
        return new Place(buffer, choice.rows().number(first).times(length).plus(choice.alongRun()));
    }

    private LaneKernel kernel() {
        List<LaneKernel.Row> rows = new ArrayList<>();
        for (Map<String, IntExpr> row : choice.rows().offsets()) {
            rows.add(new LaneKernel.Row(
                    inBlock(still, row),
                    inBlock(sums, row),
                    choice.start().map(s -> inBlock(s, row)).orElse(IntExpr.ZERO)));
        }
        return new LaneKernel(
                operand(moving, "Moving"),
                operand(still, "Still"),
                sums.buffer(),
                choice.start().map(Place::buffer),
                rows,
                taps.count());
    }

    /** How far a row lies from the first of its block; a block starts at a multiple of its width. */
    private IntExpr inBlock(Place place, Map<String, IntExpr> row) {
        Optional<String> split = choice.rows().split().map(Range::name);
        IntExpr start = IntExpr.var("$block").times(choice.rows().block());
        Map<String, IntExpr> here = new HashMap<>();
        Map<String, IntExpr> first = new HashMap<>();
        row.forEach((index, offset) -> {
            IntExpr from = split.filter(index::equals).isPresent() ? start : IntExpr.ZERO;
            here.put(index, from.plus(offset));
            first.put(index, from);
        });
        return place.at().substitute(here).minus(place.at().substitute(first));
    }

    private LaneKernel.Operand operand(Place place, String role) {
        Optional<IntExpr> stride = taps.stride(place);
        if (stride.isPresent()) {
            return new LaneKernel.Operand(place.buffer(), stride.get(), Optional.empty());
        }
        String of = buffers.enter("taps" + role + Planner.capital(target.name()));
        Buffer table = new Buffer(of, Buffer.Role.SCRATCH, true, List.of(taps.count()));
        preparations.add(taps.fill("fill" + Planner.capital(of), table, place, locals.get()));
        return new LaneKernel.Operand(place.buffer(), IntExpr.ZERO, Optional.of(table));
    }

    /** The copies, and what computes the whole. */
    List<Routine> routines() {
        Step body = lowering.capture(() -> lowering.nest(choice.outer(), this::blocks));
        List<Routine> routines = new ArrayList<>(copies);
        routines.add(new Routine(name, List.of(), Mentioned.in(body), List.of(), body));
        return routines;
    }

    private void blocks() {
        Rows rows = choice.rows();
        if (rows.split().isEmpty()) {
            block();
            return;
        }
        String index = rows.split().get().name();
        IntExpr blocks = rows.blocks();
        if (blocks.equals(IntExpr.ONE)) {
            lowering.where(index, IntExpr.ZERO, this::block);
            return;
        }
        String number = index + "Block";
        lowering.loop(
                number,
                IntExpr.ZERO,
                blocks,
                1,
                () -> lowering.where(
                        index, lowering.integer(IntExpr.var(number)).times(rows.block()), this::block));
    }

    private void block() {
        along();
        if (!choice.direct()) {
            finish();
        }
    }

    /** Kernels along the run: as many wide ones as fit, then what is left in one, or a vector at a time. */
    private void along() {
        IntExpr length = lowering.integer(choice.runLength());
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
        IntExpr from = isBounded() ? length.minus(Lane.COUNT.times(usualRest)) : end;
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
        IntExpr place = isBounded() ? IntExpr.var(at).min(length.minus(width)) : IntExpr.var(at);
        lowering.emit(new Step.Loop(at, from, end, width, call(vectors, place)));
    }

    /** Whether nothing may be read or written behind the run. */
    private boolean isBounded() {
        return choice.direct() || !choice.moving().isCopy();
    }

    private Step call(int vectors, IntExpr at) {
        Routine routine = kernels.computeIfAbsent(
                vectors, v -> kernel.routine(name + "Block" + kernel.rows().size() + "x" + v, v, locals.get()));
        List<IntExpr> ints = new ArrayList<>();
        ints.add(base(moving).plus(at));
        ints.add(base(still));
        ints.add(base(sums).plus(at));
        choice.start().ifPresent(s -> ints.add(base(s)));
        return new Step.Call(routine, ints);
    }

    /** Where the first tap of the first result of a block stands. */
    private IntExpr base(Place place) {
        Map<String, IntExpr> first = new HashMap<>();
        choice.run().forEach(r -> first.put(r.name(), IntExpr.ZERO));
        choice.rows().whole().forEach(r -> first.put(r.name(), IntExpr.ZERO));
        taps.ranges().forEach(r -> first.put(r.name(), r.lo()));
        return lowering.integer(place.at().substitute(first));
    }

    /** Moves the sums of a block to where they belong. */
    private void finish() {
        Rows rows = choice.rows();
        IntExpr first = IntExpr.var("$first");
        List<Range> ranges = new ArrayList<>();
        Map<String, IntExpr> start = new HashMap<>();
        for (Range range : contraction.free()) {
            if (rows.split().filter(range::equals).isPresent()) {
                start.put("$first", lowering.integer(range.index()));
                IntExpr end = first.plus(rows.block());
                ranges.add(new Range(range.name(), first, rows.isEven() ? end : end.min(range.hi())));
            } else if (rows.whole().contains(range) || choice.run().contains(range)) {
                ranges.add(range);
            }
        }
        Optional<Test> exists = clip(ranges);
        Buffer buffer = sums.buffer();
        IntExpr at = rows.number(first).times(buffer.shape().get(1)).plus(choice.alongRun());
        Step nest = lowering.capture(() -> lowering.where(
                start,
                () -> lowering.nest(
                        ranges,
                        () -> lowering.scope(() -> {
                            lowering.known(contraction.sum(), new Real.Load(buffer, lowering.integer(at)));
                            List<IntExpr> index = new ArrayList<>();
                            contraction.place().forEach(e -> index.add(lowering.integer(e)));
                            Real value = lowering.real(contraction.definition().rhs());
                            lowering.emit(new Step.Store(target, target.offset(index), value));
                        }))));
        Step moved = new Vectorize(Vectorize.ARITHMETIC, lowering::fresh, UnaryOperator.identity(), true, (s, i) -> s)
                .of(nest, sizes)
                .orElse(nest);
        lowering.emit(exists.isPresent() ? new Step.If(exists.get(), moved, null) : moved);
    }

    /**
     * Cuts ranges down to what the target has.
     *
     * @return what must hold beside, if anything
     */
    private Optional<Test> clip(List<Range> ranges) {
        Known around = sizes.within(contraction.free());
        List<Test> tests = new ArrayList<>();
        for (int e = 0; e < contraction.place().size(); e++) {
            IntExpr place = contraction.place().get(e);
            IntExpr extent = target.shape().get(e);
            if (around.isInside(place, extent)) {
                continue;
            }
            IntExpr behind = extent.minus(place).minus(1);
            int cut = Solve.position(ranges, place);
            if (cut < 0) {
                tests.add(new Test.Ints(Rel.GE, lowering.integer(behind), IntExpr.ZERO));
            } else {
                ranges.set(cut, Solve.atLeastZero(ranges.get(cut), behind));
            }
        }
        return tests.isEmpty() ? Optional.empty() : Optional.of(Test.all(tests));
    }
}

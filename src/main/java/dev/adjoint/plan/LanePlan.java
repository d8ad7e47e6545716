package dev.adjoint.plan;

import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Locals;
import dev.adjoint.loop.Mentioned;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Solve;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Test;
import dev.adjoint.lower.Lowering;
import dev.adjoint.lower.Tensors;
import dev.adjoint.transform.Vectorize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Writes down how a contraction is computed with vectors. The operands are copied where their layout asks for it; then
 * kernels compute block after block; then the sums of a block that do not stand in the target yet are moved there, with
 * what else the formula adds to them.
 */
abstract class LanePlan {
    final Contraction contraction;
    final Tensors tensors;
    final Known sizes;
    final Scopes buffers;
    final Supplier<Scopes> locals;
    private final Set<Fun.Known> functions;
    private final Scopes names;
    final Lowering lowering;
    final Buffer target;
    final Taps taps;
    final String name;
    private final List<Routine> copies = new ArrayList<>();
    private final List<Routine> preparations = new ArrayList<>();

    /**
     * Where a plan is written.
     *
     * @param name of the routine that computes the whole
     * @param buffers names of buffers that are free
     * @param locals names that are free in a routine of their own
     * @param functions those that vectors compute
     */
    record Site(
            String name,
            Tensors tensors,
            Known sizes,
            Scopes buffers,
            Supplier<Scopes> locals,
            Set<Fun.Known> functions) {}

    LanePlan(Contraction contraction, Taps taps, Site site) {
        this.contraction = contraction;
        this.taps = taps;
        this.name = site.name();
        this.tensors = site.tensors();
        this.sizes = site.sizes();
        this.buffers = site.buffers();
        this.locals = site.locals();
        this.functions = site.functions();
        this.names = locals.get();
        this.lowering = new Lowering(tensors, sizes, names);
        this.target = tensors.of(contraction.definition().target());
    }

    /** What must run before anything else: it fills tables. */
    final List<Routine> preparations() {
        return preparations;
    }

    /** The copies, and what computes the whole. */
    final List<Routine> routines() {
        Step body = lowering.capture(this::nest);
        List<Routine> routines = new ArrayList<>(copies);
        routines.add(new Routine(name, List.of(), Mentioned.in(body), List.of(), body));
        return routines;
    }

    /** All blocks, one after the other. */
    abstract void nest();

    /** The operand's place, in its copy if it is to have one. */
    final Place place(Layout layout, IntExpr overrun) {
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
        copy(packing.routine("Copies " + layout.source() + " as it is read here.", sizes, locals.get(), true));
        return packing.place();
    }

    /** One more copy, after those before. */
    final void copy(Routine copy) {
        copies.add(vectorized(copy));
    }

    /** The same with vectors, where they compute anything of it. */
    final Routine vectorized(Routine copy) {
        Scopes names = locals.get();
        Locals.of(copy.body()).forEach(names::take);
        Step body = new Vectorize(functions, names::enter, UnaryOperator.identity(), true, (s, i) -> s)
                .of(copy.body(), sizes)
                .orElse(copy.body());
        return new Routine(copy.name(), copy.notes(), copy.buffers(), copy.ints(), body);
    }

    /** Where taps find an operand: by a number, or by a table that is filled once. */
    final LaneKernel.Operand operand(Place place, String role) {
        Optional<IntExpr> stride = taps.stride(place);
        if (stride.isPresent()) {
            return new LaneKernel.Operand(place.buffer(), stride.get(), Optional.empty());
        }
        String of = buffers.enter("taps" + role + Planner.capital(target.name()));
        Buffer table = new Buffer(of, Buffer.Role.SCRATCH, true, List.of(taps.count()));
        preparations.add(taps.fill("fill" + Planner.capital(of), table, place, locals.get()));
        return new LaneKernel.Operand(place.buffer(), IntExpr.ZERO, Optional.of(table));
    }

    /** How far the last block reaches behind the last row, in a copy. */
    static IntExpr behind(Layout layout, Rows rows) {
        if (rows.isEven()) {
            return IntExpr.ZERO;
        }
        String index = rows.split().orElseThrow().name();
        return layout.place().stride(index).orElse(IntExpr.ZERO).times(rows.block() - 1L);
    }

    /** A scratch buffer for the sums of one block. */
    final Buffer scratch(List<IntExpr> shape) {
        return new Buffer(buffers.enter("sums" + Planner.capital(target.name())), Buffer.Role.BLOCK, false, shape);
    }

    /** What all blocks read, in scratch memory. */
    final Buffer buffer(String stem, IntExpr length) {
        return new Buffer(buffers.enter(stem), Buffer.Role.SCRATCH, false, List.of(length));
    }

    /** What one strip of tiles writes and reads. */
    final Buffer ofStrip(String stem, IntExpr length) {
        return new Buffer(buffers.enter(stem), Buffer.Role.BLOCK, false, List.of(length));
    }

    /** Steps for so many entries, a vector at a time. */
    final void vectors(IntExpr length, Function<IntExpr, Step> step) {
        String at = lowering.fresh("at");
        lowering.emit(new Step.Loop(at, IntExpr.ZERO, length, Lane.COUNT, step.apply(IntExpr.var(at))));
    }

    /** Loops over the blocks of rows; the index stands for the first value of the block. */
    final void blocks(Rows rows, Runnable block) {
        if (rows.split().isEmpty()) {
            block.run();
            return;
        }
        String index = rows.split().get().name();
        IntExpr blocks = rows.blocks();
        if (blocks.equals(IntExpr.ONE)) {
            lowering.where(index, IntExpr.ZERO, block);
            return;
        }
        String number = index + "Block";
        lowering.loop(
                number,
                IntExpr.ZERO,
                blocks,
                1,
                () -> lowering.where(
                        index, lowering.integer(IntExpr.var(number)).times(rows.block()), block));
    }

    /** Where the first result of a block stands in what the first tap reads. */
    final IntExpr base(Place place, List<Rows> rows, List<Range> run) {
        Map<String, IntExpr> first = new HashMap<>();
        run.forEach(r -> first.put(r.name(), IntExpr.ZERO));
        for (Rows each : rows) {
            each.whole().forEach(r -> first.put(r.name(), IntExpr.ZERO));
            each.split().ifPresent(r -> first.put(Rows.first(r).asVariable().orElseThrow(), r.index()));
        }
        taps.ranges().forEach(r -> first.put(r.name(), r.lo()));
        return lowering.integer(place.at().substitute(first));
    }

    final Step call(Routine routine, List<IntExpr> ints) {
        return new Step.Call(routine, ints);
    }

    /**
     * Moves the sums of a block to where they belong.
     *
     * @param rows what a block holds, its indices at their first values
     * @param run what else
     * @param sum where the sum of a result stands, over the free indices
     */
    final void finish(List<Rows> rows, List<Range> run, Place sum) {
        List<Range> ranges = new ArrayList<>();
        Map<String, IntExpr> start = new HashMap<>();
        for (Range range : contraction.free()) {
            Optional<Rows> split = rows.stream()
                    .filter(each -> each.split().filter(range::equals).isPresent())
                    .findFirst();
            if (split.isPresent()) {
                IntExpr first = Rows.first(range);
                start.put(first.asVariable().orElseThrow(), lowering.integer(range.index()));
                IntExpr end = first.plus(split.get().block());
                ranges.add(new Range(range.name(), first, split.get().isEven() ? end : end.min(range.hi())));
            } else if (run.contains(range) || rows.stream().anyMatch(each -> each.holds(range))) {
                ranges.add(range);
            }
        }
        Optional<Test> exists = clip(ranges);
        Step nest = lowering.capture(() -> lowering.where(start, () -> move(ranges, sum)));
        Step moved = new Vectorize(functions, lowering::fresh, UnaryOperator.identity(), true, (s, i) -> s)
                .of(nest, sizes)
                .orElse(nest);
        lowering.emit(exists.isPresent() ? new Step.If(exists.get(), moved, null) : moved);
    }

    /**
     * Stores what the formula makes of the sums. Where that is the sums themselves, rows of which are short and dense in
     * the target, they are copied by whole vectors.
     */
    private void move(List<Range> ranges, Place sum) {
        boolean plain = contraction.definition().rhs() == contraction.sum();
        int planes = plain ? Math.max(ranges.size() - 2, 0) : 0;
        List<Range> plane = ranges.subList(planes, ranges.size());
        lowering.nest(
                ranges.subList(0, planes),
                () -> shortRows(planes, plane, ranges, sum)
                        .ifPresentOrElse(lowering::emit, () -> lowering.nest(plane, () -> store(sum))));
    }

    private void store(Place sum) {
        lowering.scope(() -> {
            lowering.known(contraction.sum(), new Real.Load(sum.buffer(), lowering.integer(sum.at())));
            lowering.emit(new Step.Store(
                    target, result(), lowering.real(contraction.definition().rhs())));
        });
    }

    private IntExpr result() {
        return target.offset(contraction.place().stream().map(lowering::integer).toList());
    }

    /** Whether a row is shorter than a common vector: there its entries would go one by one. */
    private static boolean isShort(Range row) {
        return row.extent().isConstant() && row.extent().constant() < ShortRows.USUAL;
    }

    /** A plane of sums, if its rows are short and are neighbours in the target, but not among the sums: else it is one row. */
    private Optional<Step> shortRows(int planes, List<Range> plane, List<Range> ranges, Place sum) {
        if (planes == 0) {
            return Optional.empty();
        }
        List<Step> found = new ArrayList<>();
        lowering.scope(() -> shortRows(new ArrayList<>(ranges.subList(0, planes)), plane, sum)
                .ifPresent(found::add));
        return found.stream().findFirst();
    }

    private Optional<Step> shortRows(List<Range> copied, List<Range> plane, Place sum) {
        int planes = copied.size();
        Map<String, IntExpr> at = new HashMap<>();
        for (Range range : plane) {
            Range own = new Range(lowering.fresh(range.name()), range.lo(), range.hi());
            copied.add(own);
            at.put(range.name(), own.index());
        }
        Range rows = copied.get(planes);
        Range row = copied.get(planes + 1);
        List<Step> found = new ArrayList<>();
        lowering.where(at, () -> {
            Place from = new Place(sum.buffer(), lowering.integer(sum.at()));
            Place to = new Place(target, result());
            boolean neighbours =
                    Stream.of(from, to).allMatch(p -> p.stride(row.name()).equals(Optional.of(IntExpr.ONE)));
            Optional<IntExpr> dense = Optional.of(row.extent());
            boolean apart = !from.stride(rows.name()).equals(dense);
            if (neighbours && isShort(row) && apart && to.stride(rows.name()).equals(dense)) {
                ShortRows.of(from.buffer(), from.at(), target, to.at(), copied, names)
                        .ifPresent(found::add);
            }
        });
        return found.stream().findFirst();
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

package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Mentioned;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Test;
import dev.adjoint.lower.Lowering;
import dev.adjoint.lower.Sums;
import dev.adjoint.lower.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A contraction as long runs over one array, the form that HotSpot turns into vector code: a tap is the product of one
 * number with a whole run of neighbours, {@code sum_d[t] += w·a[t + tap]}. The moving operand is copied once, in the
 * order of {@link RunLayout}; of this copy a block of taps comes into an array together with the sums of some lanes, the
 * arena, where all distances are known when the class is emitted: of two arrays the compiler would have to fear that
 * they overlap. Sums that one block of taps does not finish wait in an array of their own.
 *
 * <pre>
 * for strips of the run
 *   for blocks of taps          copy what they read into the arena
 *     for blocks of lanes       copy their sums there, add the products, copy the sums back
 * </pre>
 */
final class LongRuns {
    private final RunChoice choice;
    private final RunLayout layout;
    private final RunShape shape;
    private final Tensors tensors;
    private final Known sizes;
    private final Lowering lowering;
    private final Supplier<Scopes> locals;
    private final Buffer target;
    private final Buffer still;
    private final Buffer copy;
    private final Buffer arena;
    private final Buffer sums;
    private final RunKernel kernel;

    /** @param locals the names that are free in a routine of their own */
    LongRuns(RunChoice choice, Tensors tensors, Known sizes, Scopes buffers, Supplier<Scopes> locals) {
        this.choice = choice;
        this.layout = choice.layout();
        this.shape = layout.shape();
        this.tensors = tensors;
        this.sizes = sizes;
        this.locals = locals;
        this.lowering = new Lowering(tensors, sizes, locals.get());
        this.target = tensors.of(shape.contraction().definition().target());
        this.still = tensors.of(shape.still().ref());
        String name = Planner.capital(target.name());
        this.copy = scratch(buffers.enter("runs" + name), layout.length());
        this.arena = block(buffers.enter("arena" + name), choice.sumAt(choice.sums()));
        this.sums = choice.isWhole() ? arena : block(buffers.enter("sums" + name), lanes() * choice.runLength());
        this.kernel = new RunKernel(choice, still, arena, target);
    }

    private static Buffer scratch(String name, long length) {
        return new Buffer(name, Buffer.Role.SCRATCH, false, List.of(IntExpr.of(length)));
    }

    /** What each strip writes before it reads, if there are strips for several threads. */
    private Buffer block(String name, long length) {
        return new Buffer(
                name, isApart() ? Buffer.Role.BLOCK : Buffer.Role.SCRATCH, false, List.of(IntExpr.of(length)));
    }

    /** Whether there are several strips: they depend on nothing that others have computed. */
    private boolean isApart() {
        return choice.strips() > 1 || Arrays.stream(choice.outer()).anyMatch(k -> shape.extents()[k] > 1);
    }

    private long lanes() {
        return lanePlaces(choice.outerLanes()) * (choice.lane() < 0 ? 1 : shape.extents()[choice.lane()]);
    }

    private long lanePlaces(int[] indices) {
        return Arrays.stream(indices).mapToLong(k -> shape.extents()[k]).reduce(1, (a, b) -> a * b);
    }

    String because() {
        return "HotSpot makes vector code of long loops over one array";
    }

    /** @param name of the routine that computes the whole */
    List<Routine> routines(String name, Set<Ref> reads) {
        List<IntExpr> origins =
                Arrays.stream(layout.origins()).mapToObj(IntExpr::of).toList();
        Buffer source = tensors.of(shape.moving().ref());
        Packing packing = new Packing(source, copy, origins, layout.axes());
        String notes = "Copies " + source + " in the order in which results run over it; what lies outside stays 0.";
        return List.of(packing.routine(notes, sizes, locals.get(), false), compute(name, reads));
    }

    private Routine compute(String name, Set<Ref> reads) {
        Step body = lowering.capture(() -> lowering.nest(ranges(choice.outer()), this::strips));
        Set<Buffer> buffers = new LinkedHashSet<>();
        reads.stream().map(tensors::of).filter(this::isRead).forEach(buffers::add);
        buffers.addAll(List.of(still, copy, arena, sums, target));
        return new Routine(name, List.of(), List.copyOf(buffers), List.of(), body);
    }

    /** The moving operand is read through its copy, unless something beside the sum reads it too. */
    private boolean isRead(Buffer buffer) {
        Set<Ref> beside = Sums.beside(shape.contraction().definition().rhs());
        return beside.stream().anyMatch(r -> tensors.of(r).equals(buffer));
    }

    private List<Range> ranges(int[] indices) {
        return Arrays.stream(indices).mapToObj(shape::index).toList();
    }

    /** Strips of rows; the last one is moved up so that it has as many rows as the others, and computes some again. */
    private void strips() {
        long height = layout.height();
        long rows = choice.rows();
        if (choice.strips() == 1) {
            strip(IntExpr.ZERO);
            return;
        }
        String index = lowering.fresh("strip");
        IntExpr start = IntExpr.var(index).times(rows);
        IntExpr last = IntExpr.of(height - rows);
        Step body = lowering.capture(() -> strip(height % rows == 0 ? start : start.min(last)));
        lowering.emit(Step.loop(index, IntExpr.ZERO, IntExpr.of(choice.strips()), body));
    }

    /**
     * A strip is a routine of its own: threads may take strips, and nothing that is less, since what stands in the arena
     * serves all of one.
     *
     * @param start the first row of the strip
     */
    private void strip(IntExpr start) {
        if (!isApart()) {
            groups(start);
            return;
        }
        Step body = lowering.capture(() -> groups(start));
        Set<String> indices = new LinkedHashSet<>(start.variables());
        for (Range range : ranges(choice.outer())) {
            indices.addAll(lowering.integer(range.index()).variables());
        }
        List<String> ints = List.copyOf(indices);
        Routine strip = new Routine(
                "strip" + Planner.capital(target.name()),
                List.of("Computes the results of one strip."),
                Mentioned.in(body),
                ints,
                body);
        lowering.emit(new Step.Call(strip, ints.stream().map(IntExpr::var).toList()));
    }

    private void groups(IntExpr start) {
        if (choice.isWhole()) {
            groups(shape.free(), start);
            return;
        }
        IntExpr length = IntExpr.of(choice.runLength());
        eachLane(1, lane -> {
            IntExpr at = sumsAt();
            lowering.emit(new Step.Fill(sums, at, at.plus(length), start()));
        });
        groups(shape.free(), start);
        eachLane(1, lane -> unpack(sums, sumsAt(), start));
    }

    /** Loops over the indices whose values are not all taps of the same block. */
    private void groups(int k, IntExpr start) {
        if (k == shape.size()) {
            group(start);
            return;
        }
        Range range = shape.index(k);
        if (layout.widths()[k] == shape.extents()[k]) {
            lowering.where(range.name(), range.lo(), () -> groups(k + 1, start));
        } else {
            lowering.loop(range.name(), range.lo(), range.hi(), layout.widths()[k], () -> groups(k + 1, start));
        }
    }

    private void group(IntExpr start) {
        IntExpr from = copyAt(start);
        IntExpr length = IntExpr.of(choice.planeLength());
        for (int p = 0; p < layout.planes().length; p++) {
            IntExpr to = IntExpr.of(p * choice.planeLength());
            lowering.emit(new Step.Copy(copy, from.plus(layout.planes()[p]), arena, to, length));
        }
        eachLane(choice.sums(), width -> block(width, start));
    }

    /** Some lanes: their sums come into the arena, and what they are then goes where sums wait or results stand. */
    private void block(int width, IntExpr start) {
        IntExpr length = IntExpr.of(choice.runLength());
        for (int k = 0; k < width; k++) {
            IntExpr to = IntExpr.of(choice.sumAt(k));
            lowering.shifted(
                    lane(k),
                    () -> lowering.emit(
                            choice.isWhole()
                                    ? new Step.Fill(arena, to, to.plus(length), start())
                                    : new Step.Copy(sums, sumsAt(), arena, to, length)));
        }
        IntExpr at = lowering.integer(still.offset(shape.still().index()));
        kernel.routines(width, locals).forEach(run -> lowering.emit(new Step.Call(run, List.of(at))));
        for (int k = 0; k < width; k++) {
            IntExpr from = IntExpr.of(choice.sumAt(k));
            lowering.shifted(lane(k), () -> {
                if (choice.isWhole()) {
                    unpack(arena, from, start);
                } else {
                    lowering.emit(new Step.Copy(arena, from, sums, sumsAt(), length));
                }
            });
        }
    }

    private interface Lanes {
        void block(int width);
    }

    /** Blocks of so many lanes, and a narrower one of those that are left. */
    private void eachLane(int width, Lanes body) {
        lowering.nest(ranges(choice.outerLanes()), () -> {
            if (choice.lane() < 0) {
                body.block(1);
                return;
            }
            Range lane = shape.index(choice.lane());
            int rest = (int) (shape.extents()[choice.lane()] % width);
            IntExpr end = lane.hi().minus(rest);
            if (end.minus(lane.lo()).equals(IntExpr.of(width))) {
                lowering.where(lane.name(), lane.lo(), () -> body.block(width));
            } else {
                lowering.loop(lane.name(), lane.lo(), end, width, () -> body.block(width));
            }
            if (rest > 0) {
                lowering.where(lane.name(), end, () -> body.block(rest));
            }
        });
    }

    private Map<String, Integer> lane(int k) {
        return choice.lane() < 0 ? Map.of() : Map.of(shape.index(choice.lane()).name(), k);
    }

    /** Where the sums of the lane at hand wait. */
    private IntExpr sumsAt() {
        IntExpr at = IntExpr.ZERO;
        for (int k : choice.outerLanes()) {
            at = at.times(shape.extents()[k]).plus(number(k));
        }
        if (choice.lane() >= 0) {
            at = at.times(shape.extents()[choice.lane()]).plus(number(choice.lane()));
        }
        return at.times(choice.runLength());
    }

    /** The how-many-eth value an index has. */
    private IntExpr number(int k) {
        return lowering.integer(shape.index(k).index()).minus(shape.least()[k]);
    }

    /** Where in the copy the strip starts that belongs to the first tap at hand. */
    private IntExpr copyAt(IntExpr start) {
        IntExpr at = start.times(layout.inner()).plus(layout.base());
        for (int k : choice.outer()) {
            at = at.plus(number(k).times(layout.strides()[k]));
        }
        for (int k = shape.free(); k < shape.size(); k++) {
            if (layout.widths()[k] < shape.extents()[k]) {
                at = at.plus(number(k).times(layout.strides()[k]));
            }
        }
        return at;
    }

    /** What a sum starts from: the rest of the right-hand side if it is the same for a whole run, else 0. */
    private Real start() {
        return rest().filter(this::isFlat).map(lowering::real).orElse(Real.ZERO);
    }

    /** The right-hand side without the sum, if the sum is one of its terms or all of it. */
    private Optional<Expr> rest() {
        Expr rhs = shape.contraction().definition().rhs();
        Expr sum = shape.contraction().sum();
        if (rhs == sum) {
            return Optional.of(Expr.Num.ZERO);
        }
        if (rhs instanceof Expr.Add a && a.terms().stream().anyMatch(t -> t == sum)) {
            return Optional.of(
                    Exprs.add(a.terms().stream().filter(t -> t != sum).toList()));
        }
        return Optional.empty();
    }

    private boolean isFlat(Expr e) {
        Set<String> variables = Variables.of(e);
        return Arrays.stream(layout.run())
                .noneMatch(k -> variables.contains(shape.index(k).name()));
    }

    /** Moves the results of a strip into the target: as many at a time as stand side by side there too. */
    private void unpack(Buffer from, IntExpr at, IntExpr start) {
        boolean flat = rest().filter(this::isFlat).isPresent() && inside().equals(Test.TRUE);
        long[] apart = layout.runStrides();
        int looped = layout.run().length;
        long length = 1;
        while (flat
                && looped > 0
                && apart[looped - 1] == length
                && shape.targets()[layout.run()[looped - 1]] == length) {
            looped--;
            length *= looped == 0 ? choice.rows() : shape.extents()[layout.run()[looped]];
        }
        unpack(from, at, start, 0, looped, length);
    }

    private void unpack(Buffer from, IntExpr at, IntExpr start, int k, int looped, long length) {
        if (k < looped) {
            Range range = shape.index(layout.run()[k]);
            long extent = k == 0 ? choice.rows() : shape.extents()[layout.run()[k]];
            String index = lowering.fresh(range.name());
            IntExpr place = IntExpr.var(index).plus(range.lo()).plus(k == 0 ? start : IntExpr.ZERO);
            IntExpr next = at.plus(IntExpr.var(index).times(layout.runStrides()[k]));
            Step body = lowering.capture(
                    () -> lowering.where(range.name(), place, () -> unpack(from, next, start, k + 1, looped, length)));
            lowering.emit(Step.loop(index, IntExpr.ZERO, IntExpr.of(extent), body));
            return;
        }
        Map<String, IntExpr> places = new LinkedHashMap<>();
        for (int j = k; j < layout.run().length; j++) {
            Range range = shape.index(layout.run()[j]);
            places.put(range.name(), j == 0 ? start.plus(range.lo()) : range.lo());
        }
        lowering.where(places, () -> {
            List<IntExpr> place = new ArrayList<>();
            shape.contraction().place().forEach(e -> place.add(lowering.integer(e)));
            IntExpr to = target.offset(place);
            Step step = lowering.capture(() -> {
                if (rest().filter(this::isFlat).isEmpty()) {
                    lowering.known(shape.contraction().sum(), new Real.Load(from, at));
                    Expr rhs = shape.contraction().definition().rhs();
                    lowering.emit(new Step.Store(target, to, lowering.real(rhs)));
                } else if (looped == layout.run().length) {
                    lowering.emit(new Step.Store(target, to, new Real.Load(from, at)));
                } else {
                    lowering.emit(new Step.Copy(from, at, target, to, IntExpr.of(length)));
                }
            });
            Test inside = inside();
            lowering.emit(inside.equals(Test.TRUE) ? step : new Step.If(inside, step, null));
        });
    }

    /** Where the target has an entry for the result: a residue class may have one entry less than another. */
    private Test inside() {
        List<Test> tests = new ArrayList<>();
        Known known = sizes.within(shape.contraction().free());
        for (int axis = 0; axis < target.shape().size(); axis++) {
            IntExpr place = shape.contraction().place().get(axis);
            IntExpr extent = target.shape().get(axis);
            if (!known.isInside(place, extent)) {
                tests.add(new Test.Ints(Rel.LT, lowering.integer(place), extent));
            }
        }
        return Test.all(tests);
    }
}

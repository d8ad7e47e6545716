package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import dev.adjoint.lower.Lowering;
import dev.adjoint.lower.Sums;
import dev.adjoint.lower.Tensors;
import dev.adjoint.plan.PlaneCorrelation.Tap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A correlation of planes as long runs over one array, the form that HotSpot turns into vector code. The rows of the
 * moving operand are copied once for each shift of columns, with a row stride that is a multiple of 16; then a tap is
 * the product of one number with a whole strip of rows, {@code sum_d[t] += w·a_n[t + m·stride]}, t running over all rows
 * at once. Each row ends in columns that nobody reads.
 *
 * <p>Operands and sums stand in one array, the arena, at distances known when the class is emitted: of two arrays the
 * compiler would have to fear that they overlap. {@code ConvolutionBenchmark} shows what it gains.
 */
final class LongRuns {
    private static final int MOST_RUNS = 5;

    /** The most entries that are worth to be copied, 64 MiB of floats. */
    private static final double MOST_COPIES = 1 << 24;

    private final PlaneCorrelation shape;
    private final Tensors tensors;
    private final Lowering lowering;
    private final Supplier<Scopes> locals;
    private final Buffer target;
    private final Buffer still;
    private final Buffer rows;
    private final Buffer arena;
    private final RunLayout layout;

    /** @param locals the names that are free in a routine of their own */
    private LongRuns(PlaneCorrelation shape, Tensors tensors, Known sizes, Scopes buffers, Supplier<Scopes> locals) {
        this.shape = shape;
        this.tensors = tensors;
        this.locals = locals;
        this.lowering = new Lowering(tensors, sizes, locals.get());
        this.target = tensors.of(shape.contraction().definition().target());
        this.still = tensors.of(shape.still().ref());
        this.layout = RunLayout.of(shape);
        String name = Planner.capital(target.name());
        List<IntExpr> planes =
                new ArrayList<>(leading(tensors.of(shape.moving().ref()).shape()));
        planes.add(IntExpr.of(layout.shifts().size()));
        planes.add(IntExpr.of(shape.height() + layout.overhang()));
        planes.add(IntExpr.of(layout.stride()));
        this.rows = scratch(buffers.enter("rows" + name), planes);
        this.arena = scratch(buffers.enter("arena" + name), List.of(IntExpr.of(layout.sumAt(layout.sums()))));
    }

    /** The plan, if the contraction is a correlation of planes that is large enough to be worth the copies. */
    static Optional<LongRuns> of(
            Contraction contraction, Tensors tensors, Known sizes, Scopes buffers, Supplier<Scopes> locals) {
        return PlaneCorrelation.of(contraction, tensors, sizes)
                .filter(RunLayout::pays)
                .filter(shape -> copies(shape, tensors) <= MOST_COPIES)
                .map(shape -> new LongRuns(shape, tensors, sizes, buffers, locals));
    }

    /** How many entries the copies of the moving operand's rows would take. */
    private static double copies(PlaneCorrelation shape, Tensors tensors) {
        RunLayout layout = RunLayout.of(shape);
        List<IntExpr> extents = tensors.of(shape.moving().ref()).shape();
        double planes = 1;
        for (IntExpr extent : extents.subList(0, extents.size() - (shape.y().isPresent() ? 2 : 1))) {
            planes *= extent.constant();
        }
        return planes * layout.shifts().size() * (shape.height() + layout.overhang()) * layout.stride();
    }

    private static Buffer scratch(String name, List<IntExpr> extents) {
        return new Buffer(name, Buffer.Role.SCRATCH, false, extents);
    }

    private <T> List<T> leading(List<T> axes) {
        return axes.subList(0, axes.size() - (shape.y().isPresent() ? 2 : 1));
    }

    String name() {
        String block = shape.lane()
                .map(r -> layout.sums() + " " + r.name() + " times ")
                .orElse("");
        return "runs over " + layout.strip() + " rows at a time, " + block + layout.mostTaps() + " taps";
    }

    String because() {
        return "HotSpot makes vector code of long loops over one array";
    }

    /** @param name of the routine that computes the whole */
    List<Routine> routines(String name, Set<Ref> reads) {
        return List.of(copyRows(), compute(name, reads));
    }

    /** {@code rows[…, s, r, x] = A[…, r + firstRow, x + shift_s]}, and 0 where A has no such entry, once and for all. */
    private Routine copyRows() {
        Scopes names = locals.get();
        Buffer source = tensors.of(shape.moving().ref());
        int rank = source.shape().size();
        List<Range> lead = new ArrayList<>();
        for (IntExpr extent : leading(source.shape())) {
            lead.add(Range.below(names.enter("plane"), extent));
        }
        long height = shape.y().isPresent() ? source.shape().get(rank - 2).constant() : 1;
        long width = source.shape().get(rank - 1).constant();
        Range row = new Range(
                names.enter("row"),
                IntExpr.of(Math.max(0, -layout.firstRow())),
                IntExpr.of(Math.min(shape.height() + layout.overhang(), height - layout.firstRow())));
        List<Step> copies = new ArrayList<>();
        for (int k = 0; k < layout.shifts().size(); k++) {
            long from = Math.max(0, -layout.shifts().get(k));
            long to = Math.min(shape.width(), width - layout.shifts().get(k));
            if (from < to) {
                List<IntExpr> at =
                        new ArrayList<>(lead.stream().map(Range::index).toList());
                List<IntExpr> toAt = new ArrayList<>(at);
                if (shape.y().isPresent()) {
                    at.add(row.index().plus(layout.firstRow()));
                }
                at.add(IntExpr.of(from + layout.shifts().get(k)));
                toAt.addAll(List.of(IntExpr.of(k), row.index(), IntExpr.of(from)));
                copies.add(new Step.Copy(source, source.offset(at), rows, rows.offset(toAt), IntExpr.of(to - from)));
            }
        }
        Step body = Step.loop(row.name(), row.lo(), row.hi(), new Step.Block(copies));
        for (int axis = lead.size() - 1; axis >= 0; axis--) {
            body = Step.loop(
                    lead.get(axis).name(), lead.get(axis).lo(), lead.get(axis).hi(), body);
        }
        return new Routine(
                "copy" + Planner.capital(rows.name()),
                List.of("Copies the rows of " + source + " once for each shift of columns; what lies outside stays 0."),
                List.of(source, rows),
                List.of(),
                body);
    }

    private Routine compute(String name, Set<Ref> reads) {
        Step body = lowering.capture(() -> lowering.nest(shape.outer(), this::lanes));
        Set<Buffer> buffers = new LinkedHashSet<>();
        reads.stream().map(tensors::of).filter(b -> isRead(b)).forEach(buffers::add);
        buffers.addAll(List.of(rows, arena, target));
        return new Routine(name, List.of(), List.copyOf(buffers), List.of(), body);
    }

    /** The moving operand is read through its rows, unless something beside the sum reads it too. */
    private boolean isRead(Buffer buffer) {
        Set<Ref> beside = Sums.beside(shape.contraction().definition().rhs());
        return buffer.equals(still)
                || beside.stream().anyMatch(r -> tensors.of(r).equals(buffer));
    }

    private void lanes() {
        if (shape.lane().isEmpty()) {
            strips(1);
            return;
        }
        Range lane = shape.lane().get();
        long rest = lane.extent().constant() % layout.sums();
        IntExpr end = lane.hi().minus(rest);
        if (end.minus(lane.lo()).equals(IntExpr.of(layout.sums()))) {
            lowering.where(lane.name(), lane.lo(), () -> strips(layout.sums()));
        } else {
            lowering.loop(lane.name(), lane.lo(), end, layout.sums(), () -> strips(layout.sums()));
        }
        if (rest > 0) {
            lowering.where(lane.name(), end, () -> strips((int) rest));
        }
    }

    /** Strips of rows; the last one is moved up so that it has as many rows as the others, and computes some again. */
    private void strips(int width) {
        long height = shape.height();
        if (layout.strip() == height) {
            block(width, IntExpr.ZERO);
            return;
        }
        long parts = (height + layout.strip() - 1) / layout.strip();
        String index = lowering.fresh("strip");
        IntExpr start = IntExpr.var(index).times(layout.strip());
        IntExpr last = IntExpr.of(height - layout.strip());
        Step body = lowering.capture(() -> block(width, height % layout.strip() == 0 ? start : start.min(last)));
        lowering.emit(Step.loop(index, IntExpr.ZERO, IntExpr.of(parts), body));
    }

    private void block(int width, IntExpr start) {
        for (int k = 0; k < width; k++) {
            IntExpr from = IntExpr.of(layout.sumAt(k));
            lowering.shifted(
                    lane(k), () -> lowering.emit(new Step.Fill(arena, from, from.plus(layout.runLength()), start())));
        }
        lowering.nest(shape.channels(), () -> {
            for (int s = 0; s < layout.shifts().size(); s++) {
                List<IntExpr> at = new ArrayList<>();
                leading(shape.moving().index()).forEach(e -> at.add(lowering.integer(e)));
                at.addAll(List.of(IntExpr.of(s), start, IntExpr.ZERO));
                IntExpr to = IntExpr.of(s * layout.planeLength());
                lowering.emit(new Step.Copy(rows, rows.offset(at), arena, to, IntExpr.of(layout.planeLength())));
            }
            IntExpr at = stillAt(0, zeros());
            kernels(width).forEach(kernel -> lowering.emit(new Step.Call(kernel, List.of(at))));
        });
        for (int k = 0; k < width; k++) {
            int lane = k;
            lowering.shifted(lane(k), () -> unpack(lane, start));
        }
    }

    private Map<String, Integer> lane(int k) {
        return shape.lane().map(r -> Map.of(r.name(), k)).orElse(Map.of());
    }

    /** What a sum starts from: the rest of the right-hand side if it is the same for a whole plane, else 0. */
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
            return Optional.of(dev.adjoint.expr.Exprs.add(
                    a.terms().stream().filter(t -> t != sum).toList()));
        }
        return Optional.empty();
    }

    private boolean isFlat(Expr e) {
        Set<String> variables = Variables.of(e);
        return !variables.contains(shape.x().name()) && shape.y().stream().noneMatch(y -> variables.contains(y.name()));
    }

    private void unpack(int lane, IntExpr start) {
        String row = lowering.fresh("row");
        IntExpr from = IntExpr.of(layout.sumAt(lane)).plus(IntExpr.var(row).times(layout.stride()));
        IntExpr y = start.plus(IntExpr.var(row));
        Step body = lowering.capture(() -> {
            if (rest().filter(this::isFlat).isPresent()) {
                IntExpr to = targetAt(y, IntExpr.ZERO);
                lowering.emit(new Step.Copy(arena, from, target, to, IntExpr.of(shape.width())));
            } else {
                lowering.loop(shape.x().name(), IntExpr.ZERO, shape.x().extent(), 1, () -> finish(y, from));
            }
        });
        lowering.emit(Step.loop(row, IntExpr.ZERO, IntExpr.of(layout.strip()), body));
    }

    private void finish(IntExpr y, IntExpr from) {
        IntExpr x = lowering.integer(shape.x().index());
        Map<String, IntExpr> place = new LinkedHashMap<>();
        shape.y().ifPresent(r -> place.put(r.name(), y));
        place.put(shape.x().name(), x);
        lowering.where(place, () -> {
            lowering.known(shape.contraction().sum(), new Real.Load(arena, from.plus(x)));
            lowering.emit(new Step.Store(
                    target,
                    targetAt(y, x),
                    lowering.real(shape.contraction().definition().rhs())));
        });
    }

    private IntExpr targetAt(IntExpr y, IntExpr x) {
        List<IntExpr> place = new ArrayList<>();
        for (Range range : shape.contraction().free()) {
            boolean isRow = shape.y().equals(Optional.of(range));
            place.add(range.equals(shape.x()) ? x : isRow ? y : lowering.integer(range.index()));
        }
        return target.offset(place);
    }

    private Map<String, IntExpr> zeros() {
        Map<String, IntExpr> zeros = new LinkedHashMap<>();
        shape.taps().get(0).at().keySet().forEach(name -> zeros.put(name, IntExpr.ZERO));
        return zeros;
    }

    private IntExpr stillAt(int lane, Map<String, IntExpr> tap) {
        List<IntExpr> index = new ArrayList<>();
        lowering.shifted(
                lane(lane),
                () -> lowering.where(tap, () -> shape.still().index().forEach(e -> index.add(lowering.integer(e)))));
        return still.offset(index);
    }

    /** The runs of a block, at most five a routine: more than that HotSpot compiles badly. */
    private List<Routine> kernels(int width) {
        List<Routine> kernels = new ArrayList<>();
        int parts = (layout.runs().size() + MOST_RUNS - 1) / MOST_RUNS;
        int size = (layout.runs().size() + parts - 1) / parts;
        for (int from = 0; from < layout.runs().size(); from += size) {
            kernels.add(kernel(width, from, Math.min(layout.runs().size(), from + size)));
        }
        return kernels;
    }

    private Routine kernel(int width, int fromRun, int toRun) {
        Scopes names = locals.get();
        String at = names.enter("at");
        List<Step> steps = new ArrayList<>();
        for (List<Tap> run : layout.runs().subList(fromRun, toRun)) {
            steps.addAll(run(width, run, names, at));
        }
        String part = fromRun == 0 ? "" : "From" + fromRun;
        return new Routine(
                "run" + Planner.capital(target.name()) + width + part,
                List.of("Adds the products of taps with a strip of rows to " + width
                        + (width == 1 ? " sum." : " sums.")),
                List.of(still, arena),
                List.of(at),
                new Step.Block(steps));
    }

    /** {@code sum_d[t] += Σ_taps w_d,tap·a[t + tap]}, t over a whole strip. */
    private List<Step> run(int width, List<Tap> run, Scopes names, String at) {
        List<Step> steps = new ArrayList<>();
        String t = names.enter("t");
        List<Step> body = new ArrayList<>();
        IntExpr base = stillAt(0, zeros());
        for (int k = 0; k < width; k++) {
            IntExpr to = IntExpr.var(t).plus(layout.sumAt(k));
            Real sum = new Real.Load(arena, to);
            for (Tap tap : run) {
                int shift = layout.shifts().indexOf(tap.column());
                String weight = names.enter(still.name() + k + "_" + (tap.row() - layout.firstRow()) + "_" + shift);
                long distance = stillAt(k, tap.at()).minus(base).constant();
                steps.add(new Step.Declare(
                        weight, new Real.Load(still, IntExpr.var(at).plus(distance)), false));
                Real entry = new Real.Load(arena, IntExpr.var(t).plus(layout.entryAt(tap)));
                sum = new Real.Fma(new Real.Local(weight), entry, sum);
            }
            body.add(new Step.Store(arena, to, sum));
        }
        steps.add(Step.loop(t, IntExpr.ZERO, IntExpr.of(layout.runLength()), new Step.Block(body)));
        names.leave(t);
        return steps;
    }
}

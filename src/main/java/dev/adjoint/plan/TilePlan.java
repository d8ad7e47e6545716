package dev.adjoint.plan;

import dev.adjoint.bilinear.LinearProgram;
import dev.adjoint.bilinear.Transforms;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A correlation by tiles of minimal filters: {@link TileChoice} says how. Tiles that are neighbours stand in neighbouring
 * lanes. The kernels are transformed first; then, a strip of tiles after the other, inputs are transformed, each product
 * of the filter is a matrix product, and its sums are transformed back.
 */
final class TilePlan extends LanePlan {
    private static final String PRODUCT = "$product";

    /** The number of a result in its tile. */
    private static final String WITHIN = "$within";

    private final TileChoice choice;
    private final StripRows strip;
    private final Routine copyRows;
    private final Routine separateRows;
    private final Buffer still;
    private final Place inputs;
    private final Place kernels;
    private final Place sums;
    private final Place results;
    private final IntExpr kernelLength;
    private final LaneKernel multiply;
    private final Routine transformKernels;
    private final Routine transformInputs;
    private final Routine transformSums;
    private final Routine block;

    TilePlan(TileChoice choice, Site site) {
        super(choice.contraction(), choice.channels(), site);
        this.choice = choice;
        String capital = Planner.capital(target.name());
        IntExpr width = choice.length().plus(Lane.COUNT.times(choice.vectors()));
        this.strip = new StripRows(
                choice,
                ofStrip("rows" + capital, StripRows.length(choice)),
                ofStrip("planes" + capital, StripRows.length(choice).plus(Lane.COUNT)));
        this.copyRows = strip.copy("copy" + Planner.capital(strip.rows().name()), locals.get());
        this.separateRows = vectorized(
                separation(strip.rows(), strip.planes(), IntExpr.of(choice.classes()), choice.side(), choice.plane()));
        this.still = place(choice.still(), Lane.COUNT).buffer();
        int products = choice.products();
        List<IntExpr> rest = choice
                .still()
                .axes()
                .subList(choice.axes().size(), choice.still().axes().size())
                .stream()
                .map(Packing.Axis::extent)
                .toList();
        this.kernelLength = rest.stream().reduce(IntExpr.ONE, IntExpr::times);
        IntExpr kernelStride = kernelLength.plus(Lane.COUNT);
        IntExpr product = IntExpr.var(PRODUCT);
        this.kernels = new Place(
                buffer("kernels" + capital, kernelStride.times(products)),
                product.times(kernelStride).plus(atKernel()));
        IntExpr channel = taps.number();
        IntExpr channels = taps.count();
        this.inputs = new Place(
                ofStrip("inputs" + capital, channels.times(width).times(products)),
                product.times(channels).plus(channel).times(width));
        IntExpr kernel = new Taps(choice.kernels()).number();
        IntExpr count = new Taps(choice.kernels()).count();
        this.sums = new Place(
                ofStrip("products" + capital, count.times(products).times(width)),
                product.times(count).plus(kernel).times(width));
        this.results = new Place(
                ofStrip("tiles" + capital, count.times(choice.outputs()).times(width)),
                kernel.times(choice.outputs()).plus(IntExpr.var(WITHIN)).times(width));

        List<Transforms> transforms =
                choice.axes().stream().map(a -> Transforms.of(a.filter())).toList();
        List<LinearProgram> ofInput = transforms.stream().map(Transforms::input).toList();
        List<LinearProgram> ofKernel =
                transforms.stream().map(Transforms::kernel).toList();
        List<LinearProgram> ofOutput =
                transforms.stream().map(Transforms::output).toList();
        Buffer between = choice.axes().size() == 1
                ? results.buffer()
                : ofStrip("columns" + capital, TransformKernel.between(ofInput));
        this.transformInputs = new TransformKernel(
                        strip.planes(),
                        inputs.buffer(),
                        between,
                        ofInput,
                        false,
                        strip::entry,
                        at -> flat(at, TileAxis::products).times(channels).times(width))
                .routine(name + "Inputs", "Transforms the inputs of neighbouring tiles.", locals.get());
        this.transformKernels = new TransformKernel(
                        still,
                        kernels.buffer(),
                        between,
                        ofKernel,
                        false,
                        at -> tap(at).times(kernelLength),
                        at -> flat(at, TileAxis::products).times(kernelStride))
                .routine(name + "Kernels", "Transforms neighbouring kernels.", locals.get());
        this.transformSums = new TransformKernel(
                        sums.buffer(),
                        results.buffer(),
                        between,
                        ofOutput,
                        true,
                        at -> flat(at, TileAxis::products).times(count).times(width),
                        at -> flat(at, TileAxis::outputs).times(width))
                .routine(name + "Results", "Transforms sums of neighbouring tiles back.", locals.get());
        this.multiply = multiply();
        this.block = multiply.routine(
                name + "Block" + choice.rows().count() + "x" + choice.vectors(), choice.vectors(), locals.get());
    }

    private LaneKernel multiply() {
        List<LaneKernel.Row> rows = new ArrayList<>();
        for (Map<String, IntExpr> row : choice.rows().offsets()) {
            rows.add(new LaneKernel.Row(
                    choice.rows().moved(kernels, row), choice.rows().moved(sums, row), IntExpr.ZERO));
        }
        return new LaneKernel(
                operand(inputs, "Inputs"),
                operand(kernels, "Kernels"),
                sums.buffer(),
                Optional.empty(),
                rows,
                taps.count(),
                false);
    }

    /** Where a kernel stands among all of them. */
    private IntExpr atKernel() {
        IntExpr at = IntExpr.ZERO;
        List<Packing.Axis> axes = choice.still().axes();
        for (Packing.Axis axis : axes.subList(choice.axes().size(), axes.size())) {
            at = at.times(axis.extent()).plus(axis.at());
        }
        return at;
    }

    private IntExpr flat(List<IntExpr> at, java.util.function.ToIntFunction<TileAxis> extent) {
        IntExpr flat = IntExpr.ZERO;
        for (int e = 0; e < at.size(); e++) {
            flat = flat.times(extent.applyAsInt(choice.axes().get(e))).plus(at.get(e));
        }
        return flat;
    }

    /** The number of a tap among those of a kernel, the last axis first. */
    private IntExpr tap(List<IntExpr> at) {
        IntExpr number = IntExpr.ZERO;
        for (int e = at.size() - 1; e >= 0; e--) {
            TileAxis axis = choice.axes().get(e);
            IntExpr tap = axis.rotated() ? IntExpr.of(axis.taps() - 1L).minus(at.get(e)) : at.get(e);
            number = number.times(axis.taps()).plus(tap);
        }
        return number;
    }

    /** {@code to[o, r, t] = from[o, n·t + r]}: what is n apart become neighbours. */
    private Routine separation(Buffer from, Buffer to, IntExpr outer, long n, IntExpr length) {
        Scopes names = locals.get();
        IntExpr o = IntExpr.var(names.enter("o"));
        IntExpr r = IntExpr.var(names.enter("r"));
        IntExpr t = IntExpr.var(names.enter("t"));
        Step step = new Step.Store(
                to,
                o.times(n).plus(r).times(length).plus(t),
                new Real.Load(from, o.times(length).plus(t).times(n).plus(r)));
        step = Step.loop(t.toString(), IntExpr.ZERO, length, step);
        step = Step.loop(r.toString(), IntExpr.ZERO, IntExpr.of(n), step);
        step = Step.loop(o.toString(), IntExpr.ZERO, outer, step);
        return new Routine(
                "separate" + Planner.capital(to.name()),
                List.of("Every " + n + (n == 2 ? "nd" : n == 3 ? "rd" : "th") + " entry of " + from
                        + " becomes a neighbour."),
                List.of(from, to),
                List.of(),
                step);
    }

    @Override
    void nest() {
        vectors(kernelLength, at -> call(transformKernels, List.of(at, at)));
        lowering.nest(choice.outer(), () -> blocks(choice.strips(), this::strip));
    }

    private void strip() {
        IntExpr length = lowering.integer(choice.length());
        lowering.nest(taps.ranges(), () -> {
            lowering.emit(
                    call(copyRows, strip.start().stream().map(lowering::integer).toList()));
            lowering.emit(call(separateRows, List.of()));
            IntExpr to = lowering.integer(inputs.at().substitute(PRODUCT, IntExpr.ZERO));
            vectors(length, at -> call(transformInputs, List.of(at, to.plus(at))));
        });
        String product = lowering.fresh("product");
        Step products = lowering.capture(() -> lowering.where(
                PRODUCT,
                IntExpr.var(product),
                () -> lowering.nest(
                        choice.kernels().stream()
                                .filter(r -> !choice.rows().holds(r))
                                .toList(),
                        () -> blocks(choice.rows(), () -> products(length)))));
        lowering.emit(Step.loop(product, IntExpr.ZERO, IntExpr.of(choice.products()), products));
        lowering.nest(choice.kernels(), () -> {
            IntExpr from = lowering.integer(sums.at().substitute(PRODUCT, IntExpr.ZERO));
            IntExpr to = lowering.integer(results.at().substitute(WITHIN, IntExpr.ZERO));
            vectors(length, at -> call(transformSums, List.of(from.plus(at), to.plus(at.times(choice.side())))));
        });
        List<Range> along = new ArrayList<>(choice.kernels());
        choice.axes().subList(1, choice.axes().size()).forEach(a -> along.add(a.result()));
        finish(List.of(choice.strips()), along, result());
    }

    /** All blocks of vectors of one product and one block of kernels. */
    private void products(IntExpr length) {
        List<Rows> rows = List.of(choice.rows());
        IntExpr from = base(inputs, rows, List.of());
        IntExpr by = base(kernels, rows, List.of());
        IntExpr to = base(sums, rows, List.of());
        String at = lowering.fresh("at");
        IntExpr place = IntExpr.var(at);
        IntExpr width = Lane.COUNT.times(choice.vectors());
        Step call = call(block, List.of(from.plus(place), by, to.plus(place)));
        lowering.emit(new Step.Loop(at, IntExpr.ZERO, length, width, call));
    }

    /** Where a result stands among those of the strip's tiles: those of a row of a tile side by side. */
    private Place result() {
        int last = choice.axes().size() - 1;
        IntExpr row = IntExpr.ZERO;
        IntExpr tile = IntExpr.ZERO;
        if (last > 0) {
            TileAxis axis = choice.axes().get(0);
            IntExpr m = IntExpr.of(axis.outputs());
            IntExpr from = axis.result().index().minus(Rows.first(axis.result()));
            row = from.mod(m);
            tile = from.floorDiv(m).times(choice.stride(0));
        }
        TileAxis axis = choice.axes().get(last);
        IntExpr i = axis.result().index();
        IntExpr from = last == 0 ? i.minus(Rows.first(axis.result())) : i;
        IntExpr within = row.times(axis.outputs());
        return new Place(
                results.buffer(),
                results.at()
                        .substitute(WITHIN, within)
                        .plus(tile.times(axis.outputs()))
                        .plus(from));
    }
}

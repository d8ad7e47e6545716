package dev.adjoint.plan;

import dev.adjoint.bilinear.LinearProgram;
import dev.adjoint.bilinear.Transforms;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final Place moving;
    private final Place still;
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
        this.moving = place(choice.moving(), Lane.COUNT);
        this.still = place(choice.still(), Lane.COUNT);
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
        IntExpr channel = number(taps.ranges());
        IntExpr channels = taps.count();
        this.inputs = new Place(
                buffer("inputs" + capital, channels.times(width).times(products)),
                product.times(channels).plus(channel).times(width));
        IntExpr kernel = number(choice.kernels());
        IntExpr count = new Taps(choice.kernels()).count();
        this.sums = new Place(
                buffer("products" + capital, count.times(products).times(width)),
                product.times(count).plus(kernel).times(width));
        this.results = new Place(
                buffer("tiles" + capital, count.times(choice.outputs()).times(width)),
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
                : buffer("columns" + capital, TransformKernel.between(ofInput));
        this.transformInputs = new TransformKernel(
                        moving.buffer(),
                        inputs.buffer(),
                        between,
                        ofInput,
                        this::input,
                        at -> flat(at, TileAxis::products).times(channels).times(width))
                .routine(name + "Inputs", "Transforms the inputs of neighbouring tiles.", locals.get());
        this.transformKernels = new TransformKernel(
                        still.buffer(),
                        kernels.buffer(),
                        between,
                        ofKernel,
                        at -> flat(unrotated(at), TileAxis::taps).times(kernelLength),
                        at -> flat(at, TileAxis::products).times(kernelStride))
                .routine(name + "Kernels", "Transforms neighbouring kernels.", locals.get());
        this.transformSums = new TransformKernel(
                        sums.buffer(),
                        results.buffer(),
                        between,
                        ofOutput,
                        at -> flat(at, TileAxis::products).times(count).times(width),
                        at -> flat(at, TileAxis::outputs).times(width))
                .routine(name + "Results", "Transforms sums of neighbouring tiles back.", locals.get());
        this.multiply = multiply();
        this.block = multiply.routine(
                name + "Block" + choice.rows().count() + "x" + choice.vectors(), choice.vectors(), locals.get());
    }

    private Buffer buffer(String stem, IntExpr length) {
        return new Buffer(buffers.enter(stem), Buffer.Role.SCRATCH, false, List.of(length));
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
                taps.count());
    }

    /** The number of a combination of values in row-major order. */
    private static IntExpr number(List<Range> ranges) {
        IntExpr number = IntExpr.ZERO;
        for (Range range : ranges) {
            number = number.times(range.extent()).plus(range.index().minus(range.lo()));
        }
        return number;
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

    private List<IntExpr> unrotated(List<IntExpr> at) {
        List<IntExpr> taps = new ArrayList<>();
        for (int e = 0; e < at.size(); e++) {
            TileAxis axis = choice.axes().get(e);
            taps.add(axis.rotated() ? IntExpr.of(axis.taps() - 1L).minus(at.get(e)) : at.get(e));
        }
        return taps;
    }

    /** Entry b of a tile is entry {@code b div m} on in the class of {@code b mod m}. */
    private IntExpr input(List<IntExpr> at) {
        Map<String, IntExpr> here = new HashMap<>();
        Map<String, IntExpr> first = new HashMap<>();
        for (int e = 0; e < at.size(); e++) {
            IntExpr m = IntExpr.of(choice.axes().get(e).outputs());
            here.put(TileChoices.residue(e), at.get(e).mod(m));
            here.put(TileChoices.tile(e), at.get(e).floorDiv(m));
            first.put(TileChoices.residue(e), IntExpr.ZERO);
            first.put(TileChoices.tile(e), IntExpr.ZERO);
        }
        return moving.at().substitute(here).minus(moving.at().substitute(first));
    }

    @Override
    void nest() {
        vectors(kernelLength, at -> call(transformKernels, List.of(at, at)));
        lowering.nest(choice.outer(), () -> blocks(choice.strips(), this::strip));
    }

    private void strip() {
        IntExpr length = lowering.integer(choice.length());
        lowering.nest(taps.ranges(), () -> {
            IntExpr from = lowering.integer(tiles(moving.at()));
            IntExpr to = lowering.integer(inputs.at().substitute(PRODUCT, IntExpr.ZERO));
            vectors(length, at -> call(transformInputs, List.of(from.plus(at), to.plus(at))));
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
            vectors(length, at -> call(transformSums, List.of(from.plus(at), to.plus(at))));
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

    private void vectors(IntExpr length, java.util.function.Function<IntExpr, Step> step) {
        String at = lowering.fresh("at");
        lowering.emit(new Step.Loop(at, IntExpr.ZERO, length, Lane.COUNT, step.apply(IntExpr.var(at))));
    }

    /** The first entry of the first tile of a strip. */
    private IntExpr tiles(IntExpr at) {
        Map<String, IntExpr> first = new HashMap<>();
        for (int e = 0; e < choice.axes().size(); e++) {
            TileAxis axis = choice.axes().get(e);
            first.put(TileChoices.residue(e), IntExpr.ZERO);
            first.put(
                    TileChoices.tile(e),
                    e > 0 ? IntExpr.ZERO : axis.result().index().floorDiv(IntExpr.of(axis.outputs())));
        }
        return at.substitute(first);
    }

    /** Where a result stands among those of the strip's tiles. */
    private Place result() {
        IntExpr within = IntExpr.ZERO;
        IntExpr tile = IntExpr.ZERO;
        for (int e = 0; e < choice.axes().size(); e++) {
            TileAxis axis = choice.axes().get(e);
            IntExpr m = IntExpr.of(axis.outputs());
            IntExpr i = axis.result().index();
            IntExpr from = e == 0 ? i.minus(Rows.first(axis.result())) : i;
            within = within.times(m).plus(from.mod(m));
            tile = tile.plus(from.floorDiv(m).times(choice.stride(e)));
        }
        return new Place(
                results.buffer(), results.at().substitute(WITHIN, within).plus(tile));
    }
}

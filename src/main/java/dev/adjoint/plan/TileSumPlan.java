package dev.adjoint.plan;

import dev.adjoint.bilinear.LinearProgram;
import dev.adjoint.bilinear.Transforms;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Place;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Step;
import dev.adjoint.transform.LaneLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * A correlation by sums of tiles of minimal filters: {@link TileSumChoice} says how. Channels that are neighbours stand in
 * neighbouring lanes. One operand is transformed first, as a whole; then, a strip of channels after the other, the other
 * operand is transformed, each product of the filter is a matrix product over all tiles, and its sums are transformed
 * back.
 */
final class TileSumPlan extends LanePlan {
    private static final String PRODUCT = "$product";

    private final TileSumChoice choice;
    private final Place vectorsFrom;
    private final Place numbersFrom;
    private final Place vectors;
    private final Place numbers;
    private final Place sums;
    private final Place results;
    private final Routine transformVectors;
    private final Routine transformNumbers;
    private final Routine transformSums;
    private final Routine block;

    TileSumPlan(TileSumChoice choice, Site site) {
        super(choice.contraction(), choice.taps(), site);
        this.choice = choice;
        String capital = Planner.capital(target.name());
        IntExpr overrun = Lane.COUNT.plus(choice.strip().block());
        this.vectorsFrom = place(choice.vectors().layout(), overrun);
        this.numbersFrom = place(choice.numbers().layout(), Lane.COUNT);
        IntExpr product = IntExpr.var(PRODUCT);
        int products = choice.products();

        IntExpr width = choice.stride();
        IntExpr vectorsStride = taps.count().times(width).plus(Lane.COUNT);
        this.vectors = new Place(
                ofStrip("inputs" + capital, vectorsStride.times(products)),
                product.times(vectorsStride).plus(taps.number().times(width)));
        IntExpr numbersStride = tilesOfNumbers().times(numbersWidth()).plus(Lane.COUNT);
        this.numbers = new Place(
                buffer(
                        "kernels" + capital,
                        numbersStride.times(products).plus(choice.rows().block())),
                product.times(numbersStride)
                        .plus(tile().times(numbersWidth()))
                        .plus(choice.numbers().at()));
        IntExpr rows = choice.rows().blocks().times(choice.rows().block());
        IntExpr row = choice.numbers().channel().index();
        IntExpr sumsStride = rows.times(width);
        this.sums = new Place(
                ofStrip("products" + capital, sumsStride.times(products)),
                product.times(sumsStride).plus(row.times(width)));
        int outputs = flat(TileSumAxis::outputs);
        IntExpr resultsStride = width.times(outputs);
        this.results = new Place(
                ofStrip("tiles" + capital, rows.times(resultsStride)),
                row.times(resultsStride).plus(withinTile(width)));

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
        this.transformVectors =
                transform(choice.vectors(), vectorsFrom, vectors, vectorsStride, between, ofInput, ofKernel);
        this.transformNumbers =
                transform(choice.numbers(), numbersFrom, numbers, numbersStride, between, ofInput, ofKernel);
        boolean interleaved = isInterleaved();
        this.transformSums = new TransformKernel(
                        sums.buffer(),
                        results.buffer(),
                        between,
                        ofOutput,
                        interleaved,
                        at -> flat(at, TileSumAxis::products).times(sumsStride),
                        at -> flat(at, TileSumAxis::outputs).times(width))
                .routine(name + "Results", "Transforms sums of tiles back.", locals.get());
        this.block = multiply()
                .routine(name + "Block" + choice.rows().count() + "x" + choice.width(), choice.width(), locals.get());
    }

    private Routine transform(
            TileSumChoice.Side side,
            Place from,
            Place to,
            IntExpr stride,
            Buffer between,
            List<LinearProgram> ofInput,
            List<LinearProgram> ofKernel) {
        List<IntExpr> apart = new ArrayList<>();
        for (int k = 0; k < choice.axes().size(); k++) {
            apart.add(from.stride(TileSumChoice.tiles(k, choice.axes().get(k)).name())
                    .orElseThrow()
                    .floorDiv(IntExpr.of(choice.axes().get(k).taps())));
        }
        return new TransformKernel(
                        from.buffer(),
                        to.buffer(),
                        between,
                        side.moving() ? ofInput : ofKernel,
                        false,
                        at -> {
                            IntExpr place = IntExpr.ZERO;
                            for (int k = 0; k < at.size(); k++) {
                                place = place.plus(at.get(k).times(apart.get(k)));
                            }
                            return place;
                        },
                        at -> flat(at, TileSumAxis::products).times(stride))
                .routine(
                        name + (side.moving() ? "Inputs" : "Kernels"),
                        "Transforms a tile of neighbouring channels of "
                                + side.layout().source() + ".",
                        locals.get());
    }

    private LaneKernel multiply() {
        List<LaneKernel.Row> rows = new ArrayList<>();
        for (Map<String, IntExpr> row : choice.rows().offsets()) {
            rows.add(new LaneKernel.Row(
                    choice.rows().moved(numbers, row), choice.rows().moved(sums, row), IntExpr.ZERO));
        }
        return new LaneKernel(
                operand(vectors, "Vectors"),
                operand(numbers, "Numbers"),
                sums.buffer(),
                Optional.empty(),
                rows,
                taps.count(),
                false);
    }

    private int flat(ToIntFunction<TileSumAxis> extent) {
        return choice.axes().stream().mapToInt(extent).reduce(1, (a, b) -> a * b);
    }

    private IntExpr flat(List<IntExpr> at, ToIntFunction<TileSumAxis> extent) {
        IntExpr flat = IntExpr.ZERO;
        for (int e = 0; e < at.size(); e++) {
            flat = flat.times(extent.applyAsInt(choice.axes().get(e))).plus(at.get(e));
        }
        return flat;
    }

    private boolean isInterleaved() {
        return choice.axes().get(choice.axes().size() - 1).outputs() <= LaneLoops.MOST_STRIDE;
    }

    /** Where a result of a tile stands, of the channel that the free indices say. */
    private IntExpr withinTile(IntExpr width) {
        IntExpr channel = choice.vectors()
                .channel()
                .index()
                .minus(Rows.first(choice.vectors().channel()));
        List<IntExpr> at = new ArrayList<>();
        choice.axes().forEach(a -> at.add(a.result().index()));
        if (!isInterleaved()) {
            return flat(at, TileSumAxis::outputs).times(width).plus(channel);
        }
        IntExpr last = at.set(at.size() - 1, IntExpr.ZERO);
        int side = choice.axes().get(at.size() - 1).outputs();
        return flat(at, TileSumAxis::outputs)
                .times(width)
                .plus(channel.times(side))
                .plus(last);
    }

    /** The channels of the operand that is transformed as a whole, in whole vectors. */
    private IntExpr numbersWidth() {
        return choice.numbers()
                .channels()
                .plus(Lane.COUNT)
                .minus(1)
                .floorDiv(Lane.COUNT)
                .times(Lane.COUNT);
    }

    /** The tiles of the operand that is transformed as a whole. */
    private IntExpr tilesOfNumbers() {
        IntExpr tiles = others();
        for (TileSumAxis axis : choice.axes()) {
            tiles = tiles.times(axis.tiles());
        }
        return tiles;
    }

    private IntExpr others() {
        return choice.numbers().others(choice.axes().size()).stream()
                .map(Packing.Axis::extent)
                .reduce(IntExpr.ONE, IntExpr::times);
    }

    /** The number of a tile among these. */
    private IntExpr tile() {
        IntExpr number = IntExpr.ZERO;
        for (Packing.Axis axis : choice.numbers().others(choice.axes().size())) {
            number = number.times(axis.extent()).plus(axis.at());
        }
        for (int k = 0; k < choice.axes().size(); k++) {
            Range tiles = TileSumChoice.tiles(k, choice.axes().get(k));
            number = number.times(tiles.extent()).plus(tiles.index());
        }
        return number;
    }

    @Override
    void nest() {
        numbers();
        lowering.nest(choice.outer(), () -> blocks(choice.strip(), this::strip));
    }

    /** Transforms all tiles of one operand. */
    private void numbers() {
        String other = lowering.fresh("other");
        List<IntExpr> extents = new ArrayList<>();
        IntExpr from = IntExpr.var(other);
        IntExpr to = IntExpr.var(other);
        List<String> names = new ArrayList<>(List.of(other));
        List<IntExpr> counts = new ArrayList<>(List.of(others()));
        List<Packing.Axis> axes = choice.numbers().layout().axes();
        for (int k = 0; k < choice.axes().size(); k++) {
            TileSumAxis axis = choice.axes().get(k);
            String tile = lowering.fresh("tile");
            names.add(tile);
            counts.add(axis.tiles());
            IntExpr extent =
                    axes.get(axes.size() - 1 - choice.axes().size() + k).extent();
            from = from.times(extent).plus(IntExpr.var(tile).times(axis.taps()));
            to = to.times(axis.tiles()).plus(IntExpr.var(tile));
        }
        IntExpr source = from.times(choice.numbers().channels());
        IntExpr goal = to.times(numbersWidth());
        Step step = lowering.capture(() -> vectors(
                choice.numbers().channels(), at -> call(transformNumbers, List.of(source.plus(at), goal.plus(at)))));
        for (int k = names.size() - 1; k >= 0; k--) {
            step = Step.loop(names.get(k), IntExpr.ZERO, counts.get(k), step);
        }
        lowering.emit(step);
    }

    private void strip() {
        IntExpr length = IntExpr.of(choice.strip().block());
        lowering.nest(taps.ranges(), () -> {
            IntExpr from = lowering.integer(vectorsFrom.at());
            IntExpr to = lowering.integer(vectors.at().substitute(PRODUCT, IntExpr.ZERO));
            vectors(length, at -> call(transformVectors, List.of(from.plus(at), to.plus(at))));
        });
        String product = lowering.fresh("product");
        Step products = lowering.capture(() -> lowering.where(PRODUCT, IntExpr.var(product), () -> products(length)));
        lowering.emit(Step.loop(product, IntExpr.ZERO, IntExpr.of(choice.products()), products));
        int side = isInterleaved() ? choice.axes().get(choice.axes().size() - 1).outputs() : 1;
        Range row = choice.numbers().channel();
        lowering.nest(List.of(row), () -> {
            IntExpr from = lowering.integer(sums.at().substitute(PRODUCT, IntExpr.ZERO));
            IntExpr to = lowering.integer(row.index().times(choice.stride()).times(flat(TileSumAxis::outputs)));
            vectors(length, at -> call(transformSums, List.of(from.plus(at), to.plus(at.times(side)))));
        });
        List<Range> along = new ArrayList<>(List.of(row));
        choice.axes().forEach(a -> along.add(a.result()));
        finish(List.of(choice.strip()), along, results);
    }

    /** All blocks of one product: those of the same vectors one after the other, which stay in the cache. */
    private void products(IntExpr length) {
        List<Rows> rows = List.of(choice.rows());
        String at = lowering.fresh("at");
        IntExpr place = IntExpr.var(at);
        Step blocks = lowering.capture(() -> blocks(choice.rows(), () -> {
            IntExpr from = base(vectors, rows, List.of());
            IntExpr by = base(numbers, rows, List.of());
            IntExpr to = base(sums, rows, List.of());
            lowering.emit(call(block, List.of(from.plus(place), by, to.plus(place))));
        }));
        lowering.emit(new Step.Loop(at, IntExpr.ZERO, length, Lane.COUNT.times(choice.width()), blocks));
    }
}

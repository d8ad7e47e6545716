package dev.adjoint.plan;

/** About how many cycles a {@link TileSumChoice} takes, on a {@link Core}. */
final class TileSumCost {
    /** To call a matrix product, to start its loop and to leave it. */
    private static final double PRODUCT = 50;

    /** To bring a vector from the second cache, and from behind it. */
    private static final double NEAR = 0.5;

    private static final double FAR = 8;

    /** To bring a line from the second cache. */
    private static final double LINE = 4;

    /** To make neighbours of the results of a row of a tile, for each vector. */
    private static final double INTERLEAVE = 8;

    /** To move a result to where it belongs. */
    private static final double RESULT = 2;

    private final LaneCost cost;

    TileSumCost(LaneCost cost) {
        this.cost = cost;
    }

    double of(TileSumChoice choice) {
        TransformCost transforms = new TransformCost(choice.axes());
        double lanes = cost.lanes();
        double bytes = 64 / lanes;
        double tiles = cost.value(choice.taps().count());
        double n = choice.products();
        double vectors = Math.ceil((double) choice.strip().block() / lanes);
        double strips = cost.value(choice.strip().blocks()) * cost.value(new Taps(choice.outer()).count());
        double rows = choice.rows().count();
        double width = choice.width();
        double blocks = cost.value(choice.rows().blocks()) * Math.ceil(vectors / width);
        double far = tiles * width * lanes * bytes < Core.FIRST ? 0 : width * LINE;
        double tap = Math.max(far, Core.tap(rows * width, rows + width + 1));
        double product = blocks * (PRODUCT + rows * width + tiles * tap);
        double all = cost.value(choice.numbers().channel().extent());
        double numbers = Math.ceil(all / lanes) * tiles;
        double line = n * (vectors + Math.ceil(all / lanes)) * tiles * lanes * bytes < Core.SECOND ? NEAR : FAR;
        double ofVectors = choice.vectors().moving() ? transforms.ofInput() : transforms.ofKernel();
        double ofNumbers = choice.vectors().moving() ? transforms.ofKernel() : transforms.ofInput();
        double outputs = choice.axes().stream().mapToInt(TileSumAxis::outputs).reduce(1, (a, b) -> a * b);
        return cost.copy(choice.vectors().layout())
                + cost.copy(choice.numbers().layout())
                + numbers * (ofNumbers + n * line)
                + strips
                        * (vectors * tiles * (ofVectors + n * line)
                                + n * product
                                + n * (vectors * tiles + numbers) * line
                                + all * vectors * (transforms.ofOutput() + INTERLEAVE * outputs + n * NEAR))
                + cost.value(new Taps(choice.contraction().free()).count()) * RESULT;
    }
}

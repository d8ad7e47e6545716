package dev.adjoint.plan;

/** About how many cycles a {@link TileSumChoice} takes, on the core that {@link LaneCost} describes. */
final class TileSumCost {
    /** To call a matrix product, to start its loop and to leave it. */
    private static final double PRODUCT = 50;

    private static final double LATENCY = 4;

    /** To bring a vector from the second cache, and from behind it. */
    private static final double NEAR = 0.5;

    private static final double FAR = 8;

    /** What stays in the first cache beside the rest, in bytes, and to bring a line from the second one. */
    private static final double FIRST = 32 << 10;

    private static final double LINE = 4;

    /** What stays in the second cache, in bytes. */
    private static final double SECOND = 1 << 20;

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
        double load = (rows + width + 1) / 2;
        double multiply = rows * width / 2;
        double blocks = cost.value(choice.rows().blocks()) * Math.ceil(vectors / width);
        double far = tiles * width * lanes * bytes < FIRST ? 0 : width * LINE;
        double tap = Math.max(LATENCY, Math.max(multiply, Math.max(load, far)));
        double product = blocks * (PRODUCT + rows * width + tiles * tap);
        double all = cost.value(choice.numbers().channel().extent());
        double numbers = Math.ceil(all / lanes) * tiles;
        double line = n * (vectors + Math.ceil(all / lanes)) * tiles * lanes * bytes < SECOND ? NEAR : FAR;
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

package dev.adjoint.plan;

import dev.adjoint.index.Range;
import java.util.List;

/** About how many cycles a {@link TileChoice} takes, on a {@link Core}. */
final class TileCost {
    /** To call a matrix product, to start its short loop and to leave it. */
    private static final double PRODUCT = 100;

    /** To make neighbours of entries that are not, and the other way round, for each vector. */
    private static final double SEPARATE = 12;

    private static final double INTERLEAVE = 8;

    /** To bring a vector of a strip from the second cache, and from behind it. */
    private static final double NEAR = 0.5;

    private static final double FAR = 8;

    /** To bring a vector of kernels, one after the other. */
    private static final double STREAM = 1;

    /** To move a result to where it belongs. */
    private static final double RESULT = 0.5;

    private final LaneCost cost;

    TileCost(LaneCost cost) {
        this.cost = cost;
    }

    double of(TileChoice choice) {
        List<TileAxis> axes = choice.axes();
        TransformCost transforms = new TransformCost(axes);
        double lanes = cost.lanes();
        double ofOutput = transforms.ofOutput() + INTERLEAVE * choice.outputs();
        double taps = axes.stream().mapToInt(TileAxis::taps).reduce(1, (a, b) -> a * b);
        double channels = cost.value(choice.channels().count());
        double kernels = extent(choice.kernels());
        double vectors = Math.ceil(cost.value(choice.length()) / lanes);
        double blocks = Math.ceil(vectors / choice.vectors())
                * Math.ceil(kernels / choice.rows().count());
        double rows = choice.rows().count();
        double tap = Core.tap(rows * choice.vectors(), rows + choice.vectors() + 1);
        double bytes = 64 / lanes;
        double working = choice.products() * (channels + kernels) * (cost.value(choice.length()) + lanes) * bytes;
        double line = working < Core.SECOND ? NEAR : FAR;
        double product = blocks * (PRODUCT + rows * choice.vectors() + channels * tap)
                + (channels + kernels) * vectors * line
                + channels * kernels / lanes * STREAM;
        double strips = cost.value(choice.strips().blocks()) * extent(choice.outer());
        double results = extent(choice.contraction().free());
        double entries = cost.value(StripRows.length(choice));
        double lines = choice.classes() * cost.value(choice.height());
        double separate = cost.rows(entries, lines) + SEPARATE * entries / lanes;
        return cost.copy(choice.still())
                + Math.ceil(cost.value(choice.still().length()) / (lanes * taps)) * transforms.ofKernel()
                + strips
                        * (channels * (separate + vectors * (transforms.ofInput() + choice.products() * line))
                                + choice.products() * product
                                + kernels * vectors * (ofOutput + choice.products() * line))
                + results * RESULT;
    }

    private double extent(List<Range> ranges) {
        return cost.value(new Taps(ranges).count());
    }
}

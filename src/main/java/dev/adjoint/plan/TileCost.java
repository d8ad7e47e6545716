package dev.adjoint.plan;

import dev.adjoint.bilinear.CookToom;
import dev.adjoint.bilinear.MinimalFilter;
import dev.adjoint.bilinear.NestedCost;
import dev.adjoint.index.Range;
import java.util.List;

/** About how many cycles a {@link TileChoice} takes, on the core that {@link LaneCost} describes. */
final class TileCost {
    /** To load or to store a vector of a transform, and for an operation on it. */
    private static final double ENTRY = 1;

    private static final double OPERATION = 0.5;

    /** To call a transform. */
    private static final double CALL = 20;

    /** To call a matrix product, to start its short loop and to leave it. */
    private static final double PRODUCT = 100;

    /** To make neighbours of entries that are not, and the other way round, for each vector. */
    private static final double SEPARATE = 12;

    private static final double INTERLEAVE = 8;

    private static final double LATENCY = 4;

    /** To bring a vector of a strip from the second cache, and from behind it. */
    private static final double NEAR = 0.5;

    private static final double FAR = 8;

    /** What stays in the second cache, in bytes. */
    private static final double SECOND = 1 << 20;

    /** To bring a vector of kernels, one after the other. */
    private static final double STREAM = 1;

    /** To move a result to where it belongs. */
    private static final double RESULT = 0.5;

    private static final MinimalFilter ALONE = CookToom.of(1, 1).filter();

    private final LaneCost cost;

    TileCost(LaneCost cost) {
        this.cost = cost;
    }

    double of(TileChoice choice) {
        List<TileAxis> axes = choice.axes();
        MinimalFilter down = axes.get(0).filter();
        MinimalFilter across = axes.size() == 1 ? ALONE : axes.get(1).filter();
        NestedCost nested = NestedCost.of(down, across);
        double lanes = cost.lanes();
        double n = down.products();
        double k = across.products();
        double between = axes.size() == 1 ? 0 : 1;
        double ofInput = CALL
                + ENTRY * n * k * (2 + 2 * between)
                + OPERATION * nested.input().instructions();
        double ofKernel = CALL
                + ENTRY * (down.taps() * across.taps() + n * k + 2 * between * n * across.taps())
                + OPERATION * nested.kernel().instructions();
        double ofOutput = CALL
                + ENTRY * (n * k + down.outputs() * across.outputs() + 2 * between * down.outputs() * k)
                + INTERLEAVE * choice.outputs()
                + OPERATION * nested.output().instructions();
        double channels = cost.value(choice.channels().count());
        double kernels = extent(choice.kernels());
        double vectors = Math.ceil(cost.value(choice.length()) / lanes);
        double blocks = Math.ceil(vectors / choice.vectors())
                * Math.ceil(kernels / choice.rows().count());
        double rows = choice.rows().count();
        double load = (rows + choice.vectors() + 1) / 2;
        double multiply = rows * choice.vectors() / 2;
        double bytes = 64 / lanes;
        double working = choice.products() * (channels + kernels) * (cost.value(choice.length()) + lanes) * bytes;
        double line = working < SECOND ? NEAR : FAR;
        double product =
                blocks * (PRODUCT + rows * choice.vectors() + channels * Math.max(LATENCY, Math.max(multiply, load)))
                        + (channels + kernels) * vectors * line
                        + channels * kernels / lanes * STREAM;
        double strips = cost.value(choice.strips().blocks()) * extent(choice.outer());
        double results = extent(choice.contraction().free());
        double entries = cost.value(StripRows.length(choice));
        double lines = choice.classes() * cost.value(choice.height());
        double separate = cost.rows(entries, lines) + SEPARATE * entries / lanes;
        return cost.copy(choice.still())
                + Math.ceil(cost.value(choice.still().length()) / (lanes * down.taps() * across.taps())) * ofKernel
                + strips
                        * (channels * (separate + vectors * (ofInput + n * k * line))
                                + choice.products() * product
                                + kernels * vectors * (ofOutput + n * k * line))
                + results * RESULT;
    }

    private double extent(List<Range> ranges) {
        double extent = 1;
        for (Range range : ranges) {
            extent *= cost.value(range.extent());
        }
        return extent;
    }
}

package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One way to compute a correlation of few results and many taps, as the gradient of a convolution's weights, by minimal
 * filters. The taps are cut into tiles; each is a filter F(m, r) for all results, and since its last transform is
 * linear, the tiles are added up before it: {@code Y = Aᵀ[Σ_t (G g_t G'ᵀ) ⊙ (Bᵀ d_t B')]A'}, the sum a matrix product
 * over the tiles for each of the products.
 *
 * <p>How far it errs, {@link dev.adjoint.bilinear.ErrorBound#typical(double)} says.
 *
 * @param axes along which taps are cut, one or two
 * @param vectors the operand of which neighbouring channels lie in lanes
 * @param numbers the operand of which one entry is spread over all lanes
 * @param strip how many channels of the former are transformed at a time
 * @param rows the block of the matrix products, of channels of the latter
 * @param width how many vectors stand side by side in a block
 * @param error to be expected, in the root mean square, over that of the results
 */
record TileSumChoice(
        Contraction contraction,
        List<TileSumAxis> axes,
        Side vectors,
        Side numbers,
        Rows strip,
        Rows rows,
        int width,
        double error)
        implements LaneWay {
    /**
     * An operand.
     *
     * @param layout before the transform: the first entry of each tile, channels last
     * @param channel the free index that this operand alone has
     * @param moving whether its tiles are inputs of the filters; else they are taps
     */
    record Side(Layout layout, Range channel, boolean moving) {
        /** What stands beside tiles and channels. */
        List<Packing.Axis> others(int axes) {
            return layout.axes().subList(0, layout.axes().size() - axes - 1);
        }

        /** How many entries lie side by side. */
        IntExpr channels() {
            return layout.axes().get(layout.axes().size() - 1).extent();
        }

        /** Where the first of them stands. */
        IntExpr at() {
            return layout.axes().get(layout.axes().size() - 1).at();
        }
    }

    TileSumChoice {
        axes = List.copyOf(axes);
    }

    /** The index of the tiles of an axis. */
    static Range tiles(int axis, TileSumAxis of) {
        return Range.below("$tile" + axis, of.tiles());
    }

    /** What the matrix products sum over: what is summed beside the taps, and the tiles. */
    Taps taps() {
        return taps(contraction, axes);
    }

    static Taps taps(Contraction contraction, List<TileSumAxis> axes) {
        List<Range> ranges = new ArrayList<>(contraction.reduced());
        axes.forEach(a -> ranges.remove(a.tap()));
        for (int k = 0; k < axes.size(); k++) {
            ranges.add(tiles(k, axes.get(k)));
        }
        return new Taps(ranges);
    }

    /** The free indices beside results and channels. */
    List<Range> outer() {
        return contraction.free().stream()
                .filter(r -> axes.stream().noneMatch(a -> a.result().equals(r)))
                .filter(r -> !r.equals(vectors.channel()) && !r.equals(numbers.channel()))
                .toList();
    }

    /** Products of a tile. */
    int products() {
        return axes.stream().mapToInt(TileSumAxis::products).reduce(1, (a, b) -> a * b);
    }

    /** How many channels stand side by side once they are transformed: a whole number of blocks. */
    IntExpr stride() {
        IntExpr block = Lane.COUNT.times(width);
        return IntExpr.of(strip.block()).plus(block).minus(1).floorDiv(block).times(block);
    }

    @Override
    public double cycles(LaneCost cost) {
        return new TileSumCost(cost).of(this);
    }

    @Override
    public List<Test> guards() {
        return List.of(
                new Test.Moderate(vectors.layout().source()),
                new Test.Moderate(numbers.layout().source()));
    }

    @Override
    public LanePlan plan(LaneCost cost, LanePlan.Site site) {
        return new TileSumPlan(this, site);
    }

    @Override
    public String because() {
        int direct = axes.stream().mapToInt(a -> a.outputs() * a.taps()).reduce(1, (a, b) -> a * b);
        return "a tile takes " + products() + " products of transformed entries instead of " + direct
                + String.format(Locale.ROOT, ", at an expected error of %.0e of the results", error);
    }

    @Override
    public String toString() {
        String filters = axes.stream().map(a -> a.filter().toString()).collect(Collectors.joining(" by "));
        String along = axes.stream().map(a -> a.tap().name()).collect(Collectors.joining(" and "));
        return "sums of tiles " + filters + " along " + along + ", vectors of "
                + vectors.layout().source() + " along " + strip + ", numbers of "
                + numbers.layout().source() + ", blocks of " + rows + " times " + width
                + (width == 1 ? " vector" : " vectors");
    }
}

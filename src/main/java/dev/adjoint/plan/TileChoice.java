package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One way to compute a correlation by tiles of minimal filters, {@code Y = Aᵀ[(G g G'ᵀ) ⊙ (Bᵀ d B')]A'} (Winograd 1980;
 * Lavin and Gray 2016): kernels and tiles are transformed, then each of the products is a matrix product over what else
 * is summed, then sums are transformed back.
 *
 * @param axes along which tiles lie, one or two
 * @param strip how many tiles of the first axis are transformed at a time
 * @param moving what is cut into tiles
 * @param places where it is read, over the contraction's indices
 * @param still the layout of the kernels: the taps stand first, the last one slowest
 * @param rows the block of the matrix products, of free indices that the kernels alone have
 * @param vectors how many stand side by side in a block
 * @param error to be expected, in the root mean square, over that of the results
 */
record TileChoice(
        Contraction contraction,
        List<TileAxis> axes,
        long strip,
        Buffer moving,
        List<IntExpr> places,
        Layout still,
        Rows rows,
        int vectors,
        double error)
        implements LaneWay {
    TileChoice {
        axes = List.copyOf(axes);
        places = List.copyOf(places);
    }

    /** What the matrix products sum over. */
    Taps channels() {
        List<Range> channels = new ArrayList<>(contraction.reduced());
        axes.forEach(a -> channels.remove(a.tap()));
        return new Taps(channels);
    }

    /** The free indices that the kernels alone have. */
    List<Range> kernels() {
        return contraction.free().stream()
                .filter(r -> inStill(r) && !inMoving(r))
                .toList();
    }

    /** The other free indices that no tile has. */
    List<Range> outer() {
        return contraction.free().stream()
                .filter(r -> axes.stream().noneMatch(a -> a.result().equals(r)))
                .filter(r -> !kernels().contains(r))
                .toList();
    }

    private boolean inStill(Range range) {
        return still.axes().stream().anyMatch(a -> a.at().variables().contains(range.name()));
    }

    private boolean inMoving(Range range) {
        return places.stream().anyMatch(at -> at.variables().contains(range.name()));
    }

    /** Products of a tile. */
    int products() {
        return axes.stream().mapToInt(TileAxis::products).reduce(1, (a, b) -> a * b);
    }

    /** Results of a tile. */
    int outputs() {
        return axes.stream().mapToInt(TileAxis::outputs).reduce(1, (a, b) -> a * b);
    }

    private TileAxis last() {
        return axes.get(axes.size() - 1);
    }

    /** The tiles of a strip along its last axis, with those that only inputs reach. */
    IntExpr width() {
        return (axes.size() == 1 ? IntExpr.of(strip) : last().tiles()).plus(last().reach());
    }

    /** Its rows of tiles, with those that only inputs reach. */
    IntExpr height() {
        return axes.size() == 1
                ? IntExpr.ONE
                : IntExpr.of(strip).plus(axes.get(0).reach());
    }

    /** The entries of one place of all tiles of a strip. */
    IntExpr plane() {
        return height().times(width());
    }

    /** How far tiles lie apart along the last axis. */
    int side() {
        return last().outputs();
    }

    /** How far rows of tiles do. */
    int classes() {
        return axes.size() == 1 ? 1 : axes.get(0).outputs();
    }

    /** How far neighbouring tiles of an axis lie apart in a strip. */
    IntExpr stride(int axis) {
        return axis == axes.size() - 1 ? IntExpr.ONE : width();
    }

    /** The tiles of a strip, up to the last one; between rows there are some that nobody needs. */
    IntExpr length() {
        return axes.size() == 1
                ? IntExpr.of(strip)
                : width().times(strip - 1).plus(axes.get(1).tiles());
    }

    /** The blocks of results of the first axis that are strips. */
    Rows strips() {
        TileAxis first = axes.get(0);
        return new Rows(Optional.of(first.result()), Math.toIntExact(strip * first.outputs()), List.of());
    }

    @Override
    public double cycles(LaneCost cost) {
        return new TileCost(cost).of(this);
    }

    @Override
    public List<Test> guards() {
        return List.of(new Test.Moderate(moving), new Test.Moderate(still.source()));
    }

    @Override
    public LanePlan plan(LaneCost cost, LanePlan.Site site) {
        return new TilePlan(this, site);
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
        String along = axes.stream().map(a -> a.result().name()).collect(Collectors.joining(" and "));
        return "tiles " + filters + " of " + moving + " along " + along + ", kernels of " + still.source()
                + ", strips of " + strip + (strip == 1 ? " tile" : " tiles") + ", blocks of " + rows + " times "
                + vectors
                + (vectors == 1 ? " vector" : " vectors");
    }
}

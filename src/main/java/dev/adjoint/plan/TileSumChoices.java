package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.lower.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** All the ways to compute a correlation by sums of tiles of minimal filters that are looked at. */
final class TileSumChoices {
    private static final int MOST_VECTORS = 4;
    private static final int MOST_ROWS = 16;

    /** Strips of channels are multiples of it, or all: as many as a vector holds on usual machines. */
    private static final long STRIP = 16;

    private final Contraction contraction;
    private final Tensors tensors;
    private final Known known;
    private final LaneCost cost;
    private final List<LaneWay> found = new ArrayList<>();

    private TileSumChoices(Contraction contraction, Tensors tensors, Known sizes, LaneCost cost) {
        this.contraction = contraction;
        this.tensors = tensors;
        this.known = sizes.within(contraction.indices());
        this.cost = cost;
    }

    static List<LaneWay> of(Contraction contraction, Tensors tensors, Known sizes, LaneCost cost) {
        TileSumChoices choices = new TileSumChoices(contraction, tensors, sizes, cost);
        choices.tiles(contraction.left(), contraction.right());
        choices.tiles(contraction.right(), contraction.left());
        return choices.found;
    }

    private void tiles(Expr.Read moving, Expr.Read still) {
        List<TileAxis> all = TileAxis.of(contraction, moving, still);
        if (all.isEmpty() || all.size() > 2 || all.stream().anyMatch(TileAxis::rotated)) {
            return;
        }
        for (int r = 2; r <= Filters.MOST_PRODUCTS; r++) {
            int taps = r;
            List<TileSumAxis> axes =
                    all.stream().map(a -> TileSumAxis.of(a, taps)).toList();
            if (axes.stream().allMatch(a -> a.outputs() > 1) && Filters.allow(axes, cost.precision())) {
                tiles(moving, still, axes);
            }
        }
    }

    private void tiles(Expr.Read moving, Expr.Read still, List<TileSumAxis> axes) {
        Optional<TileSumChoice.Side> inputs = side(moving, still, axes, true);
        Optional<TileSumChoice.Side> taps = side(still, moving, axes, false);
        if (inputs.isPresent() && taps.isPresent()) {
            blocks(axes, inputs.get(), taps.get());
            blocks(axes, taps.get(), inputs.get());
        }
    }

    private void blocks(List<TileSumAxis> axes, TileSumChoice.Side vectors, TileSumChoice.Side numbers) {
        double tiles = cost.value(TileSumChoice.taps(contraction, axes).count());
        double error = Filters.bound(axes, cost.precision()).typical(tiles);
        for (Rows rows : LaneChoices.rows(List.of(numbers.channel()))) {
            for (int width = 1; width <= MOST_VECTORS; width++) {
                int sums = rows.count() * width;
                boolean fits = rows.split().isPresent()
                        && rows.count() <= MOST_ROWS
                        && Core.holds(rows.count(), width)
                        && sums >= Core.REGISTERS / 2;
                if (fits) {
                    found.add(cheapest(axes, vectors, numbers, rows, width, error));
                }
            }
        }
    }

    /** Strips of the width that costs least. */
    private TileSumChoice cheapest(
            List<TileSumAxis> axes,
            TileSumChoice.Side vectors,
            TileSumChoice.Side numbers,
            Rows rows,
            int width,
            double error) {
        long channels = vectors.channel().hi().constant();
        TileSumChoice best = null;
        double least = Double.POSITIVE_INFINITY;
        for (long strip = STRIP; strip < channels + STRIP; strip += STRIP) {
            Rows some = new Rows(Optional.of(vectors.channel()), Math.toIntExact(Math.min(strip, channels)), List.of());
            TileSumChoice choice = new TileSumChoice(contraction, axes, vectors, numbers, some, rows, width, error);
            double cycles = choice.cycles(cost);
            if (best == null || cycles < least) {
                best = choice;
                least = cycles;
            }
        }
        return Objects.requireNonNull(best);
    }

    /**
     * An operand with zeros around and its channels last: {@code o[c, y, x] = copy[y, x, c]}, with as many entries along
     * each axis of tiles as these need.
     */
    private Optional<TileSumChoice.Side> side(Expr.Read read, Expr.Read other, List<TileSumAxis> axes, boolean moving) {
        List<Range> own = contraction.free().stream()
                .filter(r -> axes.stream().noneMatch(a -> a.result().equals(r)))
                .filter(r -> TileAxis.uses(read, r) > 0 && TileAxis.uses(other, r) == 0)
                .toList();
        if (own.size() != 1
                || TileAxis.uses(read, own.get(0)) != 1
                || !own.get(0).lo().isZero()
                || !own.get(0).hi().isConstant()) {
            return Optional.empty();
        }
        Range channel = own.get(0);
        Buffer source = tensors.of(read.ref());
        List<IntExpr> origins = new ArrayList<>();
        List<Packing.Axis> copied = new ArrayList<>();
        List<Packing.Axis> last = new ArrayList<>();
        for (int e = 0; e < source.shape().size(); e++) {
            IntExpr at = read.index().get(e);
            IntExpr extent = source.shape().get(e);
            int number = e;
            boolean isTiled = axes.stream().anyMatch(a -> isAlong(a, number, at, moving));
            boolean isChannel = at.variables().contains(channel.name());
            if (isTiled ? !moving && !endsWith(axes, at, extent) : !known.isInside(at, extent)) {
                return Optional.empty();
            }
            if (isChannel && !at.coefficient(channel.name()).equals(OptionalLong.of(1))) {
                return Optional.empty();
            }
            origins.add(IntExpr.ZERO);
            if (!isTiled) {
                (isChannel ? last : copied).add(new Packing.Axis(e, 1, extent, at));
            }
        }
        for (int k = 0; k < axes.size(); k++) {
            TileSumAxis axis = axes.get(k);
            int e = moving ? axis.axis() : read.index().indexOf(axis.tap().index());
            IntExpr entries = axis.tiles().times(axis.taps());
            IntExpr tile = TileSumChoice.tiles(k, axis).index().times(axis.taps());
            IntExpr extent = moving ? entries.plus(axis.outputs()).minus(1) : entries;
            origins.set(e, moving ? axis.origin() : IntExpr.ZERO);
            copied.add(new Packing.Axis(e, 1, extent, tile));
        }
        copied.addAll(last);
        Layout layout = Layout.copy("channels last", source, origins, copied);
        return Optional.of(new TileSumChoice.Side(layout, channel, moving));
    }

    private static boolean isAlong(TileSumAxis axis, int number, IntExpr at, boolean moving) {
        return moving ? axis.axis() == number : at.equals(axis.tap().index());
    }

    /** Whether the tensor has no entry behind the last tap: the last tile would take it for one. */
    private static boolean endsWith(List<TileSumAxis> axes, IntExpr at, IntExpr extent) {
        return axes.stream()
                .filter(a -> at.equals(a.tap().index()))
                .allMatch(a -> extent.equals(a.tap().hi()));
    }
}

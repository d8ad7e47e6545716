package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.lower.Tensors;
import dev.adjoint.transform.LaneLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** All the ways to compute a correlation by tiles of minimal filters that are looked at. */
final class TileChoices {
    private static final int LARGEST_TILE = LaneLoops.MOST_STRIDE;
    private static final int MOST_VECTORS = 4;
    private static final int MOST_ROWS = 16;
    private static final long LONGEST_STRIP = 64;

    private final Contraction contraction;
    private final Tensors tensors;
    private final Known known;
    private final LaneCost cost;
    private final List<LaneWay> found = new ArrayList<>();

    private TileChoices(Contraction contraction, Tensors tensors, Known sizes, LaneCost cost) {
        this.contraction = contraction;
        this.tensors = tensors;
        this.known = sizes.within(contraction.indices());
        this.cost = cost;
    }

    static List<LaneWay> of(Contraction contraction, Tensors tensors, Known sizes, LaneCost cost) {
        TileChoices choices = new TileChoices(contraction, tensors, sizes, cost);
        choices.tiles(contraction.left(), contraction.right());
        choices.tiles(contraction.right(), contraction.left());
        return choices.found;
    }

    private void tiles(Expr.Read moving, Expr.Read still) {
        List<TileAxis> all = TileAxis.of(contraction, moving, still);
        if (all.isEmpty() || all.size() > 2) {
            return;
        }
        boolean apart = contraction.reduced().size() > all.size();
        for (int m = 2; apart && m <= LARGEST_TILE; m++) {
            int outputs = m;
            List<TileAxis> axes = all.stream()
                    .map(a -> new TileAxis(a.result(), a.tap(), a.axis(), a.rotated(), a.origin(), outputs))
                    .toList();
            if (Filters.allow(axes, cost.precision())) {
                tiles(moving, still, axes);
            }
        }
    }

    private void tiles(Expr.Read moving, Expr.Read still, List<TileAxis> axes) {
        if (!isInside(moving, axes)) {
            return;
        }
        List<Range> only = contraction.free().stream()
                .filter(r -> TileAxis.uses(still, r) > 0 && TileAxis.uses(moving, r) == 0)
                .toList();
        for (Rows rows : LaneChoices.rows(only)) {
            if (rows.whole().isEmpty() && rows.isEven() && rows.count() <= MOST_ROWS) {
                kernels(still, axes, rows).ifPresent(kernels -> blocks(axes, moving, kernels, rows));
            }
        }
    }

    private void blocks(List<TileAxis> axes, Expr.Read moving, Layout kernels, Rows rows) {
        double error = Filters.bound(axes, cost.precision()).typical();
        for (int vectors = 1; vectors <= MOST_VECTORS; vectors++) {
            int sums = rows.count() * vectors;
            if (Core.holds(rows.count(), vectors) && sums >= Core.REGISTERS / 2) {
                found.add(cheapest(axes, moving, kernels, rows, vectors, error));
            }
        }
    }

    /** Strips of the length that costs least. */
    private TileChoice cheapest(
            List<TileAxis> axes, Expr.Read moving, Layout kernels, Rows rows, int vectors, double error) {
        TileChoice best = null;
        double least = Double.POSITIVE_INFINITY;
        long tiles = Math.min(axes.get(0).tiles().constant(), LONGEST_STRIP);
        for (long strip = 1; strip <= tiles; strip++) {
            TileChoice choice = new TileChoice(
                    contraction, axes, strip, tensors.of(moving.ref()), moving.index(), kernels, rows, vectors, error);
            double cycles = choice.cycles(cost);
            if (best == null || cycles < least) {
                best = choice;
                least = cycles;
            }
        }
        return java.util.Objects.requireNonNull(best);
    }

    /**
     * Taps first, then as many neighbouring kernels as a block has beside each other: {@code w[R·b + r, c, m, n] =
     * copy[n, m, b, c, r]}. A block reads what it needs in one go.
     */
    private Optional<Layout> kernels(Expr.Read still, List<TileAxis> axes, Rows rows) {
        Buffer source = tensors.of(still.ref());
        List<Packing.Axis> taps = new ArrayList<>();
        List<Packing.Axis> blocks = new ArrayList<>();
        List<Packing.Axis> others = new ArrayList<>();
        List<Packing.Axis> within = new ArrayList<>();
        for (TileAxis axis : axes) {
            int e = still.index().indexOf(axis.tap().index());
            taps.add(0, new Packing.Axis(e, 1, axis.tap().extent(), axis.tap().index()));
        }
        List<IntExpr> origins = new ArrayList<>();
        for (int e = 0; e < source.shape().size(); e++) {
            IntExpr at = still.index().get(e);
            if (!known.isInside(at, source.shape().get(e))) {
                return Optional.empty();
            }
            origins.add(IntExpr.ZERO);
            if (rows.split().filter(r -> r.index().equals(at)).isPresent()) {
                IntExpr width = IntExpr.of(rows.block());
                blocks.add(new Packing.Axis(e, rows.block(), rows.blocks(), at.floorDiv(width)));
                within.add(new Packing.Axis(e, 1, width, at.mod(width)));
            } else if (axes.stream().noneMatch(a -> a.tap().index().equals(at))) {
                others.add(new Packing.Axis(e, 1, source.shape().get(e), at));
            }
        }
        List<Packing.Axis> all = new ArrayList<>(taps);
        all.addAll(blocks);
        all.addAll(others);
        all.addAll(within);
        return Optional.of(Layout.copy("taps first", source, origins, all));
    }

    /** Whether the operand is read inside of it but along the axes of tiles. */
    private boolean isInside(Expr.Read moving, List<TileAxis> axes) {
        List<IntExpr> shape = tensors.of(moving.ref()).shape();
        return IntStream.range(0, shape.size())
                .filter(e -> axes.stream().noneMatch(a -> a.axis() == e))
                .allMatch(e -> known.isInside(moving.index().get(e), shape.get(e)));
    }
}

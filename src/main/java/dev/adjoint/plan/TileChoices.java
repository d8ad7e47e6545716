package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Solve;
import dev.adjoint.lower.Tensors;
import dev.adjoint.transform.LaneLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All the ways to compute a correlation by tiles of minimal filters that are looked at. */
final class TileChoices {
    private static final int REGISTERS = 32;
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
        Optional<Layout> kernels = kernels(still, axes);
        if (kernels.isEmpty()) {
            return;
        }
        List<Range> only = contraction.free().stream()
                .filter(r -> TileAxis.uses(still, r) > 0 && TileAxis.uses(moving, r) == 0)
                .toList();
        List<Layout> inputs = new ArrayList<>();
        long tiles = Math.min(axes.get(0).tiles().constant(), LONGEST_STRIP);
        for (long strip = 1; strip <= tiles; strip++) {
            inputs(moving, axes, strip).ifPresent(inputs::add);
        }
        if (inputs.size() < tiles) {
            return;
        }
        double error = Filters.bound(axes, cost.precision()).typical();
        for (Rows rows : LaneChoices.rows(only)) {
            for (int vectors = 1; rows.whole().isEmpty() && rows.isEven() && vectors <= MOST_VECTORS; vectors++) {
                int sums = rows.count() * vectors;
                if (rows.count() <= MOST_ROWS && sums + vectors + 1 <= REGISTERS && sums >= REGISTERS / 2) {
                    found.add(cheapest(axes, inputs, kernels.get(), rows, vectors, error));
                }
            }
        }
    }

    /** Strips of the length that costs least. */
    private TileChoice cheapest(
            List<TileAxis> axes, List<Layout> inputs, Layout kernels, Rows rows, int vectors, double error) {
        TileChoice best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < inputs.size(); k++) {
            TileChoice choice = new TileChoice(contraction, axes, k + 1L, inputs.get(k), kernels, rows, vectors, error);
            double cycles = choice.cycles(cost);
            if (best == null || cycles < least) {
                best = choice;
                least = cycles;
            }
        }
        return java.util.Objects.requireNonNull(best);
    }

    /** {@code w[d, c, m, n] = copy[n, m, d, c]}. */
    private Optional<Layout> kernels(Expr.Read still, List<TileAxis> axes) {
        Buffer source = tensors.of(still.ref());
        List<Packing.Axis> taps = new ArrayList<>();
        List<Packing.Axis> others = new ArrayList<>();
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
            if (axes.stream().noneMatch(a -> a.tap().index().equals(at))) {
                others.add(new Packing.Axis(e, 1, source.shape().get(e), at));
            }
        }
        taps.addAll(others);
        return Optional.of(Layout.copy("taps first", source, origins, taps));
    }

    /**
     * Rows for tiles, with zeros around: {@code o[c, m·u + a, y] = copy[c, a, u, y]}. Rows are as long as a whole number
     * of tiles, so that what stands at the same place of neighbouring tiles is m apart from each row to the next.
     */
    private Optional<Layout> inputs(Expr.Read moving, List<TileAxis> axes, long strip) {
        Buffer source = tensors.of(moving.ref());
        List<Packing.Axis> copied = new ArrayList<>();
        List<IntExpr> origins = new ArrayList<>();
        for (int e = 0; e < source.shape().size(); e++) {
            IntExpr at = moving.index().get(e);
            int number = e;
            Optional<TileAxis> axis =
                    axes.stream().filter(a -> a.axis() == number).findFirst();
            if (axis.isEmpty() && !known.isInside(at, source.shape().get(e))) {
                return Optional.empty();
            }
            origins.add(axis.map(TileAxis::origin).orElse(IntExpr.ZERO));
            if (axis.isEmpty()) {
                copied.add(new Packing.Axis(e, 1, source.shape().get(e), at));
            }
        }
        for (int k = 0; k < axes.size(); k++) {
            TileAxis axis = axes.get(k);
            int m = axis.outputs();
            IntExpr tiles =
                    k > 0 ? axis.tiles() : Solve.ceilDiv(axis.tiles(), strip).times(strip);
            IntExpr extent = tiles.plus(axis.reach());
            if (k < axes.size() - 1) {
                copied.add(new Packing.Axis(axis.axis(), 1, IntExpr.of(m), IntExpr.ZERO));
                copied.add(new Packing.Axis(axis.axis(), m, extent, IntExpr.ZERO));
            } else {
                copied.add(new Packing.Axis(axis.axis(), 1, extent.times(m), IntExpr.ZERO));
            }
        }
        return Optional.of(Layout.copy("rows of tiles", source, origins, copied));
    }
}

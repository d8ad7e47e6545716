package dev.adjoint.plan;

import dev.adjoint.bilinear.ErrorBound;
import dev.adjoint.bilinear.FilterProof;
import dev.adjoint.bilinear.MinimalFilter;
import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.lower.Tensors;
import dev.adjoint.transform.LaneLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** All the ways to compute a correlation by tiles of minimal filters that are looked at. */
final class TileChoices {
    /**
     * The error that filters may have, in unit roundoffs: the root mean square that is expected of it, over that of the
     * results ({@link ErrorBound#typical}). Along two axes F(4, 3) has 7, F(2, 5) a little
     * over 8, F(3, 5) has 19.
     */
    static final double MOST_ERROR = 8;

    private static final int REGISTERS = 32;
    private static final int LARGEST_TILE = LaneLoops.MOST_STRIDE;
    private static final int MOST_PRODUCTS = 8;
    private static final int MOST_VECTORS = 4;
    private static final int MOST_ROWS = 16;
    private static final long LONGEST_STRIP = 64;

    /** Whether the prover says that filters compute what they are for: none is used before. */
    private static final Map<List<MinimalFilter>, Boolean> PROVED = new ConcurrentHashMap<>();

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
        List<TileAxis> all = new ArrayList<>();
        for (int e = 0; e < moving.index().size(); e++) {
            axis(moving, still, e).ifPresent(all::add);
        }
        if (all.isEmpty() || all.size() > 2) {
            return;
        }
        boolean apart = contraction.reduced().size() > all.size();
        for (int m = 2; apart && m <= LARGEST_TILE; m++) {
            int outputs = m;
            List<TileAxis> axes = all.stream()
                    .map(a -> new TileAxis(a.result(), a.tap(), a.axis(), a.rotated(), a.origin(), outputs))
                    .toList();
            if (isGood(axes)) {
                tiles(moving, still, axes);
            }
        }
    }

    /** The axis as one of tiles, one result each. */
    private Optional<TileAxis> axis(Expr.Read moving, Expr.Read still, int e) {
        IntExpr at = moving.index().get(e);
        Optional<Range> result = one(contraction.free(), at);
        Optional<Range> tap = one(contraction.reduced(), at);
        if (result.isEmpty() || tap.isEmpty()) {
            return Optional.empty();
        }
        Range i = result.get();
        Range k = tap.get();
        long sign = at.coefficient(k.name()).orElse(0);
        boolean fits = at.coefficient(i.name()).equals(OptionalLong.of(1))
                && Math.abs(sign) == 1
                && i.lo().isZero()
                && i.hi().isConstant()
                && k.lo().isZero()
                && k.hi().isConstant()
                && k.hi().constant() >= 2
                && uses(moving, i) == 1
                && uses(moving, k) == 1
                && uses(still, i) == 0
                && uses(still, k) == 1
                && still.index().contains(k.index());
        if (!fits) {
            return Optional.empty();
        }
        IntExpr origin =
                at.substitute(Map.of(i.name(), IntExpr.ZERO, k.name(), sign < 0 ? k.hi().minus(1) : IntExpr.ZERO));
        return Optional.of(new TileAxis(i, k, e, sign < 0, origin, 1));
    }

    private static Optional<Range> one(List<Range> ranges, IntExpr at) {
        List<Range> found =
                ranges.stream().filter(r -> at.variables().contains(r.name())).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static long uses(Expr.Read read, Range range) {
        return read.index().stream()
                .filter(e -> e.variables().contains(range.name()))
                .count();
    }

    /** The error that is to be expected of the filters; no sum over channels changes it. */
    private double error(List<TileAxis> axes) {
        return ErrorBound.of(filters(axes), 1, cost.precision()).typical();
    }

    private static List<MinimalFilter> filters(List<TileAxis> axes) {
        return axes.stream().map(TileAxis::filter).toList();
    }

    /** Whether the filters are proved, and as accurate as is asked for. */
    private boolean isGood(List<TileAxis> axes) {
        double unit = cost.precision().unitRoundoff().doubleValue();
        return axes.stream().allMatch(a -> a.products() <= MOST_PRODUCTS)
                && error(axes) <= MOST_ERROR * unit
                && PROVED.computeIfAbsent(filters(axes), TileChoices::isProved);
    }

    private static boolean isProved(List<MinimalFilter> filters) {
        return (filters.size() == 1
                        ? FilterProof.of(filters.get(0))
                        : FilterProof.ofNested(filters.get(0), filters.get(1)))
                .isProved();
    }

    private void tiles(Expr.Read moving, Expr.Read still, List<TileAxis> axes) {
        Optional<Layout> kernels = kernels(still, axes);
        if (kernels.isEmpty() || !isInside(moving, axes)) {
            return;
        }
        List<Range> only = contraction.free().stream()
                .filter(r -> uses(still, r) > 0 && uses(moving, r) == 0)
                .toList();
        double error = error(axes);
        for (Rows rows : LaneChoices.rows(only)) {
            for (int vectors = 1; rows.whole().isEmpty() && rows.isEven() && vectors <= MOST_VECTORS; vectors++) {
                int sums = rows.count() * vectors;
                if (rows.count() <= MOST_ROWS && sums + vectors + 1 <= REGISTERS && sums >= REGISTERS / 2) {
                    found.add(cheapest(axes, moving, kernels.get(), rows, vectors, error));
                }
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

    /** Whether the operand is read inside of it but along the axes of tiles. */
    private boolean isInside(Expr.Read moving, List<TileAxis> axes) {
        List<IntExpr> shape = tensors.of(moving.ref()).shape();
        return IntStream.range(0, shape.size())
                .filter(e -> axes.stream().noneMatch(a -> a.axis() == e))
                .allMatch(e -> known.isInside(moving.index().get(e), shape.get(e)));
    }
}

package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Known;
import dev.adjoint.lower.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A contraction as a correlation of planes, all extents fixed:
 * {@code T[…, y, x] = Σ A[…, y + row, x + column]·B[…]}, where row and column depend on summed indices alone and B on
 * neither y nor x. Every convolution of stride 1 and its gradient for the input are of this kind.
 *
 * @param moving the operand A, along which y and x move
 * @param still the operand B
 * @param y the index of rows; empty if one row is all
 * @param x the index of columns
 * @param lane the last index that B alone holds; empty if there is none
 * @param taps the products that make one sum, as far as rows and columns tell them apart
 */
record PlaneCorrelation(
        Contraction contraction,
        Expr.Read moving,
        Expr.Read still,
        Optional<Range> y,
        Range x,
        Optional<Range> lane,
        List<Tap> taps) {
    private static final long MOST_TAPS = 400;

    /**
     * One product: where it reads A relative to the result's place, and the values of the indices that decide it.
     *
     * @param at index → value
     */
    record Tap(long row, long column, Map<String, IntExpr> at) {}

    static Optional<PlaneCorrelation> of(Contraction c, Tensors tensors, Known sizes) {
        boolean fixed = c.indices().stream().allMatch(r -> r.lo().isConstant() && r.hi().isConstant())
                && Stream.concat(
                                c.operands().stream().map(Expr.Read::ref),
                                Stream.of(c.definition().target()))
                        .flatMap(ref -> tensors.of(ref).shape().stream())
                        .allMatch(IntExpr::isConstant);
        if (!fixed || c.free().isEmpty()) {
            return Optional.empty();
        }
        return of(c, c.left(), c.right(), tensors, sizes).or(() -> of(c, c.right(), c.left(), tensors, sizes));
    }

    private static Optional<PlaneCorrelation> of(
            Contraction c, Expr.Read moving, Expr.Read still, Tensors tensors, Known sizes) {
        List<Range> free = c.free();
        int rank = moving.index().size();
        Range x = free.get(free.size() - 1);
        if (rank == 0 || still.pad() != null || !moves(moving.index().get(rank - 1), x, c) || isIn(still, x)) {
            return Optional.empty();
        }
        Optional<Range> y = free.size() < 2 || rank < 2
                ? Optional.empty()
                : Optional.of(free.get(free.size() - 2))
                        .filter(r -> moves(moving.index().get(rank - 2), r, c) && !isIn(still, r));
        List<IntExpr> planes = moving.index().subList(y.isPresent() ? rank - 2 : rank - 1, rank);
        List<IntExpr> leading = moving.index().subList(0, rank - planes.size());
        List<Range> tapped = c.reduced().stream()
                .filter(r -> planes.stream().anyMatch(e -> e.variables().contains(r.name())))
                .toList();
        Known known = sizes.within(c.indices());
        for (int axis = 0; axis < leading.size(); axis++) {
            IntExpr e = leading.get(axis);
            boolean moved = e.variables().contains(x.name())
                    || y.isPresent() && e.variables().contains(y.get().name())
                    || tapped.stream().anyMatch(r -> e.variables().contains(r.name()));
            if (moved || !known.isInside(e, tensors.of(moving.ref()).shape().get(axis))) {
                return Optional.empty();
            }
        }
        List<Tap> taps = taps(tapped, y.isPresent() ? planes.get(0) : IntExpr.ZERO, planes.get(planes.size() - 1));
        Optional<Range> lane = free.stream()
                .filter(r -> !r.equals(x) && !y.equals(Optional.of(r)) && isIn(still, r) && !isIn(moving, r))
                .reduce((first, last) -> last);
        return taps.isEmpty()
                ? Optional.empty()
                : Optional.of(new PlaneCorrelation(c, moving, still, y, x, lane, taps));
    }

    /** Whether the place is the free index plus summed ones: no other free index moves it. */
    private static boolean moves(IntExpr e, Range index, Contraction c) {
        return c.free().stream().allMatch(r -> e.coefficient(r.name()).orElse(-1) == (r.equals(index) ? 1 : 0));
    }

    private static boolean isIn(Expr.Read read, Range range) {
        return read.index().stream().anyMatch(e -> e.variables().contains(range.name()));
    }

    /** Every combination of the indices; none if there are too many. */
    private static List<Tap> taps(List<Range> tapped, IntExpr row, IntExpr column) {
        List<Map<String, IntExpr>> all = new ArrayList<>(List.of(Map.of()));
        for (Range range : tapped) {
            long lo = range.lo().constant();
            long hi = range.hi().constant();
            if (hi - lo > MOST_TAPS / all.size()) {
                return List.of();
            }
            List<Map<String, IntExpr>> more = new ArrayList<>();
            for (Map<String, IntExpr> each : all) {
                for (long k = lo; k < hi; k++) {
                    Map<String, IntExpr> at = new LinkedHashMap<>(each);
                    at.put(range.name(), IntExpr.of(k));
                    more.add(at);
                }
            }
            all = more;
        }
        return all.stream()
                .map(at -> new Tap(
                        row.substitute(at).constant(), column.substitute(at).constant(), at))
                .toList();
    }

    /** The summed indices that choose the plane, not the place in it. */
    List<Range> channels() {
        return contraction.reduced().stream()
                .filter(r -> !taps.get(0).at().containsKey(r.name()))
                .toList();
    }

    /** The free indices but for rows, columns and lanes. */
    List<Range> outer() {
        return contraction.free().stream()
                .filter(r -> !r.equals(x) && !y.equals(Optional.of(r)) && !lane.equals(Optional.of(r)))
                .toList();
    }

    long height() {
        return y.map(r -> r.extent().constant()).orElse(1L);
    }

    long width() {
        return x.extent().constant();
    }
}

package dev.adjoint.plan;

import dev.adjoint.bilinear.CookToom;
import dev.adjoint.bilinear.MinimalFilter;
import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Solve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An axis along which results are neighbours and taps move what they read: the operand is read at {@code i + k + c} or
 * {@code i - k + c}. It is cut into tiles of m results, each a filter F(m, r).
 *
 * @param result i
 * @param tap k, with r values
 * @param axis of the moving operand
 * @param rotated whether it is {@code i - k}: the kernel's taps come in the opposite order
 * @param origin the least place that is read
 * @param outputs m
 */
record TileAxis(Range result, Range tap, int axis, boolean rotated, IntExpr origin, int outputs) implements FilterAxis {
    /** The axes of an operand along which a contraction correlates it with another one, one result a tile each. */
    static List<TileAxis> of(Contraction contraction, Expr.Read moving, Expr.Read still) {
        List<TileAxis> all = new ArrayList<>();
        for (int e = 0; e < moving.index().size(); e++) {
            of(contraction, moving, still, e).ifPresent(all::add);
        }
        return all;
    }

    private static Optional<TileAxis> of(Contraction contraction, Expr.Read moving, Expr.Read still, int e) {
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

    /** In how many places of a read an index stands. */
    static long uses(Expr.Read read, Range range) {
        return read.index().stream()
                .filter(e -> e.variables().contains(range.name()))
                .count();
    }

    int taps() {
        return Math.toIntExact(tap.extent().constant());
    }

    /** {@code F(m, r)}. */
    @Override
    public MinimalFilter filter() {
        return CookToom.of(outputs, taps()).filter();
    }

    /** {@code m + r - 1}. */
    @Override
    public int products() {
        return outputs + taps() - 1;
    }

    /** How many tiles cover the results. */
    IntExpr tiles() {
        return Solve.ceilDiv(result.hi(), outputs);
    }

    /** How many tiles a tile's inputs reach behind its own. */
    int reach() {
        return (products() - 1) / outputs;
    }
}

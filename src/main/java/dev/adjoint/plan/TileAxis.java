package dev.adjoint.plan;

import dev.adjoint.bilinear.CookToom;
import dev.adjoint.bilinear.MinimalFilter;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Solve;

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
record TileAxis(Range result, Range tap, int axis, boolean rotated, IntExpr origin, int outputs) {
    int taps() {
        return Math.toIntExact(tap.extent().constant());
    }

    /** {@code F(m, r)}. */
    MinimalFilter filter() {
        return CookToom.of(outputs, taps()).filter();
    }

    /** {@code m + r - 1}. */
    int products() {
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

package dev.adjoint.plan;

import dev.adjoint.bilinear.CookToom;
import dev.adjoint.bilinear.MinimalFilter;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Solve;

/**
 * An axis along which a correlation has few results and many taps: the operand is read at {@code i + k + c}. Its taps are
 * cut into tiles of r, {@code k = r·t + s}, each a filter F(m, r) for all m results:
 * {@code y_i = Σ_t Σ_s g_(r·t+s)·d_(i+r·t+s)}.
 *
 * @param result i, with m values
 * @param tap k
 * @param axis of the moving operand
 * @param origin the least place that is read
 * @param taps r
 */
record TileSumAxis(Range result, Range tap, int axis, IntExpr origin, int taps) implements FilterAxis {
    /** The axis cut into such tiles. */
    static TileSumAxis of(TileAxis axis, int taps) {
        return new TileSumAxis(axis.result(), axis.tap(), axis.axis(), axis.origin(), taps);
    }

    int outputs() {
        return Math.toIntExact(result.extent().constant());
    }

    /** {@code F(m, r)}, its fractions in the transform of the results, of which there is one for all tiles. */
    @Override
    public MinimalFilter filter() {
        return CookToom.of(taps, outputs()).filter().forWeights();
    }

    /** {@code m + r - 1}. */
    @Override
    public int products() {
        return outputs() + taps - 1;
    }

    /** How many tiles cover the taps. */
    IntExpr tiles() {
        return Solve.ceilDiv(tap.hi(), taps);
    }
}

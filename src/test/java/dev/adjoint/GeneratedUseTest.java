package dev.adjoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import adjoint.activation.ReluLayer;
import adjoint.conv.Conv3x3Same;
import adjoint.conv.Conv3x3Stride2;
import adjoint.conv.LeNetC1;
import adjoint.dense.DenseLayer;
import adjoint.loss.CrossEntropy;
import adjoint.loss.SquaredError;
import adjoint.optimizer.GradientStep;
import adjoint.plane.Convolution3x3;
import adjoint.plane.Correlation3x3;
import adjoint.pool.AvgPool2x2;
import adjoint.pool.L2Pool2x2;
import adjoint.pool.MaxPool2x2;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classes of generated/ as a user calls them, on numbers that a person can check. */
class GeneratedUseTest {
    private static final float[] KERNEL = {1, 2, 0, 0, -1, 3, 4, 0, 1};
    private static final float[] FLIPPED = {1, 0, 4, 3, -1, 0, 0, 2, 1};

    /** Five rows of six, 1 to 30: a window's sum grows by the kernel's sum, 10, from pixel to pixel. */
    private static float[] ramp() {
        float[] o = new float[30];
        for (int k = 0; k < o.length; k++) {
            o[k] = k + 1;
        }
        return o;
    }

    @Test
    void aCorrelationOfThreeByThreeOnFiveBySix() {
        Correlation3x3 layer = new Correlation3x3(5, 6);
        assertThat(layer.lengthO()).isEqualTo(30);
        float[] x = new float[layer.lengthX()];
        layer.forward(ramp(), KERNEL, new float[] {10}, x);
        // 1*1 + 2*2 - 8 + 3*9 + 4*13 + 15 + 10 in the corner; a row further down is six pixels on.
        assertThat(x).containsExactly(101, 111, 121, 131, 161, 171, 181, 191, 221, 231, 241, 251);
    }

    @Test
    void theErrorOfOneOutputReachesTheNinePixelsThatItSees() {
        Correlation3x3 layer = new Correlation3x3(5, 6);
        float[] delta = new float[12];
        delta[4 + 2] = 1;
        float[] gradO = filled(30);
        float[] gradW = filled(9);
        float[] gradB = filled(1);
        layer.backward(delta, ramp(), KERNEL, new float[] {10}, gradO, gradW, gradB);
        assertThat(gradO)
                .containsExactly(
                        0, 0, 0, 0, 0, 0, //
                        0, 0, 1, 2, 0, 0, //
                        0, 0, 0, -1, 3, 0, //
                        0, 0, 4, 0, 1, 0, //
                        0, 0, 0, 0, 0, 0);
        assertThat(gradW).containsExactly(9, 10, 11, 15, 16, 17, 21, 22, 23);
        assertThat(gradB).containsExactly(1);
    }

    @Test
    void eachGradientAloneIsThatOfBackward() {
        Correlation3x3 layer = new Correlation3x3(5, 6);
        float[] delta = {3, 1, -4, 1, -5, 9, 2, -6, 5, 3, -5, 8};
        float[] bias = {10};
        float[] gradO = filled(30);
        float[] gradW = filled(9);
        float[] gradB = filled(1);
        layer.backward(delta, ramp(), KERNEL, bias, gradO, gradW, gradB);
        float[] alone = filled(30);
        layer.gradO(delta, ramp(), KERNEL, bias, alone);
        assertThat(alone).isEqualTo(gradO);
        alone = filled(9);
        layer.gradW(delta, ramp(), KERNEL, bias, alone);
        assertThat(alone).isEqualTo(gradW);
        alone = filled(1);
        layer.gradB(delta, ramp(), KERNEL, bias, alone);
        assertThat(alone).isEqualTo(gradB).containsExactly(12);
    }

    @Test
    void aConvolutionIsTheCorrelationWithTheKernelRotated() {
        float[] convolved = new float[12];
        new Convolution3x3(5, 6).forward(ramp(), KERNEL, convolved);
        float[] correlated = new float[12];
        new Correlation3x3(5, 6).forward(ramp(), FLIPPED, new float[] {0}, correlated);
        assertThat(convolved).isEqualTo(correlated);
        assertThat(convolved[0]).isNotEqualTo(91);
    }

    @Test
    void aBorderOfZerosKeepsTheSize() {
        Conv3x3Same layer = new Conv3x3Same(1, 5, 6, 1);
        float[] x = new float[layer.lengthX()];
        layer.forward(ramp(), KERNEL, new float[] {0}, x);
        assertThat(x).hasSize(30);
        // The corner sees four pixels: -1*1 + 3*2 + 0*7 + 1*8.
        assertThat(x[0]).isEqualTo(13);
        assertThat(x[7]).isEqualTo(91);
    }

    @Test
    void aStrideOfTwoTakesEveryOtherPixel() {
        Conv3x3Stride2 strided = new Conv3x3Stride2(1, 1, 5, 6, 1);
        float[] x = new float[strided.lengthX()];
        strided.forward(ramp(), KERNEL, new float[] {0}, x);
        float[] same = new float[30];
        new Conv3x3Same(1, 5, 6, 1).forward(ramp(), KERNEL, new float[] {0}, same);
        assertThat(x)
                .containsExactly(same[0], same[2], same[4], same[12], same[14], same[16], same[24], same[26], same[28]);
    }

    @Test
    void theFirstOfEqualWinnersGetsTheWholeError() {
        MaxPool2x2 layer = new MaxPool2x2(1, 2, 4);
        float[] o = {7, 7, 0, -2, 7, 1, -2, 0};
        float[] y = new float[layer.lengthY()];
        layer.forward(o, y);
        assertThat(y).containsExactly(7, 0);
        float[] gradO = filled(8);
        layer.backward(new float[] {5, 3}, o, gradO);
        assertThat(gradO).containsExactly(5, 0, 3, 0, 0, 0, 0, 0);
    }

    @Test
    void aRemainderAtTheEdgeGetsNoError() {
        AvgPool2x2 layer = new AvgPool2x2(1, 3, 3);
        float[] gradO = filled(9);
        layer.backward(new float[] {8}, new float[9], gradO);
        assertThat(gradO).containsExactly(2, 2, 0, 2, 2, 0, 0, 0, 0);
    }

    @Test
    void theNormOfZerosHasTheGradientZero() {
        L2Pool2x2 layer = new L2Pool2x2(1, 2, 4);
        float[] o = {3, 0, 0, 0, 0, 4, 0, 0};
        float[] gradO = filled(8);
        layer.backward(new float[] {10, 10}, o, gradO);
        assertThat(gradO).containsExactly(6, 0, 0, 0, 0, 8, 0, 0);
    }

    @Test
    void theReluOfZeroPassesNoError() {
        float[] gradX = filled(3);
        new ReluLayer(3).backward(new float[] {5, 5, 5}, new float[] {-1, 0, 1}, gradX);
        assertThat(gradX).containsExactly(0, 0, 5);
    }

    @Test
    void logitsOfTenThousandStayFinite() {
        CrossEntropy layer = new CrossEntropy(2, 3);
        float[] z = {1e4f, -1e4f, 0, -1e4f, -1e4f, -1e4f};
        int[] t = {1, 2};
        float[] e = new float[1];
        layer.forward(z, t, e);
        assertThat(e[0]).isCloseTo((2e4f + (float) Math.log(3)) / 2, Offset.offset(1e-2f));
        float[] gradZ = filled(6);
        layer.backward(new float[] {1}, z, t, gradZ);
        float sixth = 1 / 6f;
        float[] expected = {0.5f, -0.5f, 0, sixth, sixth, sixth - 0.5f};
        assertThat(gradZ).containsExactly(expected, Offset.offset(1e-6f));
    }

    @Test
    void aStepDownhillLowersTheError() {
        DenseLayer dense = new DenseLayer(3, 2);
        SquaredError error = new SquaredError(2);
        GradientStep step = new GradientStep(6);
        float[] o = {1, -2, 3};
        float[] w = {0.5f, 0, -0.5f, 0.25f, 1, 0};
        float[] b = {0, 0};
        float[] target = {1, -1};
        float[] y = new float[2];
        float[] before = new float[1];
        dense.forward(o, w, b, y);
        error.forward(target, y, before);
        float[] gradY = filled(2);
        error.backward(new float[] {1}, target, y, gradY);
        assertThat(gradY).containsExactly(y[0] - target[0], y[1] - target[1]);
        float[] gradO = filled(3);
        float[] gradW = filled(6);
        float[] gradB = filled(2);
        dense.backward(gradY, o, w, b, gradO, gradW, gradB);
        float[] moved = new float[6];
        step.forward(w, gradW, new float[] {0.01f}, moved);
        float[] after = new float[1];
        dense.forward(o, moved, b, y);
        error.forward(target, y, after);
        assertThat(after[0]).isPositive().isLessThan(before[0]);
    }

    @Test
    void anArrayOfAnotherLengthIsNamedWithItsShape() {
        Correlation3x3 layer = new Correlation3x3(5, 6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(new float[29], KERNEL, new float[1], new float[12]))
                .withMessage("o has 29 entries, its shape [H, W] = [5, 6] needs 30");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.gradW(new float[13], ramp(), KERNEL, new float[1], new float[9]))
                .withMessage("delta has 13 entries, its shape [H-2, W-2] = [3, 4] needs 12");
    }

    @Test
    void aResultThatSharesAnArrayIsRefusedBeforeAnythingIsWritten() {
        Correlation3x3 layer = new Correlation3x3(3, 3);
        float[] shared = KERNEL.clone();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.gradO(new float[1], new float[9], shared, new float[1], shared))
                .withMessage("gradO is overwritten: its array may not be that of any of delta, o, w, b");
        assertThat(shared).containsExactly(KERNEL);
    }

    @Test
    void whatLiesOutsideIsNothingEvenTimesInfinity() {
        Conv3x3Same layer = new Conv3x3Same(1, 3, 4, 1);
        float[] o = new float[12];
        Arrays.fill(o, 1);
        float[] w = new float[9];
        w[0] = Float.POSITIVE_INFINITY;
        float[] x = new float[12];
        layer.forward(o, w, new float[] {2}, x);
        assertThat(x)
                .as("the first row and the first column lie beside the border, where w[0,0] meets no pixel")
                .containsExactly(2, 2, 2, 2, 2, inf(), inf(), inf(), 2, inf(), inf(), inf());

        LeNetC1 planes = new LeNetC1();
        float[] weights = new float[planes.lengthW()];
        weights[0] = Float.NaN;
        float[] gradO = new float[planes.lengthO()];
        float[] delta = new float[planes.lengthX()];
        Arrays.fill(delta, 1);
        planes.gradO(delta, new float[planes.lengthO()], weights, new float[6], gradO);
        assertThat(gradO[23 * 28 + 23]).as("delta[23,23]·w[0,0]").isNaN();
        assertThat(gradO[24 * 28 + 23])
                .as("no output reads pixel [24,23] through w[0,0]")
                .isZero();
    }

    private static float inf() {
        return Float.POSITIVE_INFINITY;
    }

    @Test
    void aTargetThatIsNoClassIsRefused() {
        CrossEntropy layer = new CrossEntropy(2, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.forward(new float[6], new int[] {0, 3}, new float[1]))
                .withMessage("t holds 3 at 1, its entries are at least 0 and below 3");
    }

    @ParameterizedTest
    @CsvSource({"2, 6", "5, 0", "-1, -1", "50000, 50000", "2147483647, 3", "-2147483648, 7"})
    void sizesThatNoArrayHasAreRefused(int height, int width) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Correlation3x3(height, width))
                .withMessageMatching(".* (needs at least 1 entry|is too large for an array), its extents are .*");
    }

    /** Whatever was in the array is overwritten. */
    private static float[] filled(int length) {
        float[] array = new float[length];
        java.util.Arrays.fill(array, Float.NaN);
        return array;
    }
}

package dev.adjoint.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.expr.Printer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gradients as a paper states them. */
class DeriveTest {
    private static final String CORRELATION = """
            layer L[H, W, K1, K2] { input o[H, W] param w[K1, K2] param b
                output x[i < H-K1+1, j < W-K2+1] = sum[m < K1, n < K2](w[m,n] * o[i+m, j+n]) + b }
            """;

    @Test
    void theWeightsOfACorrelationGetTheValidCorrelationOfInputAndError() {
        Gradient gradient = gradient(CORRELATION, "w");
        assertFormula(gradient, "sum[i < H-K1+1, j < W-K2+1](delta[i, j] * o[i+m, j+n])");
        assertThat(gradient.words()).containsExactly("valid cross-correlation of o with delta");
    }

    @Test
    void theInputOfACorrelationGetsTheFullConvolutionOfErrorAndKernel() {
        Gradient gradient = gradient(CORRELATION, "o");
        assertFormula(
                gradient,
                "sum[max(0, p-H+K1) <= m <= min(K1-1, p), max(0, q-W+K2) <= n <= min(K2-1, q)](delta[p-m, q-n] * w[m, n])");
        assertThat(Printer.print(gradient.padded())).isEqualTo("sum[m < K1, n < K2](pad(delta[p-m, q-n]) * w[m, n])");
        assertThat(gradient.words())
                .containsExactly("full convolution of delta with w: the cross-correlation of the zero-bordered delta"
                        + " with w rotated by 180°");
    }

    @Test
    void theBiasGetsTheSumOfTheError() {
        assertFormula(gradient(CORRELATION, "b"), "sum[i < H-K1+1, j < W-K2+1](delta[i, j])");
    }

    @Test
    void theDerivationOfTheWeightsGoesTheTextbooksWay() {
        List<String> rules = gradient(CORRELATION, "w").steps().stream()
                .map(Step::rule)
                .distinct()
                .toList();
        assertThat(rules)
                .containsExactly(
                        "sum rule",
                        "constant",
                        "linearity of sums",
                        "linearity",
                        "entry",
                        "sums come out of a product",
                        "sifting");
    }

    @Test
    void aStrideLeavesEveryOtherWeight() {
        String strided = "layer L[H, K] { assume H >= K input o[H] param w[K]"
                + " output x[i < (H-K) div 2 + 1] = sum[k < K](w[k] * o[2*i+k]) }";
        assertFormula(
                gradient(strided, "o"),
                "sum[max(0, 1+(p-K) div 2) <= i <= min((H-K) div 2, p div 2)](delta[i] * w[p-2*i])");
    }

    @Test
    void aSumOverEvenPlacesForgetsNoParity() {
        String even = "layer L[N] { input x[2*N] output y = sum[i < N](x[2*i]) }";
        assertFormula(gradient(even, "x"), "[p mod 2 == 0] * delta");
    }

    @Test
    void theErrorOfAMaximumGoesToItsWinner() {
        String max = "layer L[N, K] { input x[N, K] output y[n < N] = max[k < K](x[n,k]) }";
        assertFormula(gradient(max, "x"), "[argmax[k1 < K](x[n, k1]) == k] * delta[n]");
    }

    @Test
    void overlappingWindowsAddTheirErrors() {
        String max = "layer L[H, K] { assume H >= K input x[H] output y[i < H-K+1] = max[k < K](x[i+k]) }";
        assertFormula(
                gradient(max, "x"),
                "sum[max(0, p-H+K) <= k <= min(K-1, p)]([argmax[k1 < K](x[p+k1-k]) == k] * delta[p-k])");
    }

    @Test
    void anAbstractFunctionKeepsItsDerivative() {
        String layer = "layer L[N] { function f input x[N] output y[i < N] = f(x[i]) }";
        assertFormula(gradient(layer, "x"), "delta[i] * f'(x[i])");
    }

    @Test
    void aTensorTimesItselfCountsTwice() {
        assertFormula(gradient("layer L[N] { input x[N] output y[i < N] = x[i] * x[i] }", "x"), "2 * delta[i] * x[i]");
    }

    @Test
    void aDiagonalReadReachesTheDiagonalOnly() {
        assertFormula(gradient("layer L[N] { input x[N, N] output y[i < N] = x[i,i] }", "x"), "[i == p] * delta[i]");
    }

    @Test
    void aFlattenedReadIsUnflattened() {
        String flat = "layer L[H, W] { input x[H, W] output y[k < H*W] = x[k div W, k mod W] }";
        assertFormula(gradient(flat, "x"), "delta[W*p+q]");
    }

    @Test
    void aGatherBecomesAScatter() {
        String gather = "layer L[N, V] { input e[V] const int t[N] < V output y[n < N] = e[t[n]] }";
        assertFormula(gradient(gather, "e"), "sum[n < N](delta[n] * [t[n] == p])");
    }

    @Test
    void anUpsamplingSumsOverItsCopies() {
        String up = "layer L[H] { input x[H] output y[i < 3*H] = x[i div 3] }";
        assertFormula(gradient(up, "x"), "sum[3*p <= i < 3*p+3](delta[i])");
    }

    @Test
    void twoStridesInOneIndexAreSolvedAsALattice() {
        String dilated = "layer L[H, K] { input o[H] param w[K]"
                + " output x[i < (H+1) div 2 - 2*K + 2] = sum[k < K](w[k] * o[2*i+4*k]) }";
        Gradient gradient = gradient(dilated, "o");
        assertThat(Printer.print(gradient.formula()))
                .startsWith("[p mod 2 == 0] * sum[")
                .endsWith("delta[p div 2-2*t] * w[t])");
    }

    @Test
    void anIntermediateKeepsItsName() {
        String softmax = "layer L[N] { input z[N] let s = sum[k < N](exp(z[k])) output y[k < N] = exp(z[k]) / s }";
        Derivation derivation = LayerText.derive(softmax);
        assertThat(derivation.gradients()).extracting(g -> g.of().name()).containsExactly("s", "z");
        assertFormula(derivation.of("s").orElseThrow(), "-sum[k < N](delta[k] * exp(z[k])) / s^2");
        assertFormula(derivation.of("z").orElseThrow(), "grad s * exp(z[k]) + delta[k] * exp(z[k]) / s");
    }

    @Test
    void theNormOfZerosHasTheGradientZero() {
        String norm = "layer L[N] { input x[N] output y = sqrt(sum[i < N](x[i]^2)) }";
        assertThat(Printer.print(gradient(norm, "x").formula())).startsWith("[sum[i1 < N](x[i1]^2) != 0] * ");
    }

    @Test
    void whatIsNotReadHasTheGradientZero() {
        assertFormula(gradient("layer L[N] { input x[N] input z[N] output y[i < N] = x[i] }", "z"), "0");
    }

    @Test
    void noGradientPassesThroughStop() {
        assertFormula(
                gradient("layer L[N] { input x[N] output y[i < N] = x[i] * stop(x[i]) }", "x"),
                "delta[i] * stop(x[i])");
    }

    @Test
    void aPowerZeroHasTheSlopeZeroEvenAtZero() {
        String polynomial = "layer L[N, K] { input x[N] param w[K] output y[i < N] = sum[k < K](w[k] * x[i]^k) }";
        assertFormula(gradient(polynomial, "x"), "delta[i] * sum[k < K]([k != 0] * w[k] * k * x[i]^(k-1))");
        String shifted = "layer L[N, K] { input x[N] output y[i < N] = sum[1 <= k <= K](x[i]^k) }";
        assertFormula(gradient(shifted, "x"), "delta[i] * sum[1 <= k <= K](k * x[i]^(k-1))");
    }

    @Test
    void anExponentOfZeroOrABaseOfZeroHasNoInfiniteSlope() {
        String power = "layer L[N] { input x[N] param a output y[i < N] = x[i]^a }";
        assertFormula(gradient(power, "x"), "[a != 0] * delta[i] * a * x[i]^(a - 1)");
        assertFormula(gradient(power, "a"), "sum[i < N](delta[i] * [x[i] != 0] * x[i]^a * log(x[i]))");
    }

    @Test
    void aConditionThatKeepsAFactorFromItsPoleIsNotPaddedAway() {
        String layer =
                "layer L[N] { assume N >= 2 input x[N] param w[N+1]" + " output y = sum[i < N](x[i] * (1 / w[i+1])) }";
        assertThat(Printer.print(gradient(layer, "w").padded())).isEqualTo("0 <= p-1 ? -delta * x[p-1] / w[p]^2 : 0");
    }

    @Test
    void anIntegerThatGuardsAReadIsTestedBeforeWhatReads() {
        String layer = "layer L[N] { param w[4, 7] const int t[4] < 3 const int u[N] < 7 const c[N]"
                + " output z[i < 4, j < N] = [c[j] > 0] * [t[i] == j] * w[i, u[j]] }";
        assertFormula(gradient(layer, "w"), "0 <= t[i] < N && u[t[i]] == p && c[t[i]] > 0 ? delta[i, t[i]] : 0");
    }

    private static Gradient gradient(String layer, String tensor) {
        return LayerText.derive(layer).of(tensor).orElseThrow();
    }

    private static void assertFormula(Gradient gradient, String expected) {
        assertThat(Printer.print(gradient.formula()))
                .as("grad %s of %s", gradient.of().name(), Printer.print(gradient.raw()))
                .isEqualTo(expected);
    }
}

package dev.adjoint.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.derive.Gradient;
import dev.adjoint.derive.Step;
import dev.adjoint.expr.Printer;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The derivation of backpropagation in convolutional networks as textbooks have it, formula by formula: the weights get
 * a cross-correlation, the input the full convolution with the kernel, that is the correlation with the kernel flipped.
 */
class ConvolutionChainTest {
    private static final String CORRELATION = """
            layer Correlation[H, W, K1, K2] {
                input o[H, W]
                param w[K1, K2]
                param b
                output x[i < H-K1+1, j < W-K2+1] = sum[m < K1, n < K2](w[m,n] * o[i+m, j+n]) + b
            }
            """;

    private static final String CONVOLUTION = """
            layer Convolution[H, W, K1, K2] {
                input o[H, W]
                param w[K1, K2]
                output x[i < H-K1+1, j < W-K2+1] = sum[m < K1, n < K2](w[m,n] * o[i+K1-1-m, j+K2-1-n])
            }
            """;

    /** The activation of layer l under the correlation of layer l+1, in one equation. */
    private static final String ACTIVATED = """
            layer Activated[H, W, K1, K2] {
                function f
                input x[H, W]
                param w[K1, K2]
                output z[i < H-K1+1, j < W-K2+1] = sum[m < K1, n < K2](w[m,n] * f(x[i+m, j+n]))
            }
            """;

    /** The same with the activations named. */
    private static final String NAMED = """
            layer Named[H, W, K1, K2] {
                function f
                input x[H, W]
                param w[K1, K2]
                let o[p < H, q < W] = f(x[p, q])
                output z[i < H-K1+1, j < W-K2+1] = sum[m < K1, n < K2](w[m,n] * o[i+m, j+n])
            }
            """;

    @Test
    void theLayerIsShownAsItIsWritten() {
        assertThat(DerivationText.equations(layer(CORRELATION))).isEqualTo("""
                layer Correlation[H, W, K1, K2]
                    x[i < H-K1+1, j < W-K2+1] = sum[m < K1, n < K2](w[m, n] * o[i+m, j+n]) + b
                """);
    }

    @Test
    void theWeightGradientComesStepByStep() {
        assertThat(DerivationText.of(gradient(CORRELATION, "w"), true)).isEqualTo("""
                derivation of grad w[m, n] for m < K1, n < K2
                      sum[i < H-K1+1, j < W-K2+1](delta[i, j] * d(sum[m1 < K1, n1 < K2](w[m1, n1] * o[i+m1, j+n1]) + b) / d(w[m, n]))
                          chain rule over every equation that reads w
                    = sum[i < H-K1+1, j < W-K2+1](delta[i, j] * (d(sum[m1 < K1, n1 < K2](w[m1, n1] * o[i+m1, j+n1])) / d(w[m, n]) + d(b) / d(w[m, n])))
                          sum rule: d(a + b) = d(a) + d(b)
                          here d(sum[m1 < K1, n1 < K2](w[m1, n1] * o[i+m1, j+n1]) + b) / d(w[m, n]) = d(sum[m1 < K1, n1 < K2](w[m1, n1] * o[i+m1, j+n1])) / d(w[m, n]) + d(b) / d(w[m, n])
                    = sum[i < H-K1+1, j < W-K2+1](delta[i, j] * d(sum[m1 < K1, n1 < K2](w[m1, n1] * o[i+m1, j+n1])) / d(w[m, n]))
                          constant: d(c) = 0
                          here d(b) / d(w[m, n]) = 0
                    = sum[i < H-K1+1, j < W-K2+1](delta[i, j] * sum[m1 < K1, n1 < K2](d(w[m1, n1] * o[i+m1, j+n1]) / d(w[m, n])))
                          linearity of sums: d(sum[i](a)) = sum[i](d(a))
                          here d(sum[m1 < K1, n1 < K2](w[m1, n1] * o[i+m1, j+n1])) / d(w[m, n]) = sum[m1 < K1, n1 < K2](d(w[m1, n1] * o[i+m1, j+n1]) / d(w[m, n]))
                    = sum[i < H-K1+1, j < W-K2+1](delta[i, j] * sum[m1 < K1, n1 < K2](d(w[m1, n1]) / d(w[m, n]) * o[i+m1, j+n1]))
                          linearity: d(c * a) = c * d(a)
                          here d(w[m1, n1] * o[i+m1, j+n1]) / d(w[m, n]) = d(w[m1, n1]) / d(w[m, n]) * o[i+m1, j+n1]
                    = sum[i < H-K1+1, j < W-K2+1](delta[i, j] * sum[m1 < K1, n1 < K2]([m1 == m] * [n1 == n] * o[i+m1, j+n1]))
                          entry: d(T[a]) / d(T[q]) = [a == q]
                          here d(w[m1, n1]) / d(w[m, n]) = [m1 == m] * [n1 == n]
                    = sum[i < H-K1+1, j < W-K2+1, m1 < K1, n1 < K2](delta[i, j] * [m1 == m] * [n1 == n] * o[i+m1, j+n1])
                          sums come out of a product: a * sum[i](b) = sum[i](a * b)
                          here delta[i, j] * sum[m1 < K1, n1 < K2]([m1 == m] * [n1 == n] * o[i+m1, j+n1]) = sum[m1 < K1, n1 < K2](delta[i, j] * [m1 == m] * [n1 == n] * o[i+m1, j+n1])
                    = sum[i < H-K1+1, j < W-K2+1, n1 < K2]([n1 == n] * delta[i, j] * o[i+m, j+n1])
                          sifting: sum[i](a[i] * [i == e]) = [e in range] * a[e]
                          with m1 = m, which lies in its range
                    = sum[i < H-K1+1, j < W-K2+1](delta[i, j] * o[i+m, j+n])
                          sifting: sum[i](a[i] * [i == e]) = [e in range] * a[e]
                          with n1 = n, which lies in its range
                  grad w[m, n] = sum[i < H-K1+1, j < W-K2+1](delta[i, j] * o[i+m, j+n])
                      valid cross-correlation of o with delta
                """);
    }

    /** What one output owes to one weight: of the whole sum the term that holds it. */
    @Test
    void allTermsOfTheInnerSumVanishButOne() {
        assertThat(gradient(CORRELATION, "w").steps())
                .extracting(Step::rule, s -> Printer.print(s.part()), s -> Printer.print(s.replacement()))
                .contains(org.assertj.core.groups.Tuple.tuple(
                        "entry", "d(w[m1, n1]) / d(w[m, n])", "[m1 == m] * [n1 == n]"));
    }

    @Test
    void theInputGradientComesInItsFourForms() {
        assertThat(DerivationText.of(gradient(CORRELATION, "o"), false)).isEqualTo("""
                  grad o[p, q] = sum[max(0, p-H+K1) <= m <= min(K1-1, p), max(0, q-W+K2) <= n <= min(K2-1, q)](delta[p-m, q-n] * w[m, n])
                  grad o[p, q] = sum[max(0, p-K1+1) <= i <= min(H-K1, p), max(0, q-K2+1) <= j <= min(W-K2, q)](delta[i, j] * w[p-i, q-j])
                      the same sum, over the region of outputs that o[p, q] reaches
                  grad o[p, q] = sum[m < K1, n < K2](pad(delta[p-m, q-n]) * w[m, n])
                      full convolution of delta with w: the cross-correlation of the zero-bordered delta with w rotated by 180°
                  grad o[p, q] = sum[m < K1, n < K2](pad(delta[m+p-K1+1, n+q-K2+1]) * w[K1-1-m, K2-1-n])
                      the same sum, with the kernel flipped: a cross-correlation
                """);
    }

    @Test
    void theZeroPaddedFormHasItsStepsToo() {
        assertThat(DerivationText.of(gradient(CORRELATION, "o"), true)).contains("""
                  or with zero padding, from
                      sum[m < K1, n < K2]([0 <= p-m < H-K1+1] * [0 <= q-n < W-K2+1] * delta[p-m, q-n] * w[m, n])
                          as above
                    = sum[m < K1, n < K2](pad(delta[p-m, q-n]) * w[m, n])
                          zero padding: [a in range] * T[a] * b = pad(T[a]) * b
                          here [0 <= p-m < H-K1+1] * [0 <= q-n < W-K2+1] * delta[p-m, q-n] * w[m, n] = pad(delta[p-m, q-n]) * w[m, n]
                """);
    }

    @Test
    void theBiasGetsTheSumOfTheError() {
        assertThat(DerivationText.of(gradient(CORRELATION, "b"), false)).isEqualTo("""
                  grad b = sum[i < H-K1+1, j < W-K2+1](delta[i, j])
                      sum of delta over i, j
                """);
    }

    /** With the derivative of the activation, as one equation. */
    @Test
    void theInputGradientThroughAnActivation() {
        assertThat(DerivationText.of(gradient(ACTIVATED, "x"), false)).isEqualTo("""
                  grad x[p, q] = f'(x[p, q]) * sum[max(0, p-H+K1) <= m <= min(K1-1, p), max(0, q-W+K2) <= n <= min(K2-1, q)](delta[p-m, q-n] * w[m, n])
                  grad x[p, q] = f'(x[p, q]) * sum[max(0, p-K1+1) <= i <= min(H-K1, p), max(0, q-K2+1) <= j <= min(W-K2, q)](delta[i, j] * w[p-i, q-j])
                      the same sum, over the region of outputs that x[p, q] reaches
                  grad x[p, q] = f'(x[p, q]) * sum[m < K1, n < K2](pad(delta[p-m, q-n]) * w[m, n])
                      full convolution of delta with w: the cross-correlation of the zero-bordered delta with w rotated by 180°, then element by element times f'(x[p, q])
                  grad x[p, q] = f'(x[p, q]) * sum[m < K1, n < K2](pad(delta[m+p-K1+1, n+q-K2+1]) * w[K1-1-m, K2-1-n])
                      the same sum, with the kernel flipped: a cross-correlation
                """);
    }

    @Test
    void theInputGradientThroughANamedActivation() {
        Derivation derivation = Derive.derive(layer(NAMED));
        assertThat(derivation.gradients()).extracting(g -> g.of().name()).containsExactly("o", "x", "w");
        assertThat(DerivationText.of(derivation.of("x").orElseThrow(), false)).isEqualTo("""
                  grad x[p, q] = grad o[p, q] * f'(x[p, q])
                      element by element: the error times the derivative
                """);
        assertThat(DerivationText.of(derivation.of("o").orElseThrow(), false))
                .isEqualTo(DerivationText.of(gradient(CORRELATION, "o"), false));
    }

    /** The layer that flips its kernel: correlation and convolution change places. */
    @Test
    void aConvolutionLayerGetsTheCorrelationBack() {
        assertThat(DerivationText.of(gradient(CONVOLUTION, "o"), false)).isEqualTo("""
                  grad o[p, q] = sum[max(0, K1-p-1) <= m < min(K1, H-p), max(0, K2-q-1) <= n < min(K2, W-q)](delta[m+p-K1+1, n+q-K2+1] * w[m, n])
                  grad o[p, q] = sum[m < K1, n < K2](pad(delta[m+p-K1+1, n+q-K2+1]) * w[m, n])
                      zero-padded cross-correlation of delta with w
                """);
        assertThat(gradient(CONVOLUTION, "w").words())
                .containsExactly("valid cross-correlation of o with delta, rotated by 180°");
    }

    @Test
    void everyFormCanBePastedBackAsAClaim() {
        for (String text : List.of(CORRELATION, CONVOLUTION, ACTIVATED, NAMED)) {
            List<String> claims = Derive.derive(layer(text)).gradients().stream()
                    .flatMap(g -> DerivationText.of(g, false).lines())
                    .filter(line -> line.startsWith("  grad "))
                    .map(line -> "    claim" + line.substring(1))
                    .toList();
            String pasted = text.substring(0, text.lastIndexOf('}')) + String.join("\n", claims) + "\n}\n";
            assertThat(layer(pasted).claims()).as(pasted).hasSameSizeAs(claims);
        }
    }

    private static Layer layer(String text) {
        return Specs.parse("chain.layer", text, Importers.library()).layers().get(0);
    }

    private static Gradient gradient(String text, String tensor) {
        return Derive.derive(layer(text)).of(tensor).orElseThrow();
    }
}

package dev.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions mean: each is read, resolved and printed back in its plainest form. */
class ValuesTest {
    private static String value(String expression) {
        Layer layer = Read.layer("""
                layer L[N, M] {
                    function f
                    input x[N]
                    param w[N, M]
                    const s
                    const int t[N] < M
                    output y[i < N, j < M] = %s
                }
                """.formatted(expression));
        return Read.equation(layer, "y").substring("y[i < N, j < M] = ".length());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "→",
            quoteCharacter = '"',
            value = {
                "-x[i]^2                    → -x[i]^2",
                "(-x[i])^2                  → (-x[i])^2",
                "2^x[i]^3                   → 2^x[i]^3",
                "(2^x[i])^3                 → (2^x[i])^3",
                "x[i]^-1                    → 1 / x[i]",
                "x[i]^(1/2)                 → x[i]^(1/2)",
                "x[i] - s - x[j - j]        → x[i] - s - x[0]",
                "x[i] - (s - x[0])          → x[i] - (s - x[0])",
                "x[i] / s / 2               → 1/2 * x[i] / s",
                "x[i] / (s / 2)             → 2 * x[i] / s",
                "0.10 * x[i]                → 0.10 * x[i]",
                "1e-3 * x[i]                → 1e-3 * x[i]",
                "2 * 3 * x[i]               → 6 * x[i]",
                "pi * x[i] + inf            → pi * x[i] + inf",
                "x[i] / (N * M)             → x[i] / (M*N)",
                "x[i] / sqrt(N)             → x[i] / sqrt(N)",
                "mean[k < N, l < M](w[k,l]) → sum[k < N, l < M](w[k, l]) / (M*N)",
                "mean[k < N, l <= k](x[l])  → sum[k < N, l < k+1](x[l]) / sum[k < N, l < k+1](1)",
                "prod[k](x[k])              → prod[k < N](x[k])",
                "min[k](x[k]) - max[k](x[k])→ min[k < N](x[k]) - max[k < N](x[k])",
                "argmax[k](x[k])            → argmax[k < N](x[k])",
                "argmin[k, l](w[k,l]) mod M → argmin[k < N, l < M](w[k, l]) mod M",
                "[argmax[k](x[k]) == i] * s → [argmax[k < N](x[k]) == i] * s",
                "max(x[i], 0)               → max(x[i], 0)",
                "min(max(x[i], 0), 6.0)     → min(max(x[i], 0), 6.0)",
                "max(i, j) * s              → max(i, j) * s",
                "min(i, i + 1) * s          → i * s",
                "abs(i - j) * s             → abs(i-j) * s",
                "abs(x[i]) + floor(x[i])    → abs(x[i]) + floor(x[i])",
                "i div 2 * s                → (i div 2) * s",
                "(2*i + 1) div 2 * s        → i * s",
                "(2*i + 1) mod 2 * s        → s",
                "[i == j] * s               → [i == j] * s",
                "[i != j && x[i] > 0]       → [i != j && x[i] > 0]",
                "[0 <= i - 1 < j]           → [0 <= i-1 < j]",
                "[!(i < j) || i == 3]       → [i >= j || i == 3]",
                "[1 < 2] * s                → s",
                "i < j ? x[i] : s           → i < j ? x[i] : s",
                "i > 0 ? i > 1 ? 1 : 2 : 3  → i > 0 ? (i > 1 ? 1 : 2) : 3",
                "i > 0 ? x[i-1] : 0         → i > 0 ? x[i-1] : 0",
                "pad(x[i-1])                → pad(x[i-1])",
                "pad(x[i+1], -inf)          → pad(x[i+1], -inf)",
                "pad(x[i-1], 0.5)           → pad(x[i-1], 0.5)",
                "stop(x[i]) * x[i]          → stop(x[i]) * x[i]",
                "f(x[i]) + f(2)             → f(x[i]) + f(2)",
                "w[i, t[i]] + t[i]          → w[i, t[i]] + t[i]",
                "log1p(exp(x[i]))           → log1p(exp(x[i]))",
                "relu(tanh(sigmoid(erf(s))))→ relu(tanh(sigmoid(erf(s))))",
                "sin(s) * cos(s) / log(s)   → sin(s) * cos(s) / log(s)",
            })
    void anExpressionMeans(String written, String meant) {
        assertThat(value(written)).isEqualTo(meant);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "→",
            quoteCharacter = '"',
            value = {
                "Σ[k](x[k]·s)                     → sum[k](x[k] * s)",
                "∑[k](x[k]×s)                     → sum[k](x[k] * s)",
                "∏[k](x[k]⋅s) − Π[k](s)           → prod[k](x[k] * s) - prod[k < N](s)",
                "[i ≤ j ∧ j ≥ 1 ∨ ¬(i ≠ 2)] * π   → [i <= j && j >= 1 || !(i != 2)] * pi",
                "pad(x[i-1], -∞)                  → pad(x[i-1], -inf)",
            })
    void aMathematicalSpellingMeansItsWord(String spelt, String word) {
        assertThat(value(spelt.replace("Π[k](s)", "Π[k < N](s)"))).isEqualTo(value(word));
    }

    @Test
    void greekLettersAreNames() {
        Layer layer =
                Read.layer("layer L[N] { input θ[N] param λ output σ1[φ < N] = λ * θ[φ] claim grad θ[φ] = δ[φ] * λ"
                        + " claim ∂σ1[φ]/∂λ = θ[φ] claim ∂(σ1[φ]) / ∂(λ) = θ[φ] }");
        assertThat(Read.equation(layer, "σ1")).isEqualTo("σ1[φ < N] = λ * θ[φ]");
        assertThat(Read.claims(layer))
                .containsExactly(
                        "grad θ[φ] = delta[φ] * λ for φ < N",
                        "d(σ1[φ]) / d(λ) = θ[φ] for φ < N",
                        "d(σ1[φ]) / d(λ) = θ[φ] for φ < N");
    }

    @Test
    void theLetterDStaysAName() {
        Layer layer = Read.layer("layer L[N] { input d[N] output x[i < N] = sum[d1 < 2](d[i]) + d[i]"
                + " claim d(x[i]) / d(d[i]) = 3 }");
        assertThat(Read.claims(layer)).containsExactly("d(x[i]) / d(d[i]) = 3 for i < N");
        Layer index = Read.layer("layer L[N] { input x[N] output y = sum[d](x[d]) }");
        assertThat(Read.equation(index, "y")).isEqualTo("y = sum[d < N](x[d])");
    }
}

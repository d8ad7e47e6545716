package dev.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranges as they are written, and as they are inferred. */
class RangesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "→",
            value = {
                "i < N                          → i < N",
                "i <= N-1                       → i < N",
                "0 <= i < N                     → i < N",
                "1 <= i < N                     → 1 <= i < N",
                "1 <= i <= N-1                  → 1 <= i < N",
                "-1 < i < N                     → i < N",
                "i                              → i < N",
                "i < N, j <= i                  → i < N, j < i+1",
                "i < N, max(0, i-1) <= j < i    → i < N, max(0, i-1) <= j < i",
                "i < (N+1) div 2                → i < (N+1) div 2",
                "i < min(N, 3)                  → i < min(N, 3)",
                "i, j < i                       → i < N, j < i",
            })
    void aRangeOfASum(String written, String meant) {
        Layer layer = Read.layer("layer L[N] { input x[N] output y = sum[" + written + "](x[i]) }");
        assertThat(Read.equation(layer, "y")).isEqualTo("y = sum[" + meant + "](x[i])");
    }

    @Test
    void anIndexTakesItsRangeFromTheAxisWhereItStandsAloneUnpadded() {
        Layer layer = Read.layer("""
                layer L[N, M] {
                    input x[N]
                    param w[N, M]
                    const int t[M] < N
                    let a[i] = x[i] * pad(x[i])
                    let b[i, j] = w[i, j] + x[i]
                    let c = sum[k](x[t[k]])
                    let e = sum[i, j](w[i, j] * pad(x[i+j]))
                    let f = sum[k](sum[l < M](column(w[:, l])[k]))
                    output y[i] = a[i] + sum[j](b[i, j])
                }
                def column(a[R])[r < R] = a[r]
                """);
        assertThat(Read.equation(layer, "a")).isEqualTo("a[i < N] = x[i] * pad(x[i])");
        assertThat(Read.equation(layer, "b")).isEqualTo("b[i < N, j < M] = w[i, j] + x[i]");
        assertThat(Read.equation(layer, "c")).isEqualTo("c = sum[k < M](x[t[k]])");
        assertThat(Read.equation(layer, "e")).isEqualTo("e = sum[i < N, j < M](w[i, j] * pad(x[i+j]))");
        assertThat(Read.equation(layer, "f")).isEqualTo("f = sum[k < N, l < M](w[k, l])");
        assertThat(Read.equation(layer, "y")).isEqualTo("y[i < N] = a[i] + sum[j < M](b[i, j])");
    }

    @Test
    void twoAxesOfOneExtentAgreeUnderTheAssumptions() {
        String text = "layer L[N, M] { %s input x[N] input z[M] output y = sum[k](x[k] * z[k]) }";
        assertThat(Read.equation(Read.layer(text.formatted("assume N == M")), "y"))
                .isEqualTo("y = sum[k < N](x[k] * z[k])");
        assertThat(Read.messages(text.formatted("")))
                .containsExactly("1:55 L036 the index `k` stands at axes of different extents, N and M");
    }

    @Test
    void aTargetBeginsAtZeroAndEndsAtSizes() {
        assertThat(Read.messages("layer L[N] { const int t[N] < N output y[i < t[0]] = 1 }"))
                .containsExactly("1:42 L034 the extent of an axis is made of sizes, not of data");
        assertThat(Read.messages("layer L[N] { input x[N] output y[1 <= i < N] = x[i] }"))
                .containsExactly("1:34 L034 the index `i` of a target begins at 0, here at 1");
    }
}

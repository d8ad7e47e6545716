package dev.adjoint.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gradient is called: the field's terms, and only where they are exact. */
class WordsTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "w | x[i < H-K+1] = sum[k < K](w[k] * o[i+k])" + " | valid cross-correlation of o with delta",
                "o | x[i < H-K+1] = sum[k < K](w[k] * o[i+k])"
                        + " | full convolution of delta with w:"
                        + " the cross-correlation of the zero-bordered delta with w rotated by 180°",
                "w | x[i < H-K+1] = sum[k < K](w[k] * o[i+K-1-k])"
                        + " | valid cross-correlation of o with delta, rotated by 180°",
                "o | x[i < H-K+1] = sum[k < K](w[k] * o[i+K-1-k])" + " | zero-padded cross-correlation of delta with w",
                "o | x[i < H] = sum[k < K](w[k] * pad(o[i+k-1]))"
                        + " | zero-padded convolution of delta with w:"
                        + " the cross-correlation of the zero-bordered delta with w rotated by 180°",
                "w | x[i < H] = sum[k < K](w[k] * pad(o[i+k-1]))" + " | zero-padded cross-correlation of o with delta",
                "w | x[i < (H-K) div 2 + 1] = sum[k < K](w[k] * o[2*i+k])"
                        + " | valid cross-correlation of o with delta dilated by 2",
                "w | x[i < H-3*K+3] = sum[k < K](w[k] * o[i+3*k])"
                        + " | valid cross-correlation of o with delta, in steps of 3",
                "w | x[i < K] = w[i] * o[0] | nothing",
                "w | x[i < K] = 3 * w[i] | nothing",
                "o | x = sum[i < H](o[i]) | nothing",
                "w | x[i < H] = sum[k < K](w[k]) * o[i] | inner product of delta and o",
                "w | x = sum[i < K, j < H](w[i] * o[j]) | nothing",
                "o | x[i < H] = tanh(o[i]) | element by element: the error times the derivative",
                "o | x = max[i < H](o[i]) | routing to the winner: the error goes where the window's maximum was",
            })
    void aGradientIsCalled(String tensor, String output, String words) {
        List<String> said = words("assume K <= H && 3*K <= H+2 input o[H] param w[K] output " + output, tensor);
        assertSaid(said, words);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "o | x[n < N, k < K] = sum[i < I](w[k,i] * o[n,i]) | matrix product of delta and w",
                "w | x[n < N, k < K] = sum[i < I](w[k,i] * o[n,i]) | matrix product of delta transposed and o",
                "w | x[k < K, n < N] = sum[i < I](w[k,i] * o[n,i]) | matrix product of delta and o",
                "o | x[k < K, n < N] = sum[i < I](w[k,i] * o[n,i]) | matrix product of delta transposed and w",
                "v | x[k < K] = sum[i < I](w[k,i] * v[i]) | matrix-vector product of w transposed and delta",
                "w | x[k < K] = sum[i < I](w[k,i] * v[i]) | outer product of delta and v",
                "w | x[i < I, k < K] = w[k,i] * v[i] | element by element: delta times v",
                "w | x[n < N] = sum[k < K, i < I](w[k,i] * o[n,i]) | contraction of delta and o",
                "v | x[n < N, k < K] = sum[i < I](w[k,i] * o[n,i] * v[i]) | nothing",
                "o | x[n < N, k < K] = k <= n ? sum[i < I](w[k,i] * o[n,i]) : 0 | nothing",
            })
    void aMatrixGradientIsCalled(String tensor, String output, String words) {
        List<String> said = words("input o[N, I] input v[I] param w[K, I] output " + output, tensor);
        assertSaid(said, words);
    }

    private static void assertSaid(List<String> said, String words) {
        assertThat(String.join("; ", said)).isEqualTo(words.equals("nothing") ? "" : words);
    }

    private static List<String> words(String body, String tensor) {
        String sizes = body.contains("v[I]") ? "[N, I, K]" : "[H, K]";
        return LayerText.derive("layer L" + sizes + " { " + body + " }")
                .of(tensor)
                .orElseThrow()
                .words();
    }
}

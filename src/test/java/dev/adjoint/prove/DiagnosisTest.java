package dev.adjoint.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mistakes that people make in gradients, each told in its words. */
class DiagnosisTest {
    private static final String LAYERS = """
            package mistakes;
            layer Correlation[H, W, K1, K2] {
                input o[H, W]
                param w[K1, K2]
                output x[i < H-K1+1, j < W-K2+1] = sum[m < K1, n < K2](w[m,n] * o[i+m, j+n])
                CLAIM
            }
            layer Strided[W, K, S] {
                assume S >= 1
                assume K <= W
                input o[W]
                param w[K]
                output x[i < (W-K) div S + 1] = sum[k < K](w[k] * o[S*i+k])
                CLAIM
            }
            layer Dense[I, J] {
                input x[I]
                param w[J, I]
                function f
                let z[j < J] = sum[i < I](w[j,i] * x[i])
                output y[j < J] = f(z[j])
                CLAIM
            }
            layer Mean[N] {
                input x[N]
                input t[N]
                output E = sum[i < N]((x[i] - t[i])^2) / N
                CLAIM
            }
            layer Softmax[N] {
                input z[N]
                let e[i < N] = exp(z[i])
                let s = sum[i < N](e[i])
                output y[i < N] = e[i] / s
                CLAIM
            }
            layer Residual[N] {
                input x[N]
                param a[N]
                function f
                output y[i < N] = x[i] + f(a[i] * x[i])
                CLAIM
            }
            """;

    @TempDir
    private Path temp;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = "→",
            value = {
                "Correlation → grad o[p,q] = sum[m, n](pad(delta[p-K1+1+m, q-K2+1+n]) * w[m,n])"
                        + " → `delta` must be rotated by 180° here: it is read forwards along `m`, `n`",
                "Correlation → grad o[p,q] = sum[m, n](pad(delta[p-m, q-n]) * w[n,m])" + " → exchanged",
                "Correlation → grad w[m,n] = -sum[i, j](delta[i,j] * o[i+m, j+n]) → sign",
                "Strided → grad w[k] = sum[i](delta[i] * o[i+k]) → scaled by S",
                "Strided → grad o[p] = sum[i, k]([i+k == p] * delta[i] * w[k]) → scaled by S",
                "Dense → grad w[j,i] = delta[j] * x[i] → the factor `f'(z[j])` is missing",
                "Dense → grad w[j,i] = delta[j] * f(z[j]) * x[i] → the function is f', not f",
                "Mean → grad x[i] = 2 * delta * (x[i] - t[i]) → a division by `N` is missing",
                "Mean → grad x[i] = delta * (x[i] - t[i]) / N → the factor `2` is missing",
                "Mean → grad t[i] = 2 * delta * (x[i] - t[i]) / N → sign",
                "Residual → grad x[i] = delta[i] * a[i] * f'(a[i] * x[i]) → the term `delta[i]` is missing",
                "Residual → grad x[i] = delta[i] * f'(a[i] * x[i]) + delta[i] → the factor `a[i]` is missing",
            })
    void aMistakeIsNamed(String layer, String claim, String words) throws IOException {
        Verdict verdict = judge(layer, claim);
        assertThat(verdict.word()).as("%s: %s", layer, verdict.reason()).isEqualTo(Word.REFUTED);
        assertThat(verdict.mistake().map(Diagnosis::mistakes).orElse(List.of()))
                .as("mistakes named in %s", claim)
                .singleElement()
                .asString()
                .contains(words);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = "→",
            value = {
                "Correlation → grad o[p,q] = -sum[m, n](pad(delta[p-m, q-n]) * w[m, n] * w[m,n])",
                "Dense → grad w[j,i] = -delta[j] * x[i]",
                "Mean → grad x[i] = delta * (t[i] - x[i]) / N",
                "Softmax → grad z[i] = y[i] * delta[i]",
                "Strided → grad w[k] = -sum[i](delta[i] * o[i+k])",
                "Residual → grad x[i] = -delta[i] * f'(a[i] * x[i]) + delta[i]",
            })
    void twoMistakesAreNamed(String layer, String claim) throws IOException {
        Verdict verdict = judge(layer, claim);
        assertThat(verdict.word()).as("%s: %s", layer, verdict.reason()).isEqualTo(Word.REFUTED);
        assertThat(verdict.mistake().map(Diagnosis::mistakes).orElse(List.of()))
                .as("mistakes named in %s", claim)
                .isNotEmpty();
    }

    private Verdict judge(String name, String claim) throws IOException {
        Path file = Files.writeString(
                temp.resolve("mistakes.layer"),
                LAYERS.replaceAll(
                                "(?s)(layer " + name + "\\[.*?)CLAIM",
                                "$1claim " + java.util.regex.Matcher.quoteReplacement(claim))
                        .replace("CLAIM", ""));
        Layer layer = Specs.load(file, dev.adjoint.lang.Importers.library()).layers().stream()
                .filter(l -> l.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Prover.judge(layer, layer.claims().get(0));
    }
}

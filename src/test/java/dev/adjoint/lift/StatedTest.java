package dev.adjoint.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a method computes, said in its Javadoc. */
class StatedTest {
    private static final String SOURCE = """
            package com.acme;
            class Net {
                /**
                 * The weights' gradient.
                 * verify com.acme.Corr grad w (delta = dy, H-K+1 = rows,
                 *     W-K+1 = cols, result = dw)
                 */
                static void weights(float[] dy, float[] o, float[] dw, int W, int K, int rows, int cols) {
                    for (int m = 0; m < K; m++)
                        for (int n = 0; n < K; n++)
                            for (int i = 0; i < rows; i++)
                                for (int j = 0; j < cols; j++)
                                    dw[m * K + n] += dy[i * cols + j] * o[(i + m) * W + j + n];
                }
                static void weights(double[] dy) { }
            }
            """;

    private static final String LAYER = """
            package com.acme;
            layer Corr[H, W, K] {
                input o[H, W]  param w[K, K]
                output x[i < H-K+1, j < W-K+1] = sum[m < K, n < K](w[m,n] * o[i+m, j+n])
                verify grad w by com.acme.Net#weights(float[], float[], float[], int, int, int, int)
                    (delta = dy, H-K+1 = rows, W-K+1 = cols, result = dw)
            }
            """;

    private static JavaSources sources(String source) {
        return JavaSources.texts(Map.of("com/acme/Net.java", source));
    }

    private static Layer layer() {
        return Specs.parse("corr.layer", LAYER, Importers.library()).layers().get(0);
    }

    @Test
    void theJavadocSaysWhatTheSpecSays() {
        List<Stated> stated = Stated.in(sources(SOURCE));
        assertThat(stated).hasSize(1);
        assertThat(stated.get(0).layer()).isEqualTo("com.acme.Corr");
        assertThat(stated.get(0).place().toString()).isEqualTo("com/acme/Net.java:5:8");
        Lifted byJavadoc = Lift.lift(layer(), stated.get(0).verification(layer()), sources(SOURCE));
        Lifted bySpec = Lift.lift(layer(), layer().verifications().get(0), sources(SOURCE));
        assertThat(byJavadoc).isEqualTo(bySpec);
        assertThat(bySpec.equation()).isEqualTo("grad w[m, n] = sum[i < H-K+1, j < W-K+1](delta[i, j] * o[i+m, j+n])");
        assertThat(bySpec.layout())
                .containsExactly(
                        "grad w[m,n] is dw[m*K + n]", "delta[i,j] is dy[i*(W-K+1) + j]", "o[p,q] is o[p*W + q]");
    }

    @Test
    void aLineThatSaysNothingIsAnError() {
        String broken = SOURCE.replace("grad w (delta", "grad of w (delta");
        assertThatThrownBy(() -> Stated.in(sources(broken)))
                .isInstanceOfSatisfying(
                        AdjointException.class,
                        e -> assertThat(e.diagnostics().get(0).code()).isEqualTo("J005"));
    }
}

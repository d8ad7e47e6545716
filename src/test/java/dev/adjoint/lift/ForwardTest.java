package dev.adjoint.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.derive.Derive;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.expr.Printer;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A forward pass alone becomes a layer, which is derived like any other. */
class ForwardTest {
    private static final String SOURCE = """
            package com.acme;
            class Net {
                /**
                 * Every window with the kernel.
                 *
                 * layer Corr[H, W, K] {
                 *     assume K <= H && K <= W
                 *     input o[H, W]
                 *     param w[K, K]
                 *     output x[i < H-K+1, j < W-K+1]
                 * }
                 */
                static double[][] forward(double[][] o, double[][] w) {
                    double[][] x = new double[o.length - w.length + 1][o[0].length - w.length + 1];
                    for (int i = 0; i < x.length; i++)
                        for (int j = 0; j < x[i].length; j++)
                            for (int m = 0; m < w.length; m++)
                                for (int n = 0; n < w[m].length; n++)
                                    x[i][j] += w[m][n] * o[i + m][j + n];
                    return x;
                }
                static double[] plain(double[] o) { return o; }
            }
            """;

    @Test
    void theMethodIsTheEquation() {
        JavaSources sources = JavaSources.texts(Map.of("com/acme/Net.java", SOURCE));
        String text = Lift.layer("com.acme.Net", "forward", sources);
        assertThat(text).contains("sum[m < K, n < K](w[m, n] * o[i+m, j+n])");
        Layer layer =
                Specs.parse("net.layer", text, Importers.library()).layers().get(0);
        assertThat(Printer.print(Derive.derive(layer).of("w").orElseThrow().formula()))
                .isEqualTo("sum[i < H-K+1, j < W-K+1](delta[i, j] * o[i+m, j+n])");
    }

    @Test
    void withoutADeclarationItSaysWhatToState() {
        JavaSources sources = JavaSources.texts(Map.of("com/acme/Net.java", SOURCE));
        assertThatThrownBy(() -> Lift.layer("com.acme.Net", "plain", sources))
                .isInstanceOfSatisfying(AdjointException.class, e -> {
                    assertThat(e.diagnostics().get(0).code()).isEqualTo("J030");
                    assertThat(e.diagnostics().get(0).help()).contains("declare them");
                });
    }
}

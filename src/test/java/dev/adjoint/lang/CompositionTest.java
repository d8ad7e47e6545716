package dev.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.expr.Printer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the layer is that {@code A then B} makes: its sizes, its names, its equations. */
class CompositionTest {
    private static final String LAYERS = """
            layer Conv[H, W, D, K, P = 0] {
                assume P >= 0 && K <= H + 2*P && K <= W + 2*P
                input o[H, W]
                param w[D, K, K]
                param b[D]
                output x[d < D, i < H+2*P-K+1, j < W+2*P-K+1] = sum[k < K, l < K](w[d,k,l] * pad(o[i+k-P, j+l-P])) + b[d]
            }
            layer Act[N] { function f input x[N] output y[i < N] = f(x[i]) }
            layer Fc[I, O] { input x[I] param w[O, I] param b[O] output y[k < O] = sum[i < I](w[k,i] * x[i]) + b[k] }
            layer Pool[D, H, W, S = 2] {
                assume S >= 1 && S <= H && S <= W
                input x[D, H, W]
                output y[d < D, i < H div S, j < W div S] = max[k < S, l < S](x[d, i*S+k, j*S+l])
            }
            layer Small[m] { input x[m] const i output y[j < m] = x[j] * i }
            layer Sum[N] { input x[N] output y = sum[m < N](x[m]) }
            layer Scale { input x param w output y = x * w }
            layer Cube[D, I, J] { param x0[D, I, J] output x[d < D, i < I, j < J] = x0[d,i,j] }
            layer Gate[N] { input x[N] input g[N] output y[i < N] = x[i] * g[i] }
            layer Softmax[N] {
                input x[N]
                let s = sum[k < N](exp(x[k]))
                output y[i < N] = exp(x[i]) / s
            }
            layer Mean[N] { input x[N] output y = sum[i < N](x[i]) / N }
            layer Slide[N, M] { assume M <= N input x[N] param w[M] output y[i < N-M+1] = sum[m < M](w[m] * x[i+m]) }
            layer Pick[N, M] { input x[N] const int t[M] < N output y[m < M] = x[t[m]] }
            layer Pairs[N] { input x[2*N] output y[i < N] = x[2*i] + x[2*i+1] }
            layer Grid[N, M] { input x[N, M] output y[i < N, j < M] = x[i,j] ^ 2 }
            layer Cased[N] { input x[N] param W[N] param gradw[N] output y[d < N] = W[d] * x[d] + gradw[d] }
            """;

    private static Layer layer(String chain) {
        return Read.generate(LAYERS + "generate C = " + chain).layer();
    }

    private static String sizes(Layer layer) {
        return layer.sizes().stream().map(Size::name).toList().toString();
    }

    private static String tensors(Layer layer) {
        return layer.tensors().stream()
                .map(t -> t.role().name().toLowerCase(java.util.Locale.ROOT) + " " + t.name() + t.shape())
                .collect(Collectors.joining(", "));
    }

    @Test
    void theOutputBecomesALetThatTheNextLayerReads() {
        Layer layer = layer("Conv[K = 3] then Act[f = tanh]");
        assertThat(sizes(layer)).isEqualTo("[H, W, D]");
        assertThat(tensors(layer))
                .isEqualTo("input o[H, W], param w[D, 3, 3], param b[D], let x[D, H-2, W-2], output y[D, H-2, W-2]");
        assertThat(Read.equation(layer, "y")).isEqualTo("y[d < D, i < H-2, j < W-2] = tanh(x[d, i, j])");
        assertThat(layer.functions()).isEmpty();
    }

    /** The chain's sizes, and the last equation. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "→",
            value = {
                "Conv then Grid → misfit →",
                "Conv then Pool                  → [H, W, D, K] → y[d < D, i < (H-K+1) div 2, j < (W-K+1) div 2] = max[k < 2, l < 2](x[d, 2*i+k, 2*j+l])",
                "Conv then Pool[S = ?]           → [H, W, D, K, S] → y[d < D, i < (H-K+1) div S, j < (W-K+1) div S] = max[k < S, l < S](x[d, S*i+k, S*j+l])",
                "Conv[P = ?, K = 3] then Pool[S = 2, D = 4] → misfit →",
                "Conv[D = 4] then Pool[D = 4]    → [H, W, K] → y[d < 4, i < (H-K+1) div 2, j < (W-K+1) div 2] = max[k < 2, l < 2](x[d, 2*i+k, 2*j+l])",
                "Fc then Pairs                   → misfit →",
                "Fc[O = 6] then Pairs            → [I] → y2[i < 3] = y[2*i] + y[2*i+1]",
                "Grid[M = 8] then Pairs          → [N] → y2[i < 4*N] = x2[2*i] + x2[2*i+1]",
            })
    void sizesBindByMatching(String chain, String sizes, String equation) {
        if (sizes.equals("misfit")) {
            assertThat(Read.messages(LAYERS + "generate C = " + chain))
                    .hasSize(1)
                    .allMatch(m -> m.contains("L073"));
            return;
        }
        Layer layer = layer(chain);
        assertThat(sizes(layer)).isEqualTo(sizes);
        Equation last = layer.equations().get(layer.equations().size() - 1);
        assertThat(Read.equation(layer, last.target().name())).isEqualTo(equation);
    }

    @Test
    void assumptionsOfBothAreKept() {
        assertThat(layer("Conv then Pool[S = ?]").assumptions().stream().map(Printer::print))
                .containsExactly("K <= H", "K <= W", "S >= 1", "S <= H-K+1", "S <= W-K+1");
        assertThat(layer("Fc[O = 5] then Slide").assumptions().stream().map(Printer::print))
                .containsExactly("M <= 5");
    }

    @Test
    void ofALaterLayerNamesThatCollideGetTheNumberOfItsPlace() {
        assertThat(tensors(layer("Fc then Fc then Gate then Fc")))
                .isEqualTo("input x[I], param w[O, I], param b[O], let y[O],"
                        + " param w2[O2, O], param b2[O2], let y2[O2], input g[O2], let y3[O2],"
                        + " param w4[O4, O2], param b4[O4], output y4[O4]");
        assertThat(layer("Conv then Cased").tensors().stream().map(Tensor::name))
                .as("w and W differ in case only; gradw is what the class calls a gradient")
                .containsExactly("o", "w", "b", "x", "W2", "gradw2", "y");
    }

    /** {@code sum[m < N](x[m])} over N = m entries is no sum over {@code m < m}. */
    @Test
    void anIndexGivesWayToANameOfTheOtherLayer() {
        Layer layer = layer("Small then Mean then Scale");
        assertThat(Read.equation(layer, "y2")).isEqualTo("y2 = sum[i1 < m](y[i1]) / m");
        assertThat(Read.equation(layer("Small then Sum"), "y2")).isEqualTo("y2 = sum[m1 < m](y[m1])");
    }

    /** The axis of a vector that is but run over becomes the axes of what it is fed with. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "→",
            value = {
                "Gate    → input g[D, I, J] → y[d < D, i < I, j < J] = x[d, i, j] * g[d, i, j]",
                "Fc      → param w[O, D, I, J] → y[k < O] = sum[d < D, i < I, j < J](w[k, d, i, j] * x[d, i, j]) + b[k]",
                "Softmax → let s[] → y[d < D, i < I, j < J] = exp(x[d, i, j]) / s",
                "Mean    → output y[] → y = sum[d < D, i < I, j < J](x[d, i, j]) / (D*I*J)",
            })
    void anAxisThatIsRunOverBecomesSeveral(String second, String tensor, String equation) {
        Layer layer = layer(second.equals("Fc") ? "Cube then Fc" : "Cube then " + second);
        assertThat(tensors(layer)).contains(tensor);
        assertThat(Read.equation(layer, "y")).isEqualTo(equation);
    }

    /** A vector that is used as more is laid out flat by a let. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "→",
            value = {
                "Slide[M = 2] → y[i < D*I*J-1] = sum[m < 2](w[m] * x2[i+m])",
                "Pick         → y[m < M] = x2[t[m]]",
            })
    void aVectorThatIsUsedAsMoreIsLaidOutFlat(String second, String equation) {
        Layer layer = layer("Cube then " + second);
        assertThat(Read.equation(layer, "x2")).isEqualTo("x2[i < D*I*J] = x[i div (I*J), (i div J) mod I, i mod J]");
        assertThat(Read.equation(layer, "y")).isEqualTo(equation);
    }

    @Test
    void aChainCanBeBoundFurther() {
        SpecFile file = Read.file(LAYERS + """
                generate Block = Conv[K = 3] then Act
                generate Bound = Block[H = 8, W = 9, D = 2, f = relu]
                generate Two = Bound then Fc then Fc
                generate Last = Two[O = 3, O4 = 5] { type = double }
                """);
        Generate bound = file.generates().get(1);
        assertThat(bound.origin()).isEqualTo("Conv then Act");
        assertThat(bound.bound().toString()).isEqualTo("{H=8, W=9, D=2, K=3, P=0}");
        assertThat(Read.equation(bound.layer(), "y")).isEqualTo("y[d < 2, i < 6, j < 7] = relu(x[d, i, j])");
        assertThat(sizes(file.generates().get(2).layer())).isEqualTo("[O, O4]");
        Generate last = file.generates().get(3);
        assertThat(last.open()).isEmpty();
        assertThat(last.options().type()).isEqualTo(Generate.Options.Type.DOUBLE);
        assertThat(last.layer().tensor("w4").orElseThrow().shape().toString()).isEqualTo("[5, 3]");
    }

    @Test
    void aFunctionIsBoundInEachStage() {
        Layer layer = layer("Act[f = tanh] then Act[f = exp]");
        assertThat(Read.equation(layer, "y2")).isEqualTo("y2[i < N] = exp(y[i])");
        assertThat(layer("Act then Act").functions()).isEqualTo(List.of("f", "f2"));
    }

    @Test
    void whatEachLayerSaysOfItselfIsKept() {
        Generate generate = Read.generate("/** One. */ layer A { input x output y = x }"
                + " /** Two. */ layer B { input x output y = 2*x } generate C = A then B");
        assertThat(generate.layer().doc()).isEqualTo("One.\nTwo.");
        assertThat(generate.layer().name()).isEqualTo("C");
    }
}

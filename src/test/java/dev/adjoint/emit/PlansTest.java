package dev.adjoint.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.adjoint.derive.Derive;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which plan is taken for what, told by the class itself; and that every plan compiles to what HotSpot compiles. */
class PlansTest {
    private static Generate generate(String statement) {
        String spec = """
                package plans;
                import adjoint.conv.Conv2d;
                import adjoint.conv.GroupedConv2d;
                import adjoint.dense.Dense;
                import adjoint.pool.MaxPool2d;
                import adjoint.activation.Relu;
                """ + statement;
        return Specs.parse("plans.layer", spec, Importers.library()).generates().get(0);
    }

    private static String emitted(String statement) {
        Generate generate = generate(statement);
        return Emitter.emit(generate, Derive.derive(generate.layer()), "plans.layer").stream()
                .map(SourceFile::text)
                .collect(Collectors.joining());
    }

    @Test
    void aFixedConvolutionRunsOverItsPlanesAndItsWeightsOverTheirs() {
        String source = emitted("generate C = Conv2d[C = 16, H = 32, W = 32, D = 32, K1 = 3, K2 = 3, P = 1]");
        assertThat(source)
                .contains("x: runs over i, j of o, 2 d times 8 taps of 8 c by 3 k by 3 l")
                .contains("gradO: runs over p, q of x, 2 c times 8 taps of 8 d by 3 k by 3 l")
                .contains("gradW: runs over l, k, c of o, 2 d times 8 taps of 32 j");
    }

    @Test
    void loopsThatHotSpotWouldInlineShareARoutine() {
        String source = emitted("generate C = Conv2d[C = 1, H = 28, W = 28, D = 6, K1 = 5, K2 = 5]");
        assertThat(source).contains("gradO: runs over p, q of x, 1 c times 9 taps of 5 k by 5 l");
        assertThat(source).contains("void runGradO1(").doesNotContain("runGradO1From");
        assertThat(source).contains("void runX3(").doesNotContain("runX3From");
    }

    @Test
    void aMatrixProductRunsOverARowOfTheOperandThatOthersShare() {
        assertThat(emitted("generate D = Dense[N = 32, I = 400, K = 120]"))
                .contains("x: runs over k of w")
                .contains("gradO: runs over i of w")
                .contains("gradW: runs over i of o");
    }

    @Test
    void manyChannelsGoByTilesInAllThreePasses() {
        String layer = "generate C = Conv2d[C = 64, H = 56, W = 56, D = 64, K1 = 3, K2 = 3, P = 1] { target = vector";
        assertThat(emitted(layer + " }"))
                .contains("x: tiles F(4, 3) by F(4, 3)")
                .contains("gradO: tiles F(4, 3) by F(4, 3)")
                .contains("gradW: sums of tiles F(3, 4) by F(3, 4)");
        assertThat(emitted(layer + "; winograd = none }")).doesNotContain("tiles F(");
    }

    @Test
    void openSizesAreComputedInRegisterBlocks() {
        assertThat(emitted("generate C = Conv2d[K1 = 3, K2 = 3]"))
                .contains("x: loop nest in blocks of 3 d times 4 j")
                .contains("gradO: loop nest in blocks of 3 q times 4 c")
                .contains("gradW: loop nest in blocks of 4 d times 3 l");
    }

    @Test
    void aStrideSplitsRunsByResidues() {
        assertThat(emitted("generate C = Conv2d[C = 3, H = 40, W = 40, D = 8, K1 = 3, K2 = 3, S = 2]"))
                .contains("x: loop nest in blocks of 4 d times 3 j")
                .contains("gradO: runs over pStep, qStep of x");
        assertThat(emitted("generate C = Conv2d[C = 3, H = 80, W = 80, D = 16, K1 = 5, K2 = 5, S = 2]"))
                .contains("x: runs over i, j of o");
    }

    /** One group of filters reads a channel: the sum over all filters, most of them 0, becomes one over a group. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "G = 4, CG = 8, DG = 6",
                "G = 4, CG = 8, DG = 1",
                "G = 4, CG = 1, DG = 8",
                "G = 1, CG = 8, DG = 8",
                "G = ?, CG = 2, DG = 3"
            })
    void theGradientOfWhatGroupsReadIsAContraction(String groups) {
        String sizes = "[N = 1, H = 20, W = 20, K1 = 3, K2 = 3, P = 1, " + groups + "] { target = vector }";
        Generate generate = generate("generate C = GroupedConv2d" + sizes);
        String vectors = Emitter.emit(generate, Derive.derive(generate.layer()), "plans.layer")
                .get(1)
                .text();
        assertThat(vectors).as(groups).containsPattern("gradO: (vectors of|rolling rows|tiles)");
    }

    @Test
    void theGradientOfAnOpenStridedConvolutionIsNoDetourOverAllOutputs() {
        assertThat(emitted("generate C = Conv2d[S = 2, P = 1]")).contains("gradO: loop nest in equation order");
        assertThat(emitted("generate C = Conv2d[S = 1, P = 1]"))
                .contains("gradO: loop nest in blocks of 3 q times 4 c");
    }

    @Test
    void theGradientOfALookUpGoesThroughItsTermsOnce() {
        String look = "layer L[T, D, V] { param e[V, D] const int t[T] < V output y[i < T, d < D] = e[t[i], d] }";
        assertThat(emitted(look + " generate C = L"))
                .contains("gradE: terms added where they belong")
                .contains("gradE[D * t[i] + d] += delta[D * i + d];");
    }

    @Test
    void namesThatVectorsNeedAreNoTrouble() throws ReflectiveOperationException {
        String layer = "layer L[LANES, vectors] { input target[LANES, vectors] param SPECIES[vectors]"
                + " output y[i < LANES] = sum[j < vectors](target[i,j] * SPECIES[j]) }";
        Generate generate = generate(layer + " generate C = L { target = vector }");
        Object c = Emitted.of(generate, Derive.derive(generate.layer()))
                .type()
                .getConstructor(int.class, int.class)
                .newInstance(2, 3);
        float[] y = new float[2];
        c.getClass()
                .getMethod("forward", float[].class, float[].class, float[].class)
                .invoke(c, new float[] {1, 2, 3, 4, 5, 6}, new float[] {1, 10, 100}, y);
        assertThat(y).containsExactly(321, 654);
        assertThat(emitted(layer + " generate C = L"))
                .contains("public void forward(float[] target, float[] SPECIES, ");
    }

    @Test
    void aClassWithVectorsServesOneThread() {
        assertThat(emitted("generate D = Dense")).contains("any number of threads may share one");
        assertThat(emitted("generate D = Dense { target = vector }"))
                .contains("serves one thread at a time")
                .doesNotContain("any number of threads");
    }

    @Test
    void aMatrixProductOfOneRowIsBlockedOverItsRows() {
        assertThat(emitted("generate D = Dense")).contains("x: loop nest in blocks of 6 k");
    }

    @Test
    void noTestIsLeftWhereAPaddedReadIsBordered() {
        assertThat(emitted("generate C = Conv2d[K1 = 3, K2 = 3, P = 1]"))
                .contains("oBordered")
                .doesNotContain("if (0 <")
                .doesNotContain("0.0f : ")
                .doesNotContain(" : 0.0f");
    }

    @Test
    void unrollNoneIsTheEquation() {
        assertThat(emitted("generate C = Conv2d[K1 = 3, K2 = 3, P = 1] { unroll = none }"))
                .contains("x: loop nest in equation order, because unroll = none asks for it")
                .doesNotContain("Math.fma");
    }

    @Test
    void unrollFullWritesOutEveryTapThatAMethodHasRoomFor() {
        assertThat(emitted("generate P = MaxPool2d[K = 4, S = 4] { unroll = full }"))
                .doesNotContain("k < 4")
                .doesNotContain("l < 4");
    }

    @Test
    void moreThanAMethodHasRoomForIsRefused() {
        Generate generate = generate("generate D = Dense[I = 3000000, K = 2] { unroll = full }");
        assertThatExceptionOfType(AdjointException.class)
                .isThrownBy(() -> Emitter.emit(generate, Derive.derive(generate.layer()), "plans.layer"))
                .satisfies(e -> assertThat(e.diagnostics()).singleElement().satisfies(d -> {
                    assertThat(d.code()).isEqualTo("E014");
                    assertThat(d.message())
                            .isEqualTo("unroll = full would write out a loop of 3000000 times 1 statements");
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Conv2d[K1 = 3, K2 = 3, P = 1] { unroll = full }",
                "Conv2d[N = ?, C = 6, H = 14, W = 14, D = 16, K1 = 5, K2 = 5] { unroll = full }",
                "Conv2d[K1 = 7, K2 = 7, P = 3] { unroll = full }",
                "Conv2d[K1 = 11, K2 = 11] { unroll = full }",
                "Conv2d[K1 = 5, K2 = 5]",
                "Conv2d[C = 3, H = 40, W = 41, D = 7, K1 = 11, K2 = 11]",
                "Conv2d[C = 1, H = 28, W = 28, D = 6, K1 = 5, K2 = 5]",
                "MaxPool2d[K = 5, S = 2, P = 1] { unroll = full }",
                "Dense[I = 100, K = 10] { unroll = full }",
                "Conv2d { target = vector }",
                "Conv2d[C = 64, H = 56, W = 56, D = 64, K1 = 3, K2 = 3, P = 1] { target = vector }",
                "Conv2d[C = 3, H = 224, W = 224, D = 64, K1 = 7, K2 = 7, S = 2, P = 3] { target = vector }",
                "Conv2d[C = 48, H = 23, W = 29, D = 40, K1 = 5, K2 = 5] { target = vector; type = double }",
                "MaxPool2d[C = 64, H = 112, W = 112, K = 3, S = 2, P = 1] { target = vector }"
            })
    void noMethodIsTooLongForHotSpot(String layer) {
        Generate generate = generate("generate C = " + layer);
        Emitted emitted = Emitted.of(generate, Derive.derive(generate.layer()));
        assertThat(MethodSizes.of(emitted.bytes()).keySet()).containsAll(List.of("forward", "backward"));
        emitted.classFiles()
                .forEach((name, file) -> assertThat(MethodSizes.of(file))
                        .as("bytes of bytecode of %s; HotSpot compiles at most 8000", name)
                        .allSatisfy(
                                (method, bytes) -> assertThat(bytes).as(method).isLessThanOrEqualTo(8000)));
    }
}

package dev.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which sizes and functions a class binds, and how it is emitted. */
class GeneratesTest {
    private static final String LAYER = """
            layer L[N, K, S = 1, P = 0] {
                assume S >= 1 && P >= 0 && 1 <= K <= N + 2*P
                function f
                input x[N]
                param w[K]
                output y[i < (N+2*P-K) div S + 1] = sum[k < K](f(w[k]) * pad(x[i*S+k-P]))
            }
            def cube(a) = a^3
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "→",
            value = {
                "L                        → {S=1, P=0}           → [N, K]",
                "L[K = 3]                 → {K=3, S=1, P=0}      → [N]",
                "L[S = ?]                 → {P=0}                → [N, K, S]",
                "L[S = ?, P = ?]          → {}                   → [N, K, S, P]",
                "L[S = 2, K = 2 + 1]      → {K=3, S=2, P=0}      → [N]",
                "L[N = 8, K = 3, P = 1]   → {N=8, K=3, S=1, P=1} → []",
            })
    void anySubsetOfTheSizesIsBound(String stage, String bound, String open) {
        Generate generate = Read.generate(LAYER + "generate A = " + stage);
        assertThat(generate.bound().toString()).isEqualTo(bound);
        assertThat(generate.open().stream().map(Size::name).toList().toString()).isEqualTo(open);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "→",
            value = {
                "tanh → tanh(w[k])",
                "cube → w[k]^3",
                "relu → relu(w[k])",
            })
    void aFunctionIsBoundToOneOfTheLanguageOrADefinition(String function, String applied) {
        Generate generate = Read.generate(LAYER + "generate A = L[K = 2, f = " + function + "]");
        assertThat(Read.equation(generate.layer(), "y")).contains("(" + applied + " * x[i+k])");
        assertThat(generate.layer().functions()).isEmpty();
    }

    @Test
    void theDerivativeOfABoundFunctionIsKnown() {
        Generate generate = Read.generate(
                "layer L[N] { function f input x[N] output y[i < N] = f'(x[i]) }" + " generate A = L[f = tanh]");
        assertThat(Read.equation(generate.layer(), "y")).isEqualTo("y[i < N] = 1 - tanh(x[i])^2");
    }

    @Test
    void aClassBindsWhatAnotherLeftOpen() {
        SpecFile file = Read.file(LAYER + "generate A = L[K = 3] generate B = A[N = 9]");
        assertThat(file.generates().get(1).bound().toString()).isEqualTo("{N=9, K=3, S=1, P=0}");
        assertThat(file.generates().get(1).origin()).isEqualTo("L");
    }

    @Test
    void optionsChooseTheClassThatIsEmitted() {
        assertThat(Read.generate(LAYER + "generate A = L").options()).isEqualTo(Generate.Options.DEFAULT);
        assertThat(Read.generate(
                                LAYER
                                        + "generate A = L { type = double; target = vector; unroll = full; winograd = none; save = true; parallel = true }")
                        .options())
                .isEqualTo(new Generate.Options(
                        Generate.Options.Type.DOUBLE,
                        Generate.Options.Target.VECTOR,
                        Generate.Options.Unroll.FULL,
                        false,
                        true,
                        true));
    }

    @Test
    void aClassIsNamedInItsFilesPackage() {
        Generate generate = Read.generate("package com.acme.layers; import adjoint.pool.MaxPool2d;"
                + " /** Pools. */ generate Pool = MaxPool2d[K = 2, S = 2]");
        assertThat(generate.javaPackage()).isEqualTo("com.acme.layers");
        assertThat(generate.layer().packageName()).isEqualTo("adjoint.pool");
        assertThat(generate.layer().doc()).isEqualTo("Pools.");
    }
}

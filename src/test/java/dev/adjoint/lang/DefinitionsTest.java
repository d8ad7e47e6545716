package dev.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Definitions: sizes bind by matching, slices, names that do not collide. */
class DefinitionsTest {
    private static String y(String definitions, String right) {
        Layer layer = Read.layer(definitions + """

                layer L[N, M] {
                    input x[N, M]
                    input z[M]
                    output y[i < N, j < M] = %s
                }
                """.formatted(right));
        return Read.equation(layer, "y").substring("y[i < N, j < M] = ".length());
    }

    @Test
    void sizesBindByMatching() {
        String product = "def product(a[P, Q], b[Q, R])[p < P, r < R] = sum[q](a[p, q] * b[q, r])"
                + " def transposed(a[P, Q])[q < Q, p < P] = a[p, q]";
        assertThat(y(product, "product(x, transposed(x))[i, 0] * z[j]"))
                .isEqualTo("sum[q < M](x[i, q] * x[0, q]) * z[j]");
    }

    @Test
    void aSliceIsATensorOfFewerAxes() {
        assertThat(y("def total(a[P]) = sum[p](a[p])", "total(x[i, :]) + total(x[:, j])"))
                .isEqualTo("sum[p < M](x[i, p]) + sum[p < N](x[p, j])");
    }

    @Test
    void anIndexOfADefinitionNeverCapturesOneOfTheCaller() {
        assertThat(y("def total(a[P]) = sum[i](a[i])", "total(x[i, :]) * z[j]"))
                .isEqualTo("sum[i1 < M](x[i, i1]) * z[j]");
        assertThat(y("def scaled(a, b[P]) = sum[i](a * b[i])", "scaled(x[i, j], z)"))
                .isEqualTo("sum[i1 < M](x[i, j] * z[i1])");
    }

    @Test
    void aScalarArgumentIsAnyValue() {
        assertThat(y("def square(a) = a * a", "square(x[i, j] + 1)")).isEqualTo("(x[i, j] + 1) * (x[i, j] + 1)");
    }

    @Test
    void aDefinitionOfAnotherIsExpanded() {
        assertThat(y("def twice(a) = 2 * a def four(a) = twice(twice(a))", "four(z[j])"))
                .isEqualTo("4 * z[j]");
    }

    @Test
    void aDefinitionOfTheLayerSeesNoneOfItsTensors() {
        Layer layer = Read.layer("layer L[N] { def half(a) = a / 2 input x[N] output y[i < N] = half(x[i]) }");
        assertThat(Read.equation(layer, "y")).isEqualTo("y[i < N] = 1/2 * x[i]");
    }

    @Test
    void aDefinitionIsReadWithPaddingOutsideOfItsRange() {
        assertThat(y("def twice(a[P])[p < P] = 2 * a[p]", "pad(twice(z)[j-1])"))
                .isEqualTo("0 <= j-1 < M ? 2 * z[j-1] : 0");
    }
}

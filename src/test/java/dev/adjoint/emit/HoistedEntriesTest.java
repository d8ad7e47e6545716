package dev.adjoint.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is computed once for more places than are used reads no entry of an integer tensor that is not there. */
class HoistedEntriesTest {
    private static double largestError(String layer, Map<String, Long> sizes) {
        Generate generate = Specs.parse(
                        "hoisted.layer", "package hoisted; " + layer + " generate C = L", Importers.library())
                .generates()
                .get(0);
        return Agreement.largestError(generate, Derive.derive(generate.layer()), sizes);
    }

    @Test
    void aSumUnderAShiftedIndex() {
        String layer = "layer L[T, D, V] { input q[T+1, D] const int t[T] < V param e[V, D]"
                + " output y[i < T] = sigmoid(sum[d < D](q[i+1,d] * e[t[i],d])) }";
        assertThat(largestError(layer, Map.of("T", 3L, "D", 2L, "V", 5L))).isLessThan(1e-4);
        assertThat(largestError(layer, Map.of("T", 1L, "D", 7L, "V", 2L))).isLessThan(1e-4);
    }

    @Test
    void aSumThatIsUsedForTheFirstEntryAlone() {
        String layer = "layer L { input x[3] const int t[1] < 3 const c[3]"
                + " output y[i < 1] = max(x[i], sum[j < 2](c[t[i]])) }";
        assertThat(largestError(layer, Map.of())).isLessThan(1e-4);
    }

    @Test
    void aSumOverALongerAxis() {
        String layer = "layer L[T, M, D, V] { assume T <= M input e[V, D] param p[M, D] const int t[T] < V"
                + " output y[i < T, d < D] = tanh(p[i,d] * sum[k < D](e[t[i],k])) }";
        assertThat(largestError(layer, Map.of("T", 3L, "M", 5L, "D", 2L, "V", 4L)))
                .isLessThan(1e-4);
    }

    @Test
    void anEntryOfAnEntry() {
        String layer = "layer L[T, U, V] { input q[T+2] const int t[T] < U const int u[U] < V param e[V]"
                + " output y[i < T] = q[i+2] * exp(e[u[t[i]]]) }";
        assertThat(largestError(layer, Map.of("T", 3L, "U", 5L, "V", 4L))).isLessThan(1e-4);
    }

    @Test
    void termsAreAddedWhereTwoEntriesSay() {
        String layer = "layer L[T, D, V] { param e[V, D] const int t[T] < V const int u[T, D] < D param s[T]"
                + " output y[i < T, d < D] = e[t[i], u[i,d]] * s[i] }";
        assertThat(largestError(layer, Map.of("T", 7L, "D", 3L, "V", 2L))).isLessThan(1e-4);
        assertThat(largestError(layer, Map.of("T", 1L, "D", 1L, "V", 5L))).isLessThan(1e-4);
    }
}

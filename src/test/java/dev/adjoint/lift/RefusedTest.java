package dev.adjoint.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import org.junit.jupiter.api.Test;

/** What cannot be read is refused, with its place; what is wrong is lifted as it is, and is not true. */
class RefusedTest {
    private static final String LAYER = """
            layer L[N, K] {
                assume K <= N
                input x[N]  param w[K]
                output y[i < N-K+1] = sum[k < K](w[k] * x[i+k])
                verify grad %s by T#f(delta = dy, result = %s)
            }
            """;

    private static void refused(String code, String message, String method) {
        refused(code, message, "x", method);
    }

    private static void refused(String code, String message, String tensor, String method) {
        AdjointException e = catchThrowableOfType(
                AdjointException.class,
                () -> new LiftCase(LAYER.formatted(tensor, "d" + tensor), "class T {\n" + method + "\n}\n"));
        assertThat(e).as("%s is refused", method).isNotNull();
        Diagnostic first = e.diagnostics().get(0);
        assertThat(first.code() + " " + first.message()).startsWith(code).contains(message);
        assertThat(first.place()).isNotNull();
    }

    @Test
    void anIterationThatNeedsAnEarlierOne() {
        refused("J014", "`dx`", """
                static void f(float[] dy, float[] dx, int N) {
                    for (int i = 1; i < N; i++) dx[i] = dx[i - 1] + dy[0];
                }""");
    }

    @Test
    void aLoopThatEndsWhenDataSaysSo() {
        refused("J013", "cannot be counted", """
                static void f(float[] dy, float[] dx, int N) {
                    int i = 0;
                    while (i < N && dy[0] > i) { dx[i] = 1; i++; }
                }""");
        refused("J013", "break", """
                static void f(float[] dy, float[] dx, int N) {
                    for (int i = 0; i < N; i++) { dx[i] = 1; if (dy[0] > 0) break; }
                }""");
    }

    @Test
    void anAccessThatMayLieOutside() {
        refused("J020", "is not shown to be below `N-K+1`", """
                static void f(float[] dy, float[] dx, int N) {
                    for (int i = 0; i < N; i++) dx[i] += dy[i];
                }""");
    }

    @Test
    void streamsLambdasAndOtherObjects() {
        refused("J011", "cannot be read", """
                static void f(float[] dy, float[] dx, int N) {
                    java.util.stream.IntStream.range(0, N).forEach(i -> dx[i] = 0);
                }""");
        refused("J010", "try", """
                static void f(float[] dy, float[] dx, int N) {
                    try { dx[0] = 1; } finally { }
                }""");
        refused("J011", "recursive", """
                static void f(float[] dy, float[] dx, int N) { g(dx, N); }
                static void g(float[] a, int n) { g(a, n); }""");
    }

    @Test
    void anIntThatIsNoSize() {
        refused("J006", "`stride`", """
                static void f(float[] dy, float[] dx, int N, int stride) {
                    for (int i = 0; i < N; i += stride) dx[i] = 0;
                }""");
    }

    @Test
    void aResultScaledByWhatWasThere() {
        refused("J021", "held before", """
                static void f(float[] dy, float[] dx, int N) {
                    for (int i = 0; i < N; i++) dx[i] = dx[i] * 2;
                }""");
    }

    @Test
    void exceptionsThatMayBeThrown() {
        refused("J016", "thrown", """
                static void f(float[] dy, float[] dx, int N) {
                    if (N < 3) throw new IllegalArgumentException();
                    for (int i = 0; i < N; i++) dx[i] = 0;
                }""");
    }

    @Test
    void aCheckThatTheLayerAnswersIsNoObstacle() {
        LiftCase it = new LiftCase(LAYER.formatted("x", "dx"), """
                class T {
                    static void f(float[] dy, float[] w, float[] dx) {
                        if (dy == null || dy.length + w.length - 1 != dx.length) throw new IllegalArgumentException();
                        for (int i = 0; i < dy.length; i++)
                            for (int k = 0; k < w.length; k++) dx[i + k] += dy[i] * w[k];
                    }
                }
                """);
        assertThat(it.isTrueOfTheLayer(3)).isTrue();
    }

    @Test
    void theVariableOfAnotherTensorIsNotTaken() {
        refused("J012", "`lr`", """
                static void f(float[] dy, float[] dx, int N) {
                    for (int i = 0; i < N; i++) dx[i] = lr * dy[0];
                }""");
    }

    // ---- wrong, and read as it is

    private static LiftCase wrong(String tensor, String source) {
        LiftCase it = new LiftCase(LAYER.formatted(tensor, "d" + tensor), "class T {\n" + source + "\n}\n");
        it.assertRunsAsLifted(11);
        assertThat(it.isTrueOfTheLayer(11))
                .as("%s is the gradient", it.lifted.equation())
                .isFalse();
        return it;
    }

    @Test
    void whereOverlapsMustAddTheLastWriteWins() {
        LiftCase it = wrong("x", """
                static void f(double[] dy, double[] w, double[] dx) {
                    for (int i = 0; i < dy.length; i++)
                        for (int k = 0; k < w.length; k++)
                            dx[i + k] = dy[i] * w[k];
                }""");
        assertThat(it.lifted.equation()).doesNotContain("sum");
    }

    @Test
    void aFlippedKernel() {
        wrong("x", """
                static void f(double[] dy, double[] w, double[] dx) {
                    for (int i = 0; i < dy.length; i++)
                        for (int k = 0; k < w.length; k++)
                            dx[i + k] += dy[i] * w[w.length - 1 - k];
                }""");
    }

    @Test
    void aBoundThatIsOneShort() {
        wrong("w", """
                static void f(double[] dy, double[] x, double[] dw) {
                    for (int k = 0; k < dw.length; k++)
                        for (int i = 0; i < dy.length - 1; i++)
                            dw[k] += dy[i] * x[i + k];
                }""");
    }

    @Test
    void zeroedWithinTheLoop() {
        wrong("x", """
                static void f(double[] dy, double[] w, double[] dx) {
                    for (int i = 0; i < dy.length; i++) {
                        dx[i] = 0;
                        for (int k = 0; k < w.length; k++) dx[i + k] += dy[i] * w[k];
                    }
                }""");
    }

    @Test
    void halfOfAnIntIsAnInt() {
        LiftCase it = wrong("w", """
                static void f(double[] dy, double[] x, double[] dw) {
                    for (int k = 0; k < dw.length; k++)
                        for (int i = 0; i < dy.length; i++)
                            dw[k] += 3 / 2 * dy[i] * x[i + k] + 1 / 2;
                    dw[0] += 1;
                }""");
        assertThat(it.lifted.equation()).doesNotContain("/");
    }
}

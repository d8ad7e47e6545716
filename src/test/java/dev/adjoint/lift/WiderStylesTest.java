package dev.adjoint.lift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** More ways in which passes are written. */
class WiderStylesTest {
    private static LiftCase check(String layer, String source) {
        LiftCase it = new LiftCase(layer, source);
        it.assertRunsAsLifted(5);
        assertThat(it.isTrueOfTheLayer(5))
                .as("%s is true", it.lifted.equation())
                .isTrue();
        return it;
    }

    @Test
    void sizesThatTheMethodFixes() {
        LiftCase it = check("""
                layer Conv[N, H, K, S] {
                    assume S >= 1 && K <= H
                    input o[N, H]  param w[K]
                    output x[n < N, i < (H-K) div S + 1] = sum[k < K](w[k] * o[n, i*S+k])
                    verify grad w by T#back(delta = dy, o = in, N = 1, S = 1, H-K+1 = outH, 1 = stride, result = dw)
                }
                """, """
                class T {
                    static void back(float[] dy, float[] in, float[] dw, int outH, int stride) {
                        for (int i = 0; i < outH; i++)
                            for (int k = 0; k < dw.length; k++) dw[k] += dy[i] * in[i * stride + k];
                    }
                }
                """);
        assertThat(it.lifted.sizes()).containsEntry("N", 1L).containsEntry("S", 1L);
    }

    @Test
    void winnersOfPaddedWindows() {
        check("""
                layer Pool[H, W, K, S, P] {
                    assume S >= 1 && P >= 0 && K >= 1 && 2*P <= K && K <= H + 2*P && K <= W + 2*P
                    input o[H, W]
                    output y[i < (H+2*P-K) div S + 1, j < (W+2*P-K) div S + 1] =
                        max[k < K, l < K](pad(o[i*S+k-P, j*S+l-P], -inf))
                    verify grad o by T#back(delta = dy, result = dx)
                }
                """, """
                class T {
                    static void back(double[][] dy, double[][] o, double[][] dx, int K, int S, int P) {
                        for (double[] row : dx) java.util.Arrays.fill(row, 0);
                        for (int i = 0; i < dy.length; i++)
                            for (int j = 0; j < dy[i].length; j++) {
                                double max = Double.NEGATIVE_INFINITY;
                                int mi = 0, mj = 0;
                                for (int k = 0; k < K; k++) {
                                    int y = i * S + k - P;
                                    if (y < 0 || y >= o.length) continue;
                                    for (int l = 0; l < K; l++) {
                                        int x = j * S + l - P;
                                        if (x < 0 || x >= o[y].length) continue;
                                        if (o[y][x] > max) { max = o[y][x]; mi = y; mj = x; }
                                    }
                                }
                                dx[mi][mj] += dy[i][j];
                            }
                    }
                }
                """);
    }

    @Test
    void theFirstEntryIsTheFirstWinner() {
        check("""
                layer Max[N, K] {
                    input x[N, K]
                    output y[n < N] = max[k < K](x[n,k])
                    verify grad x by T#back(delta = dy, result = dx)
                }
                """, """
                class T {
                    static void back(double[] dy, double[][] x, double[][] dx) {
                        for (int n = 0; n < x.length; n++) {
                            int win = 0;
                            double best = x[n][0];
                            for (int k = 1; k < x[n].length; k++) {
                                if (best < x[n][k]) {
                                    best = x[n][k];
                                    win = k;
                                }
                            }
                            for (int k = 0; k < x[n].length; k++) dx[n][k] = k == win ? dy[n] : 0;
                        }
                    }
                }
                """);
    }

    @Test
    void weightsUpdatedWhereTheyAreRead() {
        check("""
                layer Dense[I, K] {
                    input o[I]  param w[K, I]
                    output x[k < K] = sum[i < I](w[k,i] * o[i])
                    verify grad o by T#back(delta = dy, w = weights, o = input)
                }
                """, """
                class T {
                    private double[][] weights;
                    private double[] input;
                    private double rate = 0.5;
                    double[] back(double[] dy) {
                        double[] dx = new double[input.length];
                        for (int k = 0; k < dy.length; k++) {
                            double g = dy[k];
                            for (int i = 0; i < dx.length; i++) {
                                dx[i] += weights[k][i] * g;
                                weights[k][i] -= rate * g * input[i];
                            }
                        }
                        return dx;
                    }
                }
                """);
    }
}

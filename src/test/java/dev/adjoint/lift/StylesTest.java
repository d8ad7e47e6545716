package dev.adjoint.lift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Backward and forward passes as they are written by hand, each read as an equation that is true. */
class StylesTest {
    private static final String CONV = """
            layer Conv[C, H, W, D, K1, K2] {
                input o[C, H, W]  param w[D, C, K1, K2]  param b[D]
                output x[d < D, i < H-K1+1, j < W-K2+1] =
                    sum[c < C, m < K1, n < K2](w[d,c,m,n] * o[c, i+m, j+n]) + b[d]
                %s
            }
            """;

    private static LiftCase conv(String verify, String source) {
        return check(CONV.formatted(verify), source);
    }

    private static LiftCase check(String layer, String source) {
        LiftCase it = new LiftCase(layer, source);
        System.out.println(it.lifted.equation() + "\n    " + it.lifted.layout() + "\n    " + it.lifted.notes());
        it.assertRunsAsLifted(7);
        assertThat(it.isTrueOfTheLayer(7)).as("%s is true", it.lifted.equation()).isTrue();
        it.assertPastesBack(layer);
        return it;
    }

    @Test
    void nestedArraysScattered() {
        conv("verify grad o by T#back(delta = dy, result = dx)", """
                class T {
                    static void back(float[][][] dy, float[][][][] w, float[][][] dx) {
                        for (int d = 0; d < dy.length; d++)
                            for (int i = 0; i < dy[0].length; i++)
                                for (int j = 0; j < dy[0][0].length; j++)
                                    for (int c = 0; c < dx.length; c++)
                                        for (int m = 0; m < w[0][0].length; m++)
                                            for (int n = 0; n < w[0][0][0].length; n++)
                                                dx[c][i + m][j + n] += dy[d][i][j] * w[d][c][m][n];
                    }
                }
                """);
    }

    @Test
    void flatWithComputedOffsets() {
        conv("verify grad w by T#back(delta = dy, o = in, result = dw)", """
                class T {
                    static void back(float[] dy, float[] in, float[] dw, int C, int H, int W, int D, int K1, int K2) {
                        int P = H - K1 + 1;
                        int Q = W - K2 + 1;
                        for (int i = 0; i < dw.length; i++) dw[i] = 0f;
                        for (int d = 0; d < D; d++) {
                            for (int c = 0; c < C; c++) {
                                for (int m = 0; m < K1; m++) {
                                    for (int n = 0; n < K2; n++) {
                                        float sum = 0;
                                        for (int i = 0; i < P; i++) {
                                            for (int j = 0; j < Q; j++) {
                                                sum += dy[(d * P + i) * Q + j] * in[(c * H + i + m) * W + j + n];
                                            }
                                        }
                                        dw[((d * C + c) * K1 + m) * K2 + n] = sum;
                                    }
                                }
                            }
                        }
                    }
                }
                """);
    }

    @Test
    void pointersThatAreIncremented() {
        conv("verify grad b by T#back(delta = dy, result = db)", """
                class T {
                    static void back(double[] dy, double[] db, int H, int W, int K1, int K2) {
                        int idx = 0;
                        for (int d = 0; d < db.length; d++) {
                            double s = 0.0;
                            for (int i = 0; i < H - K1 + 1; i++)
                                for (int j = 0; j < W - K2 + 1; j++)
                                    s += dy[idx++];
                            db[d] = s;
                        }
                    }
                }
                """);
    }
}

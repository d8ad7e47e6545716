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
        it.assertRunsAsLifted(7);
        assertThat(it.isTrueOfTheLayer(7))
                .as("%s is true", it.lifted.equation())
                .isTrue();
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

    @Test
    void gatherWithBoundaryChecksThatContinue() {
        conv("verify grad o by T#back(delta = dy)", """
                class T {
                    static double[][][] back(double[][][] dy, double[][][][] w, int H, int W) {
                        int D = w.length, C = w[0].length, kh = w[0][0].length, kw = w[0][0][0].length;
                        double[][][] dx = new double[C][H][W];
                        for (int c = 0; c < C; c++) {
                            for (int y = 0; y < H; y++) {
                                for (int x = 0; x < W; x++) {
                                    double acc = 0;
                                    for (int d = 0; d < D; d++) {
                                        for (int m = 0; m < kh; m++) {
                                            int oy = y - m;
                                            if (oy < 0 || oy >= dy[d].length) continue;
                                            for (int n = 0; n < kw; n++) {
                                                int ox = x - n;
                                                if (ox < 0 || ox >= dy[d][oy].length) {
                                                    continue;
                                                }
                                                acc += dy[d][oy][ox] * w[d][c][m][n];
                                            }
                                        }
                                    }
                                    dx[c][y][x] = acc;
                                }
                            }
                        }
                        return dx;
                    }
                }
                """);
    }

    @Test
    void forwardWithLocalsAndBias() {
        conv("verify x by T#forward(o = in)", """
                class T {
                    static float[][][] forward(float[][][] in, float[][][][] w, float[] b) {
                        final int outH = in[0].length - w[0][0].length + 1;
                        final int outW = in[0][0].length - w[0][0][0].length + 1;
                        float[][][] out = new float[w.length][outH][outW];
                        for (int d = 0; d < w.length; d++) {
                            for (int i = 0; i < outH; i++) {
                                for (int j = 0; j < outW; j++) {
                                    float sum = b[d];
                                    for (int c = 0; c < in.length; c++) {
                                        float[][] plane = in[c];
                                        float[][] kernel = w[d][c];
                                        for (int m = 0; m < kernel.length; m++) {
                                            float[] row = plane[i + m];
                                            for (int n = 0; n < kernel[m].length; n++) {
                                                sum = Math.fma(row[j + n], kernel[m][n], sum);
                                            }
                                        }
                                    }
                                    out[d][i][j] = sum;
                                }
                            }
                        }
                        return out;
                    }
                }
                """);
    }

    @Test
    void fieldsZeroedByRowsAndBothGradientsAtOnce() {
        String source = """
                import java.util.Arrays;
                class T {
                    private float[][][][] weights;
                    private float[][][] input;
                    private float[][][][] gradW;
                    private float[] gradB;
                    float[][][] back(float[][][] gradOut, int C, int D, int K1, int K2) {
                        int H = input[0].length, W = input[0][0].length;
                        int outH = gradOut[0].length, outW = gradOut[0][0].length;
                        for (int f = 0; f < D; f++) {
                            gradB[f] = 0;
                            for (int c = 0; c < C; c++)
                                for (int i = 0; i < K1; i++) Arrays.fill(gradW[f][c][i], 0);
                        }
                        float[][][] gradIn = new float[C][H][W];
                        for (int f = 0; f < D; f++) {
                            for (int i = 0; i < outH; i++) {
                                for (int j = 0; j < outW; j++) {
                                    float g = gradOut[f][i][j];
                                    gradB[f] += g;
                                    for (int c = 0; c < C; c++) {
                                        for (int ki = 0; ki < K1; ki++) {
                                            for (int kj = 0; kj < K2; kj++) {
                                                gradW[f][c][ki][kj] += g * input[c][i + ki][j + kj];
                                                gradIn[c][i + ki][j + kj] += g * weights[f][c][ki][kj];
                                            }
                                        }
                                    }
                                }
                            }
                        }
                        return gradIn;
                    }
                }
                """;
        conv("verify grad w by T#back(delta = gradOut, o = input, w = weights, result = gradW)", source);
        conv("verify grad o by T#back(delta = gradOut, o = input, w = weights)", source);
        conv("verify grad b by T#back(delta = gradOut, o = input, w = weights, result = this.gradB)", source);
    }

    @Test
    void helpersOfTheSameClass() {
        conv("verify grad o by T#back(delta = dy, result = dx)", """
                class T {
                    private static int at(int c, int y, int x, int height, int width) {
                        return (c * height + y) * width + x;
                    }
                    private static boolean inside(int v, int n) {
                        return v >= 0 && v < n;
                    }
                    static void back(double[] dy, double[] w, double[] dx, int C, int H, int W, int D, int K1, int K2) {
                        int P = H - K1 + 1, Q = W - K2 + 1;
                        for (int c = 0; c < C; c++)
                            for (int y = 0; y < H; y++)
                                for (int x = 0; x < W; x++)
                                    dx[at(c, y, x, H, W)] = pixel(dy, w, c, y, x, C, D, K1, K2, P, Q);
                    }
                    private static double pixel(double[] dy, double[] w, int c, int y, int x, int C, int D, int K1, int K2,
                            int P, int Q) {
                        double sum = 0;
                        for (int d = 0; d < D; d++)
                            for (int m = 0; m < K1; m++)
                                for (int n = 0; n < K2; n++)
                                    if (inside(y - m, P) && inside(x - n, Q))
                                        sum += dy[at(d, y - m, x - n, P, Q)] * w[((d * C + c) * K1 + m) * K2 + n];
                        return sum;
                    }
                }
                """);
    }

    @Test
    void channelsLastByItsOffsets() {
        conv("verify grad w by T#back(delta = dy, o = in, result = dw)", """
                class T {
                    static void back(float[] dy, float[] in, float[] dw, int C, int H, int W, int D, int K1, int K2) {
                        int P = H - K1 + 1, Q = W - K2 + 1;
                        java.util.Arrays.fill(dw, 0f);
                        for (int i = 0; i < P; i++)
                            for (int j = 0; j < Q; j++)
                                for (int m = 0; m < K1; m++)
                                    for (int n = 0; n < K2; n++)
                                        for (int c = 0; c < C; c++)
                                            for (int d = 0; d < D; d++)
                                                dw[((m * K2 + n) * C + c) * D + d] +=
                                                        dy[(i * Q + j) * D + d] * in[((i + m) * W + (j + n)) * C + c];
                    }
                }
                """);
    }

    @Test
    void loopsThatRunBackwards() {
        conv("verify grad o by T#back(delta = dy, result = dx)", """
                class T {
                    static void back(double[][][] dy, double[][][][] w, double[][][] dx) {
                        int K1 = w[0][0].length, K2 = w[0][0][0].length;
                        for (int c = dx.length - 1; c >= 0; c--)
                            for (int p = dx[c].length - 1; p > -1; --p)
                                for (int q = dx[c][p].length - 1; q >= 0; q -= 1) {
                                    dx[c][p][q] = 0;
                                    for (int d = 0; d != dy.length; d++)
                                        for (int m = Math.max(0, p - dy[d].length + 1); m <= Math.min(K1 - 1, p); m++)
                                            for (int n = Math.min(K2 - 1, q); n >= 0 && q - n < dy[d][0].length; n--)
                                                dx[c][p][q] += w[d][c][m][n] * dy[d][p - m][q - n];
                                }
                    }
                }
                """);
    }

    private static final String STRIDED = """
            layer Conv[C, H, W, D, K, S, P] {
                assume S >= 1 && P >= 0 && K >= 1 && K <= H + 2*P && K <= W + 2*P
                input o[C, H, W]  param w[D, C, K, K]
                output x[d < D, i < (H+2*P-K) div S + 1, j < (W+2*P-K) div S + 1] =
                    sum[c < C, m < K, n < K](w[d,c,m,n] * pad(o[c, i*S+m-P, j*S+n-P]))
                %s
            }
            """;

    @Test
    void strideAndPaddingWithAGuard() {
        check(STRIDED.formatted("verify grad w by T#back(delta = dy, o = in, S = stride, P = pad)"), """
                class T {
                    static double[][][][] back(double[][][] dy, double[][][] in, int stride, int pad, int K) {
                        double[][][][] dw = new double[dy.length][in.length][K][K];
                        for (int d = 0; d < dy.length; d++) {
                            for (int oy = 0; oy < dy[d].length; oy++) {
                                for (int ox = 0; ox < dy[d][oy].length; ox++) {
                                    double g = dy[d][oy][ox];
                                    for (int c = 0; c < in.length; c++) {
                                        for (int ky = 0; ky < K; ky++) {
                                            int iy = oy * stride - pad + ky;
                                            if (iy < 0 || iy >= in[c].length) continue;
                                            for (int kx = 0; kx < K; kx++) {
                                                int ix = ox * stride - pad + kx;
                                                if (ix >= 0 && ix < in[c][iy].length) {
                                                    dw[d][c][ky][kx] += g * in[c][iy][ix];
                                                }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                        return dw;
                    }
                }
                """);
    }

    @Test
    void gatherThatAsksForDivisibility() {
        check(STRIDED.formatted("verify grad o by T#back(delta = dy, result = dx)"), """
                class T {
                    static void back(float[] dy, float[] w, float[] dx, int C, int H, int W, int D, int K, int S, int P) {
                        int outH = (H + 2 * P - K) / S + 1;
                        int outW = (W + 2 * P - K) / S + 1;
                        for (int c = 0; c < C; c++)
                            for (int h = 0; h < H; h++)
                                for (int v = 0; v < W; v++) {
                                    float sum = 0f;
                                    for (int d = 0; d < D; d++)
                                        for (int ky = 0; ky < K; ky++)
                                            for (int kx = 0; kx < K; kx++) {
                                                int a = h + P - ky;
                                                int b = v + P - kx;
                                                if (a % S != 0 || b % S != 0) continue;
                                                int oy = a / S;
                                                int ox = b / S;
                                                if (oy >= 0 && oy < outH && ox >= 0 && ox < outW)
                                                    sum += dy[(d * outH + oy) * outW + ox] * w[((d * C + c) * K + ky) * K + kx];
                                            }
                                    dx[(c * H + h) * W + v] = sum;
                                }
                    }
                }
                """);
    }

    @Test
    void twoCountersAtOnce() {
        check(STRIDED.formatted("verify grad o by T#back(delta = dy, C = depth, S = stride, P = padding)"), """
                class T {
                    static double[][][] back(double[][][] dy, double[][][][] w, int depth, int H, int W, int stride, int padding) {
                        double[][][] dx = new double[depth][H][W];
                        int K = w[0][0].length;
                        for (int d = 0; d < dy.length; d++) {
                            int y = -padding;
                            for (int oy = 0; oy < dy[0].length; y += stride, oy++) {
                                int x = -padding;
                                for (int ox = 0; ox < dy[0][0].length; x += stride, ox++) {
                                    double chain = dy[d][oy][ox];
                                    for (int fy = 0; fy < K; fy++) {
                                        int iy = y + fy;
                                        for (int fx = 0; fx < K; fx++) {
                                            int ix = x + fx;
                                            if (iy >= 0 && iy < H && ix >= 0 && ix < W) {
                                                for (int c = 0; c < depth; c++) {
                                                    dx[c][iy][ix] += w[d][c][fy][fx] * chain;
                                                }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                        return dx;
                    }
                }
                """);
    }

    private static final String POOL = """
            layer Pool[C, H, W, K, S] {
                assume S >= 1 && K >= 1 && K <= H && K <= W
                input o[C, H, W]
                output y[c < C, i < (H-K) div S + 1, j < (W-K) div S + 1] = max[k < K, l < K](o[c, i*S+k, j*S+l])
                %s
            }
            """;

    @Test
    void winnersInLocals() {
        check(POOL.formatted("verify grad o by T#back(delta = dy, o = x, result = dx)"), """
                class T {
                    static void back(float[][][] dy, float[][][] x, float[][][] dx, int K, int S) {
                        for (int c = 0; c < dy.length; c++)
                            for (int i = 0; i < dy[c].length; i++)
                                for (int j = 0; j < dy[c][i].length; j++) {
                                    float best = Float.NEGATIVE_INFINITY;
                                    int bi = -1, bj = -1;
                                    for (int k = 0; k < K; k++)
                                        for (int l = 0; l < K; l++)
                                            if (x[c][i * S + k][j * S + l] > best) {
                                                best = x[c][i * S + k][j * S + l];
                                                bi = i * S + k;
                                                bj = j * S + l;
                                            }
                                    dx[c][bi][bj] += dy[c][i][j];
                                }
                    }
                }
                """);
    }

    @Test
    void winnersFromTheFirstEntryInAFlatIndex() {
        check(POOL.formatted("verify grad o by T#back(delta = dy, o = x, result = dx)"), """
                class T {
                    static void back(double[] dy, double[] x, double[] dx, int C, int H, int W, int K, int S) {
                        int P = (H - K) / S + 1, Q = (W - K) / S + 1;
                        for (int c = 0; c < C; c++)
                            for (int i = 0; i < P; i++)
                                for (int j = 0; j < Q; j++) {
                                    int arg = (c * H + i * S) * W + j * S;
                                    double max = x[arg];
                                    for (int k = 0; k < K; k++)
                                        for (int l = 0; l < K; l++) {
                                            int at = (c * H + i * S + k) * W + j * S + l;
                                            double v = x[at];
                                            if (v > max) {
                                                max = v;
                                                arg = at;
                                            }
                                        }
                                    dx[arg] += dy[(c * P + i) * Q + j];
                                }
                    }
                }
                """);
    }

    @Test
    void winnersRecordedByTheForwardPass() {
        check(
                POOL.formatted(
                        "verify grad o by T#back(delta = gradOut, o = x, K = size, S = stride, after = forward)"),
                """
                class T {
                    private final int size;
                    private final int stride;
                    private int[][][] maxI, maxJ;
                    private int height, width;
                    T(int size, int stride) {
                        this.size = size;
                        this.stride = stride;
                    }
                    double[][][] forward(double[][][] x) {
                        int C = x.length;
                        height = x[0].length;
                        width = x[0][0].length;
                        int outH = (height - size) / stride + 1, outW = (width - size) / stride + 1;
                        double[][][] out = new double[C][outH][outW];
                        maxI = new int[C][outH][outW];
                        maxJ = new int[C][outH][outW];
                        for (int c = 0; c < C; c++)
                            for (int i = 0; i < outH; i++)
                                for (int j = 0; j < outW; j++) {
                                    double m = Double.NEGATIVE_INFINITY;
                                    for (int di = 0; di < size; di++)
                                        for (int dj = 0; dj < size; dj++) {
                                            int ii = i * stride + di, jj = j * stride + dj;
                                            if (x[c][ii][jj] > m) {
                                                m = x[c][ii][jj];
                                                maxI[c][i][j] = ii;
                                                maxJ[c][i][j] = jj;
                                            }
                                        }
                                    out[c][i][j] = m;
                                }
                        return out;
                    }
                    double[][][] back(double[][][] gradOut) {
                        double[][][] gradIn = new double[gradOut.length][height][width];
                        for (int c = 0; c < gradOut.length; c++)
                            for (int i = 0; i < gradOut[0].length; i++)
                                for (int j = 0; j < gradOut[0][0].length; j++)
                                    gradIn[c][maxI[c][i][j]][maxJ[c][i][j]] += gradOut[c][i][j];
                        return gradIn;
                    }
                }
                """);
    }

    @Test
    void poolingForwardByMathMax() {
        check(POOL.formatted("verify y by T#forward(o = x, K = size, S = stride)"), """
                class T {
                    static float[][][] forward(float[][][] x, int size, int stride) {
                        int rows = (x[0].length - size) / stride + 1;
                        int cols = (x[0][0].length - size) / stride + 1;
                        float[][][] out = new float[x.length][rows][cols];
                        for (int c = 0; c < x.length; c++)
                            for (int r = 0, i = 0; r < rows; r++, i += stride)
                                for (int s = 0, j = 0; s < cols; s++, j += stride)
                                    out[c][r][s] = best(x[c], i, j, size);
                        return out;
                    }
                    private static float best(float[][] plane, int i, int j, int size) {
                        float m = -Float.MAX_VALUE;
                        for (int k = 0; k < size; k++)
                            for (int l = 0; l < size; l++)
                                m = Math.max(m, plane[i + k][j + l]);
                        return m;
                    }
                }
                """);
    }

    @Test
    void averagePoolingDividesByAnInt() {
        check("""
                layer Avg[H, W, K] {
                    assume K >= 1
                    input o[H*K, W*K]
                    output y[i < H, j < W] = sum[k < K, l < K](o[i*K+k, j*K+l]) / (K*K)
                    verify grad o by T#back(delta = dy, K = size)
                }
                """, """
                class T {
                    static double[][] back(double[][] dy, int size) {
                        double[][] dx = new double[dy.length * size][dy[0].length * size];
                        for (int i = 0; i < dx.length; i++)
                            for (int j = 0; j < dx[0].length; j++)
                                dx[i][j] = dy[i / size][j / size] / (size * size);
                        return dx;
                    }
                }
                """);
    }

    @Test
    void denseByRows() {
        String layer = """
                layer Dense[N, I, K] {
                    input o[N, I]  param w[K, I]  param b[K]
                    output x[n < N, k < K] = sum[i < I](w[k,i] * o[n,i]) + b[k]
                    %s
                }
                """;
        String source = """
                class T {
                    static double[][] input(double[][] dy, double[][] weights, int inputs) {
                        double[][] dx = new double[dy.length][inputs];
                        int n = 0;
                        for (double[] error : dy) {
                            for (int k = 0; k < error.length; k++) {
                                double e = error[k];
                                int i = 0;
                                for (double weight : weights[k]) {
                                    dx[n][i] += e * weight;
                                    i++;
                                }
                            }
                            n++;
                        }
                        return dx;
                    }
                    static void weights(double[][] dy, double[][] x, double[][] dw) {
                        int k = 0;
                        while (k < dw.length) {
                            for (int i = 0; i < dw[k].length; i++) {
                                dw[k][i] = 0;
                            }
                            for (int n = 0; n < x.length; n++) {
                                for (int i = 0; i < x[n].length; i++) {
                                    dw[k][i] = dw[k][i] + dy[n][k] * x[n][i];
                                }
                            }
                            k++;
                        }
                    }
                }
                """;
        check(layer.formatted("verify grad o by T#input(delta = dy, w = weights, I = inputs)"), source);
        check(layer.formatted("verify grad w by T#weights(delta = dy, o = x, result = dw)"), source);
    }

    @Test
    void paddedCopyThenValid() {
        check("""
                layer Corr[H, W, K] {
                    assume K <= H && K <= W
                    input o[H, W]  param w[K, K]
                    output x[i < H-K+1, j < W-K+1] = sum[m < K, n < K](w[m,n] * o[i+m, j+n])
                    verify grad o by T#back(delta = dy, w = kernel)
                }
                """, """
                class T {
                    static double[][] rotate(double[][] a) {
                        int m = a.length, n = a[0].length;
                        double[][] r = new double[m][n];
                        for (int i = 0; i < m; i++)
                            for (int j = 0; j < n; j++)
                                r[i][j] = a[m - 1 - i][n - 1 - j];
                        return r;
                    }
                    static double[][] valid(double[][] matrix, double[][] kernel) {
                        int km = kernel.length, kn = kernel[0].length;
                        int rows = matrix.length - km + 1, cols = matrix[0].length - kn + 1;
                        double[][] out = new double[rows][cols];
                        for (int i = 0; i < rows; i++)
                            for (int j = 0; j < cols; j++) {
                                double sum = 0.0;
                                for (int ki = 0; ki < km; ki++)
                                    for (int kj = 0; kj < kn; kj++)
                                        sum += matrix[i + ki][j + kj] * kernel[ki][kj];
                                out[i][j] = sum;
                            }
                        return out;
                    }
                    static double[][] full(double[][] matrix, double[][] kernel) {
                        int m = matrix.length, n = matrix[0].length;
                        int km = kernel.length, kn = kernel[0].length;
                        double[][] extended = new double[m + 2 * (km - 1)][n + 2 * (kn - 1)];
                        for (int i = 0; i < m; i++)
                            for (int j = 0; j < n; j++)
                                extended[i + km - 1][j + kn - 1] = matrix[i][j];
                        return valid(extended, kernel);
                    }
                    static double[][] back(double[][] dy, double[][] kernel) {
                        return full(dy, rotate(kernel));
                    }
                }
                """);
    }

    @Test
    void activationsByConditions() {
        String relu = """
                layer Relu[N] { input x[N] output y[i < N] = relu(x[i]) verify grad x by T#back(delta = dy) }
                """;
        check(relu, """
                class T {
                    static float[] back(float[] dy, float[] x) {
                        float[] dx = new float[x.length];
                        for (int i = 0; i < x.length; i++) {
                            dx[i] = x[i] > 0 ? dy[i] : 0;
                        }
                        return dx;
                    }
                }
                """);
        check(relu, """
                class T {
                    static float[] back(float[] dy, float[] x) {
                        float[] dx = dy.clone();
                        for (int i = 0; i < x.length; i++) if (x[i] <= 0) dx[i] = 0;
                        return dx;
                    }
                }
                """);
    }
}

package com.acme;

/** A layer as it is written by hand. */
public final class Correlation {
    private Correlation() {}

    /** The gradient of the kernel; the spec holds it to that. */
    public static void weights(float[] dy, float[] o, float[] dw, int H, int W, int K1, int K2) {
        int rows = H - K1 + 1;
        int cols = W - K2 + 1;
        for (int m = 0; m < K1; m++) {
            for (int n = 0; n < K2; n++) {
                float sum = 0;
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < cols; j++) {
                        sum += dy[i * cols + j] * o[(i + m) * W + j + n];
                    }
                }
                dw[m * K2 + n] = sum;
            }
        }
    }

    /**
     * The gradient of the bias of a dense layer, summed over the samples.
     * verify adjoint.dense.Dense grad b (delta = dy, result = db)
     */
    public static void bias(float[][] dy, float[] db) {
        for (int k = 0; k < db.length; k++) {
            float sum = 0;
            for (int n = 0; n < dy.length; n++) {
                sum += dy[n][k];
            }
            db[k] = sum;
        }
    }
}

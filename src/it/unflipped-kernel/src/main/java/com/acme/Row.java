package com.acme;

/** The same mistake in one dimension, in Java. */
public final class Row {
    private Row() {}

    /** verify com.acme.layers.Row grad o (delta = dy, result = dx) */
    public static void input(float[] dy, float[] w, float[] dx, int W, int K) {
        for (int q = 0; q < W; q++) {
            float sum = 0;
            for (int n = 0; n < K; n++) {
                int j = q + n - K + 1;
                if (j >= 0 && j < W - K + 1) {
                    sum += dy[j] * w[n];
                }
            }
            dx[q] = sum;
        }
    }
}

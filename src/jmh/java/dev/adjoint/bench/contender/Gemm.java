package dev.adjoint.bench.contender;

import dev.ludovic.netlib.blas.BLAS;

/**
 * Products of matrices in row-major order, by a BLAS that knows columns only: what it takes for Cᵀ = Bᵀ Aᵀ is C = A B.
 * Each array is followed by the place where its matrix starts.
 */
record Gemm(BLAS blas) {
    /** C[m, n] = A[m, k] · B[k, n] + keep · C. */
    void times(int m, int n, int k, float[] a, int atA, float[] b, int atB, float[] c, int atC, float keep) {
        blas.sgemm("N", "N", n, m, k, 1, b, atB, n, a, atA, k, keep, c, atC, n);
    }

    /** C[m, n] = C + A[m, k] · B[n, k]ᵀ. */
    void addTimesTransposed(int m, int n, int k, float[] a, int atA, float[] b, int atB, float[] c, int atC) {
        blas.sgemm("T", "N", n, m, k, 1, b, atB, k, a, atA, k, 1, c, atC, n);
    }

    /** C[m, n] = A[k, m]ᵀ · B[k, n]. */
    void transposedTimes(int m, int n, int k, float[] a, int atA, float[] b, int atB, float[] c, int atC) {
        blas.sgemm("N", "T", n, m, k, 1, b, atB, n, a, atA, m, 0, c, atC, n);
    }
}

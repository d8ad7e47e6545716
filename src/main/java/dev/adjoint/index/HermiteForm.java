package dev.adjoint.index;

import java.math.BigInteger;

/**
 * The column Hermite normal form {@code A·U = H}, {@code det U = ±1}: {@code H} is in lower echelon form, its pivots are
 * positive, and what stands left of a pivot is at least 0 and below it. {@code H} is unique: two matrices have the same
 * one exactly if their columns span the same lattice.
 *
 * @param h the normal form
 * @param u the unimodular change of the variables, {@code x = U·y}
 * @param rank the number of columns of {@code h} that are not zero; they come first
 */
public record HermiteForm(IntMatrix h, IntMatrix u, int rank) {
    public static HermiteForm of(IntMatrix a) {
        // Columns are rows of the transpose: row operations move whole arrays.
        BigInteger[][] h = a.transpose().copy();
        BigInteger[][] u = IntMatrix.identity(a.columns()).copy();
        int rank = 0;
        for (int row = 0; row < a.rows() && rank < h.length; row++) {
            if (clear(h, u, rank, row)) {
                if (h[rank][row].signum() < 0) {
                    negate(h[rank]);
                    negate(u[rank]);
                }
                for (int k = 0; k < rank; k++) {
                    BigInteger q = floorDiv(h[k][row], h[rank][row]);
                    subtract(h[k], q, h[rank]);
                    subtract(u[k], q, u[rank]);
                }
                rank++;
            }
        }
        return new HermiteForm(new IntMatrix(h, a.rows()).transpose(), new IntMatrix(u, a.columns()).transpose(), rank);
    }

    /** Euclid among the columns from {@code first} on, until one alone is not zero in this row; false if none is. */
    private static boolean clear(BigInteger[][] h, BigInteger[][] u, int first, int row) {
        while (true) {
            int least = -1;
            int count = 0;
            for (int k = first; k < h.length; k++) {
                if (h[k][row].signum() != 0) {
                    count++;
                    if (least < 0 || h[k][row].abs().compareTo(h[least][row].abs()) < 0) {
                        least = k;
                    }
                }
            }
            if (count == 0) {
                return false;
            }
            swap(h, first, least);
            swap(u, first, least);
            if (count == 1) {
                return true;
            }
            for (int k = first + 1; k < h.length; k++) {
                BigInteger q = h[k][row].divide(h[first][row]);
                subtract(h[k], q, h[first]);
                subtract(u[k], q, u[first]);
            }
        }
    }

    static void swap(BigInteger[][] rows, int i, int j) {
        BigInteger[] row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
    }

    static void negate(BigInteger[] row) {
        for (int k = 0; k < row.length; k++) {
            row[k] = row[k].negate();
        }
    }

    /** {@code row − q·other}. */
    static void subtract(BigInteger[] row, BigInteger q, BigInteger[] other) {
        if (q.signum() != 0) {
            for (int k = 0; k < row.length; k++) {
                row[k] = row[k].subtract(q.multiply(other[k]));
            }
        }
    }

    static BigInteger floorDiv(BigInteger n, BigInteger d) {
        BigInteger[] parts = n.divideAndRemainder(d);
        return parts[1].signum() != 0 && parts[1].signum() != d.signum() ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }
}

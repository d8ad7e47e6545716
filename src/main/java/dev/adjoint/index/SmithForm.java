package dev.adjoint.index;

import java.math.BigInteger;

/**
 * The Smith normal form {@code U·A·V = D}, {@code det U = ±1}, {@code det V = ±1}: {@code D} is diagonal, its entries are
 * not negative, and each divides the next. {@code A·x = b} has an integer solution exactly if {@code d_k | (U·b)_k},
 * where {@code d_k = 0} divides 0 alone.
 *
 * @param u the change of the equations
 * @param d the diagonal matrix
 * @param v the change of the variables, {@code x = V·y}
 * @param rank the number of entries of {@code d} that are not zero; they come first
 */
public record SmithForm(IntMatrix u, IntMatrix d, IntMatrix v, int rank) {
    public static SmithForm of(IntMatrix a) {
        BigInteger[][] d = a.copy();
        BigInteger[][] u = IntMatrix.identity(a.rows()).copy();
        // The columns of V, as rows.
        BigInteger[][] v = IntMatrix.identity(a.columns()).copy();
        int rank = 0;
        while (rank < Math.min(a.rows(), a.columns()) && toCorner(d, u, v, rank)) {
            boolean clean = true;
            BigInteger corner = d[rank][rank];
            for (int i = rank + 1; i < d.length; i++) {
                BigInteger q = d[i][rank].divide(corner);
                HermiteForm.subtract(d[i], q, d[rank]);
                HermiteForm.subtract(u[i], q, u[rank]);
                clean &= d[i][rank].signum() == 0;
            }
            for (int j = rank + 1; j < v.length; j++) {
                BigInteger q = d[rank][j].divide(corner);
                for (BigInteger[] row : d) {
                    row[j] = row[j].subtract(q.multiply(row[rank]));
                }
                HermiteForm.subtract(v[j], q, v[rank]);
                clean &= d[rank][j].signum() == 0;
            }
            if (clean && divides(d, u, rank)) {
                if (corner.signum() < 0) {
                    HermiteForm.negate(d[rank]);
                    HermiteForm.negate(u[rank]);
                }
                rank++;
            }
        }
        return new SmithForm(
                new IntMatrix(u, a.rows()),
                new IntMatrix(d, a.columns()),
                new IntMatrix(v, a.columns()).transpose(),
                rank);
    }

    /** Moves the smallest entry of the rest to its corner; false if the rest is zero. */
    private static boolean toCorner(BigInteger[][] d, BigInteger[][] u, BigInteger[][] v, int k) {
        int row = -1;
        int column = -1;
        for (int i = k; i < d.length; i++) {
            for (int j = k; j < v.length; j++) {
                if (d[i][j].signum() != 0 && (row < 0 || d[i][j].abs().compareTo(d[row][column].abs()) < 0)) {
                    row = i;
                    column = j;
                }
            }
        }
        if (row < 0) {
            return false;
        }
        HermiteForm.swap(d, k, row);
        HermiteForm.swap(u, k, row);
        for (BigInteger[] entries : d) {
            BigInteger entry = entries[k];
            entries[k] = entries[column];
            entries[column] = entry;
        }
        HermiteForm.swap(v, k, column);
        return true;
    }

    /** True if the corner divides the rest; else a row that it does not divide is added to its own. */
    private static boolean divides(BigInteger[][] d, BigInteger[][] u, int k) {
        for (int i = k + 1; i < d.length; i++) {
            for (int j = k + 1; j < d[i].length; j++) {
                if (d[i][j].remainder(d[k][k]).signum() != 0) {
                    HermiteForm.subtract(d[k], BigInteger.ONE.negate(), d[i]);
                    HermiteForm.subtract(u[k], BigInteger.ONE.negate(), u[i]);
                    return false;
                }
            }
        }
        return true;
    }
}

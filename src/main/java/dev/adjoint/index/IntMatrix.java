package dev.adjoint.index;

import java.math.BigInteger;
import java.util.Arrays;

/** A small matrix of exact integers, immutable. */
public final class IntMatrix {
    private final BigInteger[][] entries;
    private final int columns;

    /** Takes the array as its own. */
    IntMatrix(BigInteger[][] entries, int columns) {
        this.entries = entries;
        this.columns = columns;
    }

    /** The matrix of these rows; there must be one, and all as long as the first. */
    public static IntMatrix of(long[]... rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        BigInteger[][] entries = new BigInteger[rows.length][columns];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException("rows of unequal length: " + Arrays.deepToString(rows));
            }
            for (int j = 0; j < columns; j++) {
                entries[i][j] = BigInteger.valueOf(rows[i][j]);
            }
        }
        return new IntMatrix(entries, columns);
    }

    public static IntMatrix identity(int size) {
        BigInteger[][] entries = new BigInteger[size][size];
        for (int i = 0; i < size; i++) {
            Arrays.fill(entries[i], BigInteger.ZERO);
            entries[i][i] = BigInteger.ONE;
        }
        return new IntMatrix(entries, size);
    }

    public int rows() {
        return entries.length;
    }

    public int columns() {
        return columns;
    }

    public BigInteger get(int row, int column) {
        return entries[row][column];
    }

    /** {@code (A·B)_ij = Σ_k A_ik·B_kj}. */
    public IntMatrix times(IntMatrix other) {
        if (columns != other.rows()) {
            throw new IllegalArgumentException(
                    "a product of " + rows() + "×" + columns + " and " + other.rows() + "×" + other.columns);
        }
        BigInteger[][] product = new BigInteger[rows()][other.columns];
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < other.columns; j++) {
                BigInteger sum = BigInteger.ZERO;
                for (int k = 0; k < columns; k++) {
                    sum = sum.add(entries[i][k].multiply(other.entries[k][j]));
                }
                product[i][j] = sum;
            }
        }
        return new IntMatrix(product, other.columns);
    }

    /** The determinant of a square matrix, by Bareiss: every division is exact. */
    public BigInteger determinant() {
        if (rows() != columns) {
            throw new IllegalArgumentException("the determinant of a " + rows() + "×" + columns + " matrix");
        }
        BigInteger[][] m = copy();
        BigInteger last = BigInteger.ONE;
        BigInteger sign = BigInteger.ONE;
        for (int k = 0; k < columns; k++) {
            int pivot = k;
            while (pivot < columns && m[pivot][k].signum() == 0) {
                pivot++;
            }
            if (pivot == columns) {
                return BigInteger.ZERO;
            }
            if (pivot != k) {
                BigInteger[] row = m[pivot];
                m[pivot] = m[k];
                m[k] = row;
                sign = sign.negate();
            }
            for (int i = k + 1; i < columns; i++) {
                for (int j = k + 1; j < columns; j++) {
                    m[i][j] = m[i][j].multiply(m[k][k])
                            .subtract(m[i][k].multiply(m[k][j]))
                            .divide(last);
                }
            }
            last = m[k][k];
        }
        return sign.multiply(last);
    }

    BigInteger[][] copy() {
        BigInteger[][] copy = new BigInteger[entries.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = entries[i].clone();
        }
        return copy;
    }

    IntMatrix transpose() {
        BigInteger[][] turned = new BigInteger[columns][rows()];
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns; j++) {
                turned[j][i] = entries[i][j];
            }
        }
        return new IntMatrix(turned, rows());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntMatrix that && columns == that.columns && Arrays.deepEquals(entries, that.entries);
    }

    @Override
    public int hashCode() {
        return 31 * columns + Arrays.deepHashCode(entries);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(entries);
    }
}

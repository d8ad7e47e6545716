package dev.adjoint.index;

import java.util.Arrays;
import java.util.List;

/**
 * Rational feasibility of {@code s_i = Σ a_ik·x_k ≥ −c_i}, by pivoting one violated row at a time (Dutertre and de
 * Moura). A row {@code i} of the tableau is {@code d_i·basic_i = Σ t_ij·nonbasic_j} with {@code d_i > 0}; every nonbasic
 * variable is free and 0 or stands at its bound, so that all values are integers over {@code d_i}. Bland's rule ends it.
 */
final class Simplex {
    private static final int PIVOT_BUDGET = 400;

    private final int rows;
    private final int columns;
    private final long[][] tableau;
    private final long[] denominator;
    /** Variable {@code k < columns} is {@code x_{k+1}}, free; variable {@code columns + i} is {@code s_i}. */
    private final int[] basic;

    private final int[] nonBasic;
    private final long[] bound;

    private Simplex(List<long[]> inequalities, int columns) {
        this.rows = inequalities.size();
        this.columns = columns;
        tableau = new long[rows][];
        denominator = new long[rows];
        Arrays.fill(denominator, 1);
        basic = new int[rows];
        nonBasic = new int[columns];
        bound = new long[columns + rows];
        for (int k = 0; k < columns; k++) {
            nonBasic[k] = k;
        }
        for (int i = 0; i < rows; i++) {
            long[] row = inequalities.get(i);
            tableau[i] = Arrays.copyOfRange(row, 1, columns + 1);
            basic[i] = columns + i;
            bound[columns + i] = Math.negateExact(row[0]);
        }
    }

    static Elimination.Verdict solve(List<long[]> inequalities, int columns) {
        return new Simplex(inequalities, columns).run();
    }

    private Elimination.Verdict run() {
        for (int pivots = 0; pivots < PIVOT_BUDGET; pivots++) {
            int violated = -1;
            for (int i = 0; i < rows; i++) {
                if (basic[i] >= columns && (violated < 0 || basic[i] < basic[violated]) && below(i)) {
                    violated = i;
                }
            }
            if (violated < 0) {
                return Elimination.Verdict.OPEN;
            }
            int entering = -1;
            for (int j = 0; j < columns; j++) {
                long t = tableau[violated][j];
                boolean helps = nonBasic[j] < columns ? t != 0 : t > 0;
                if (helps && (entering < 0 || nonBasic[j] < nonBasic[entering])) {
                    entering = j;
                }
            }
            if (entering < 0) {
                return Elimination.Verdict.CONTRADICTION;
            }
            pivot(violated, entering);
        }
        return Elimination.Verdict.OPEN;
    }

    private boolean below(int i) {
        long value = 0;
        for (int j = 0; j < columns; j++) {
            if (tableau[i][j] != 0) {
                value = Math.addExact(value, Math.multiplyExact(tableau[i][j], bound[nonBasic[j]]));
            }
        }
        return value < Math.multiplyExact(denominator[i], bound[basic[i]]);
    }

    /** {@code d·b = t·n + Σ …} becomes {@code t·n = d·b − Σ …}, and is put into the other rows. */
    private void pivot(int i, int j) {
        long[] row = tableau[i];
        long t = row[j];
        long sign = t > 0 ? 1 : -1;
        for (int k = 0; k < columns; k++) {
            row[k] = k == j ? sign * denominator[i] : Math.multiplyExact(-sign, row[k]);
        }
        denominator[i] = Math.absExact(t);
        reduce(i);
        int leaving = basic[i];
        basic[i] = nonBasic[j];
        nonBasic[j] = leaving;
        for (int r = 0; r < rows; r++) {
            long c = tableau[r][j];
            if (r != i && c != 0) {
                long g = Elimination.gcd(c, denominator[i]);
                long scale = denominator[i] / g;
                long times = c / g;
                for (int k = 0; k < columns; k++) {
                    long own = k == j ? 0 : Math.multiplyExact(scale, tableau[r][k]);
                    tableau[r][k] = Math.addExact(own, Math.multiplyExact(times, row[k]));
                }
                denominator[r] = Math.multiplyExact(scale, denominator[r]);
                reduce(r);
            }
        }
    }

    private void reduce(int i) {
        long g = denominator[i];
        for (int k = 0; k < columns && g != 1; k++) {
            g = Elimination.gcd(g, tableau[i][k]);
        }
        if (g > 1) {
            denominator[i] /= g;
            for (int k = 0; k < columns; k++) {
                tableau[i][k] /= g;
            }
        }
    }
}

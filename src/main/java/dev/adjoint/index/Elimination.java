package dev.adjoint.index;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fourier–Motzkin elimination over the integers: from {@code a·x + e ≥ 0} and {@code −b·x + f ≥ 0} with
 * {@code a, b > 0} follows {@code b·e + a·f ≥ 0}.
 *
 * <p>A row is {@code r[0] + Σ r[k]·x_k}. Equalities are solved by unimodular column operations, so integers stay
 * integers; an inequality is divided by the gcd of its coefficients and its constant floored; opposite inequalities
 * that meet become an equality. What grows beyond the budget goes to the {@link Simplex}, which is rational.
 */
final class Elimination {
    /** What was shown: that no integer point exists, or nothing. */
    enum Verdict {
        CONTRADICTION,
        OPEN
    }

    private static final int ROW_BUDGET = 120;
    private static final int STEP_BUDGET = 1500;

    /** Thrown to leave the elimination at once: a row {@code −1 ≥ 0} has been derived. */
    private static final class Absurd extends RuntimeException {
        Absurd() {
            super("contradiction", null, false, false);
        }
    }

    /** The coefficients of a row without its constant. */
    private static final class Direction {
        private final long[] row;
        private final int hash;

        Direction(long[] row) {
            this.row = row;
            int sum = 1;
            for (int k = 1; k < row.length; k++) {
                sum = 31 * sum + Long.hashCode(row[k]);
            }
            hash = sum;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Direction that && Arrays.equals(row, 1, row.length, that.row, 1, that.row.length);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private Map<Direction, long[]> rows = new LinkedHashMap<>();
    private final Deque<long[]> equalities = new ArrayDeque<>();
    private int steps;

    private Elimination() {}

    /** Seeks a contradiction among {@code inequality ≥ 0} and {@code equality = 0}; rows are padded with zeros. */
    static Verdict solve(List<long[]> inequalities, List<long[]> equalities, int columns) {
        try {
            Elimination elimination = new Elimination();
            for (long[] equality : equalities) {
                elimination.equalities.add(Arrays.copyOf(equality, columns + 1));
            }
            for (long[] inequality : inequalities) {
                elimination.add(Arrays.copyOf(inequality, columns + 1));
            }
            return elimination.run(columns);
        } catch (Absurd contradiction) {
            return Verdict.CONTRADICTION;
        } catch (ArithmeticException overflow) {
            return Verdict.OPEN;
        }
    }

    private Verdict run(int columns) {
        while (true) {
            while (!equalities.isEmpty()) {
                solveEquality(equalities.poll());
            }
            long[] positive = new long[columns + 1];
            long[] negative = new long[columns + 1];
            for (long[] row : rows.values()) {
                for (int k = 1; k <= columns; k++) {
                    if (row[k] > 0) {
                        positive[k]++;
                    } else if (row[k] < 0) {
                        negative[k]++;
                    }
                }
            }
            int best = 0;
            long least = Long.MAX_VALUE;
            for (int k = 1; k <= columns; k++) {
                long growth = positive[k] * negative[k] - positive[k] - negative[k];
                if (positive[k] + negative[k] > 0 && growth < least) {
                    least = growth;
                    best = k;
                }
            }
            if (best == 0) {
                return Verdict.OPEN;
            }
            if (least > 0 && rows.size() + least > ROW_BUDGET || steps > STEP_BUDGET) {
                return Simplex.solve(new ArrayList<>(rows.values()), columns);
            }
            eliminate(best);
        }
    }

    private void eliminate(int k) {
        List<long[]> lower = new ArrayList<>();
        List<long[]> upper = new ArrayList<>();
        Map<Direction, long[]> rest = new LinkedHashMap<>();
        rows.forEach((direction, row) -> {
            if (row[k] == 0) {
                rest.put(direction, row);
            } else {
                (row[k] > 0 ? lower : upper).add(row);
            }
        });
        rows = rest;
        for (long[] low : lower) {
            for (long[] high : upper) {
                long g = gcd(low[k], high[k]);
                add(combine(low, -(high[k] / g), high, low[k] / g));
                steps++;
            }
        }
    }

    private static long[] combine(long[] left, long a, long[] right, long b) {
        long[] sum = new long[left.length];
        for (int k = 0; k < sum.length; k++) {
            sum[k] = Math.addExact(Math.multiplyExact(a, left[k]), Math.multiplyExact(b, right[k]));
        }
        return sum;
    }

    /** {@code Σ a_k·x_k + c ≥ 0} becomes {@code Σ (a_k/g)·x_k + ⌊c/g⌋ ≥ 0}; the row is the elimination's from now on. */
    private void add(long[] row) {
        long g = gcdOfCoefficients(row);
        if (g == 0) {
            if (row[0] < 0) {
                throw new Absurd();
            }
            return;
        }
        if (g > 1) {
            for (int k = 1; k < row.length; k++) {
                row[k] /= g;
            }
            row[0] = Math.floorDiv(row[0], g);
        }
        Direction direction = new Direction(row);
        long[] same = rows.get(direction);
        if (same != null && same[0] <= row[0]) {
            return;
        }
        long[] negated = new long[row.length];
        for (int k = 1; k < row.length; k++) {
            negated[k] = Math.negateExact(row[k]);
        }
        Direction back = new Direction(negated);
        long[] opposite = rows.get(back);
        rows.remove(direction);
        if (opposite != null) {
            long width = Math.addExact(row[0], opposite[0]);
            if (width < 0) {
                throw new Absurd();
            }
            if (width == 0) {
                rows.remove(back);
                equalities.add(row);
                return;
            }
        }
        rows.put(direction, row);
    }

    /** Euclid on the columns until one coefficient is left, {@code g·x = −c}: no solution unless {@code g | c}. */
    private void solveEquality(long[] equality) {
        while (true) {
            long g = gcdOfCoefficients(equality);
            if (g == 0 ? equality[0] != 0 : equality[0] % g != 0) {
                throw new Absurd();
            }
            if (g == 0) {
                return;
            }
            int pivot = 0;
            for (int k = 1; k < equality.length; k++) {
                if (equality[k] != 0 && (pivot == 0 || Math.abs(equality[k]) < Math.abs(equality[pivot]))) {
                    pivot = k;
                }
            }
            // Here x_pivot = x' − Σ shift_k·x_k, a bijection; once all is divisible, x' = −shift_0 as well.
            boolean solved = Math.abs(equality[pivot]) == g;
            long[] shift = new long[equality.length];
            for (int k = solved ? 0 : 1; k < equality.length; k++) {
                shift[k] = k == pivot ? 0 : equality[k] / equality[pivot];
            }
            int column = pivot;
            substitute(equality, column, shift, solved);
            equalities.forEach(other -> substitute(other, column, shift, solved));
            List<long[]> old = new ArrayList<>(rows.values());
            rows = new LinkedHashMap<>();
            for (long[] row : old) {
                long[] changed = row[column] == 0 ? row : row.clone();
                substitute(changed, column, shift, solved);
                add(changed);
            }
            if (solved) {
                return;
            }
        }
    }

    private static void substitute(long[] row, int column, long[] shift, boolean solved) {
        long c = row[column];
        if (c == 0) {
            return;
        }
        for (int k = 0; k < row.length; k++) {
            if (shift[k] != 0) {
                row[k] = Math.subtractExact(row[k], Math.multiplyExact(c, shift[k]));
            }
        }
        if (solved) {
            row[column] = 0;
        }
    }

    private static long gcdOfCoefficients(long[] row) {
        long g = 0;
        for (int k = 1; k < row.length && g != 1; k++) {
            g = gcd(g, row[k]);
        }
        return g;
    }

    /** The greatest common divisor, at least 0. */
    static long gcd(long a, long b) {
        while (b != 0) {
            long r = a % b;
            a = b;
            b = r;
        }
        return Math.absExact(a);
    }
}

package dev.adjoint.index;

import java.math.BigInteger;

/**
 * Integer solutions of one equation in two unknowns, {@code a·i + b·m = g·s} with {@code g = gcd(a, b)}: all pairs are
 * {@code i = u·s + (b/g)·t, m = v·s − (a/g)·t} where {@code u·a + v·b = g}, and {@code (s, t) ↔ (i, m)} is a bijection
 * of ℤ².
 */
public final class Lattice {
    /**
     * A change of variables.
     *
     * @param a the coefficient of {@code i}
     * @param b the coefficient of {@code m}
     * @param g their greatest common divisor, positive
     * @param u the coefficient of {@code s} in {@code i}
     * @param v the coefficient of {@code s} in {@code m}; {@code u·a + v·b = g}
     */
    public record Step(long a, long b, long g, long u, long v) {
        /** {@code i = u·s + |b/g|·t}. */
        public IntExpr first(IntExpr s, IntExpr t) {
            return s.times(u).plus(t.times(Math.abs(b / g)));
        }

        /** {@code m = v·s ∓ (a/g)·t}, the sign opposite to that of {@code b}. */
        public IntExpr second(IntExpr s, IntExpr t) {
            return s.times(v).minus(t.times(b > 0 ? a / g : -(a / g)));
        }
    }

    private Lattice() {}

    /**
     * The Bézout coefficients with the least {@code |u| + |v|}, among those with the least {@code |u|}, then {@code u}
     * positive.
     *
     * @throws IllegalArgumentException if a coefficient is zero
     * @throws ArithmeticException if a coefficient is −2^63
     */
    public static Step solve(long a, long b) {
        if (a == 0 || b == 0) {
            throw new IllegalArgumentException("both coefficients must be non-zero: " + a + ", " + b);
        }
        Math.absExact(a);
        Math.absExact(b);
        long[] bezout = bezout(a, b);
        long g = bezout[0];
        Step best = new Step(a, b, g, bezout[1], bezout[2]);
        for (int k = -2; k <= 2; k++) {
            // Beyond 64 bits only where |u| or |v| would not be least.
            BigInteger u =
                    BigInteger.valueOf(bezout[1]).add(BigInteger.valueOf(k).multiply(BigInteger.valueOf(b / g)));
            BigInteger v =
                    BigInteger.valueOf(bezout[2]).subtract(BigInteger.valueOf(k).multiply(BigInteger.valueOf(a / g)));
            if (u.bitLength() < 63 && v.bitLength() < 63) {
                Step other = new Step(a, b, g, u.longValue(), v.longValue());
                best = better(other, best) ? other : best;
            }
        }
        return best;
    }

    private static boolean better(Step left, Step right) {
        // The cofactors found are at most |b/g| and |a/g|, so that BigInteger is needed only at the edge of 64 bits.
        BigInteger l = BigInteger.valueOf(Math.abs(left.u)).add(BigInteger.valueOf(Math.abs(left.v)));
        BigInteger r = BigInteger.valueOf(Math.abs(right.u)).add(BigInteger.valueOf(Math.abs(right.v)));
        int order = l.compareTo(r);
        if (order == 0) {
            order = Long.compare(Math.abs(left.u), Math.abs(right.u));
        }
        return order != 0 ? order < 0 : left.u > right.u;
    }

    /** {@code {g, u, v}} with {@code u·a + v·b = g > 0}, by Euclid. */
    private static long[] bezout(long a, long b) {
        long[] last = {a, 1, 0};
        long[] next = {b, 0, 1};
        while (next[0] != 0) {
            long q = last[0] / next[0];
            long[] rest = {last[0] - q * next[0], last[1] - q * next[1], last[2] - q * next[2]};
            last = next;
            next = rest;
        }
        long sign = last[0] > 0 ? 1 : -1;
        return new long[] {sign * last[0], sign * last[1], sign * last[2]};
    }
}

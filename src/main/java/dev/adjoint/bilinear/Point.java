package dev.adjoint.bilinear;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A point {@code (p : q)} of the projective line over the rationals, at which polynomials are evaluated: the number
 * {@code p/q}, or infinity, {@code (1 : 0)}. A polynomial {@code a_0 + a_1·x + … + a_d·x^d} has there the value
 * {@code Σ_j a_j·p^j·q^(d-j)}: at infinity its leading coefficient, and at no point a fraction if it has none itself.
 *
 * @param p without a common divisor with q
 * @param q not negative
 */
public record Point(BigInteger p, BigInteger q) {
    /** Where a polynomial has its leading coefficient as its value. */
    public static final Point INFINITY = new Point(BigInteger.ONE, BigInteger.ZERO);

    public Point {
        boolean infinite = q.signum() == 0 && p.equals(BigInteger.ONE);
        if (!infinite && (q.signum() <= 0 || !p.gcd(q).equals(BigInteger.ONE))) {
            throw new IllegalArgumentException("no point in lowest terms: (" + p + " : " + q + ")");
        }
    }

    public static Point of(BigFraction value) {
        BigFraction lowest = RationalMatrix.lowest(value);
        return new Point(lowest.getNumerator(), lowest.getDenominator());
    }

    /** The point {@code p/q}. */
    public static Point of(long p, long q) {
        return of(BigFraction.of(p, q));
    }

    /** The point on the other side of 0. */
    public Point negated() {
        return new Point(p.negate(), q);
    }

    /** {@code (q^d, p·q^(d-1), …, p^d)} with {@code d = length - 1}: what the coefficients count in the value here. */
    List<BigFraction> powers(int length) {
        List<BigFraction> powers = new ArrayList<>();
        for (int j = 0; j < length; j++) {
            powers.add(BigFraction.of(p.pow(j).multiply(q.pow(length - 1 - j))));
        }
        return powers;
    }

    /** The coefficients, constant first, of the linear form that vanishes here alone: {@code q·x - p}, or 1 for infinity. */
    List<BigInteger> root() {
        return q.signum() == 0 ? List.of(BigInteger.ONE, BigInteger.ZERO) : List.of(p.negate(), q);
    }

    @Override
    public String toString() {
        if (q.signum() == 0) {
            return "∞";
        }
        return q.equals(BigInteger.ONE) ? p.toString() : p + "/" + q;
    }
}

package dev.adjoint.bilinear;

import java.math.BigInteger;
import org.apache.commons.numbers.fraction.BigFraction;

/** A binary floating-point format of IEEE 754, rounded to nearest; that nothing overflows or underflows is taken for granted. */
public enum Precision {
    FLOAT(24),
    DOUBLE(53);

    private final int digits;

    Precision(int digits) {
        this.digits = digits;
    }

    /** The unit roundoff {@code u = 2^-digits}: a rounding multiplies by {@code 1 + δ}, {@code |δ| ≤ u}. */
    public BigFraction unitRoundoff() {
        return BigFraction.of(BigInteger.ONE, BigInteger.TWO.pow(digits));
    }

    /**
     * {@code γ_k = k·u / (1 - k·u)}: k roundings multiply by {@code 1 + θ}, {@code |θ| ≤ γ_k} (N. J. Higham, <i>Accuracy
     * and Stability of Numerical Algorithms</i>, 2002, lemma 3.1).
     *
     * @param k with {@code k·u < 1}
     */
    public BigFraction gamma(long k) {
        BigFraction ku = unitRoundoff().multiply(k);
        if (ku.compareTo(BigFraction.ONE) >= 0) {
            throw new IllegalArgumentException(k + " roundings in a row leave no digit");
        }
        return ku.divide(BigFraction.ONE.subtract(ku));
    }

    /** 0 if the number is one of this format, else 1. */
    int roundings(BigFraction number) {
        BigInteger p = number.getNumerator().abs();
        boolean binary = number.getDenominator().abs().bitCount() == 1;
        int significant = p.signum() == 0 ? 0 : p.bitLength() - p.getLowestSetBit();
        return binary && significant <= digits ? 0 : 1;
    }
}

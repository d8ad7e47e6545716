package dev.adjoint.bilinear;

import java.math.BigInteger;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Counts the most roundings on a path to a value. A multiplication by a power of two is exact; a factor that is no
 * number of the format is rounded itself.
 */
record Roundings(Precision precision) implements Arithmetic<Integer> {
    @Override
    public Integer add(Integer left, Integer right) {
        return Math.max(left, right) + 1;
    }

    @Override
    public Integer subtract(Integer left, Integer right) {
        return add(left, right);
    }

    @Override
    public Integer scale(BigFraction factor, Integer of) {
        return of + (isPowerOfTwo(factor) ? 0 : 1) + precision.roundings(factor);
    }

    @Override
    public Integer multiplyAdd(BigFraction factor, Integer of, Integer plus) {
        return add(of + precision.roundings(factor), plus);
    }

    @Override
    public Integer multiplySubtract(BigFraction factor, Integer of, Integer minus) {
        return multiplyAdd(factor, of, minus);
    }

    private static boolean isPowerOfTwo(BigFraction factor) {
        BigInteger p = factor.getNumerator().abs();
        BigInteger q = factor.getDenominator().abs();
        return p.bitCount() == 1 && q.bitCount() == 1;
    }
}

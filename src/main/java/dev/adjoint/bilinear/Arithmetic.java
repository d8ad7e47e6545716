package dev.adjoint.bilinear;

import org.apache.commons.numbers.fraction.BigFraction;

/**
 * What a straight-line program is run in: exact rationals, floating-point numbers, or counts of roundings.
 *
 * @param <T> the values
 */
public interface Arithmetic<T> {
    /** {@code left + right}. */
    T add(T left, T right);

    /** {@code left - right}. */
    T subtract(T left, T right);

    /** {@code factor·of}. */
    T scale(BigFraction factor, T of);

    /** {@code factor·of + plus}, rounded once where numbers are rounded. */
    T multiplyAdd(BigFraction factor, T of, T plus);

    /** {@code factor·of - minus}, rounded once where numbers are rounded. */
    T multiplySubtract(BigFraction factor, T of, T minus);

    /** The rationals themselves: nothing is rounded. */
    Arithmetic<BigFraction> EXACT = new Arithmetic<>() {
        @Override
        public BigFraction add(BigFraction left, BigFraction right) {
            return left.add(right);
        }

        @Override
        public BigFraction subtract(BigFraction left, BigFraction right) {
            return left.subtract(right);
        }

        @Override
        public BigFraction scale(BigFraction factor, BigFraction of) {
            return factor.multiply(of);
        }

        @Override
        public BigFraction multiplyAdd(BigFraction factor, BigFraction of, BigFraction plus) {
            return factor.multiply(of).add(plus);
        }

        @Override
        public BigFraction multiplySubtract(BigFraction factor, BigFraction of, BigFraction minus) {
            return factor.multiply(of).subtract(minus);
        }
    };
}

package dev.adjoint.bilinear;

import org.apache.commons.numbers.fraction.BigFraction;

/** Sums of absolute values: every operation adds, every factor counts without its sign. */
enum PathSums implements Arithmetic<BigFraction> {
    INSTANCE;

    @Override
    public BigFraction add(BigFraction left, BigFraction right) {
        return left.add(right);
    }

    @Override
    public BigFraction subtract(BigFraction left, BigFraction right) {
        return left.add(right);
    }

    @Override
    public BigFraction scale(BigFraction factor, BigFraction of) {
        return factor.abs().multiply(of);
    }

    @Override
    public BigFraction multiplyAdd(BigFraction factor, BigFraction of, BigFraction plus) {
        return factor.abs().multiply(of).add(plus);
    }

    @Override
    public BigFraction multiplySubtract(BigFraction factor, BigFraction of, BigFraction minus) {
        return multiplyAdd(factor, of, minus);
    }
}

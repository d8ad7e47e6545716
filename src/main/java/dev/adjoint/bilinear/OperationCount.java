package dev.adjoint.bilinear;

/**
 * How many operations a program has, by kind.
 *
 * @param additions and subtractions
 * @param multiplications by constants
 * @param fused multiply-adds, each one instruction; two operations where there is none
 */
public record OperationCount(long additions, long multiplications, long fused) {
    /** Of both, one after the other. */
    public OperationCount plus(OperationCount other) {
        return new OperationCount(
                additions + other.additions, multiplications + other.multiplications, fused + other.fused);
    }

    /** Of so many runs. */
    public OperationCount times(long runs) {
        return new OperationCount(runs * additions, runs * multiplications, runs * fused);
    }

    /** Instructions, a fused multiply-add being one. */
    public long instructions() {
        return additions + multiplications + fused;
    }
}

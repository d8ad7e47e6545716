package dev.adjoint.check;

import java.util.Arrays;

/**
 * Two plans compared by the rounds that both ran in: the ratios of their times. What slows one round down slows both of
 * its times, and leaves their ratio.
 */
final class Pairs {
    private final double[] ratios;

    /** @param stands the times of the plan that stands, {@code other} those of the one that may take its place */
    Pairs(double[] stands, double[] other) {
        this.ratios = new double[stands.length];
        Arrays.setAll(ratios, k -> stands[k] / other[k]);
        Arrays.sort(ratios);
    }

    /** How many times as fast the other one is: the median over the rounds. */
    double speedup() {
        int half = ratios.length / 2;
        return ratios.length % 2 == 1 ? ratios[half] : (ratios[half - 1] + ratios[half]) / 2;
    }

    /**
     * Whether the other one is faster by the margin, and at least as fast in three rounds of four; by a negative margin
     * it may be slower in both.
     */
    boolean wins(double margin) {
        return speedup() >= 1 + margin && ratios[ratios.length / 4] >= 1 + Math.min(0, margin);
    }
}

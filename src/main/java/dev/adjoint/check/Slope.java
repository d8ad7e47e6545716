package dev.adjoint.check;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.apache.commons.math3.analysis.differentiation.FiniteDifferencesDifferentiator;

/**
 * Numeric differentiation by central differences over five points.
 *
 * <p>The error of the rule is {@code h^4·f⁗'/30}, that of rounding {@code ε·|f|/h}; for values about 1 they balance
 * near {@code h = ε^(1/5) ≈ 2^-10}, and either is then about 1e-12. Near a kink, a jump or a pole no step is too small,
 * so a derivative that does not agree with what was expected is taken again with {@code h/8} and {@code h/64}; if none
 * agrees, the slopes on the left and on the right tell a kink from a mistake: of a smooth function their difference
 * shrinks with the step, of a kink it does not.
 */
final class Slope {
    /** Relative; far above the error of the rule, far below that of any wrong term. */
    static final double TOLERANCE = 1e-6;

    private static final int POINTS = 5;
    private static final int REFINEMENT = 8;
    private static final int STEPS = 3;
    private static final double EPSILON = Math.ulp(1.0);

    private Slope() {}

    /** A numeric derivative at 0, or the reason why there is none. */
    record Result(double value, boolean kink) {}

    /**
     * @param error a function with {@code error(0) = 0}
     * @param expected what the derivative is held to be
     * @param scale how large the derivatives around this one are
     * @param magnitude how large the numbers are whose rounding disturbs the function
     */
    static Result of(UnivariateFunction error, double expected, double scale, double magnitude, double firstStep) {
        double step = firstStep;
        double closest = Double.NaN;
        for (int k = 0; k < STEPS; k++) {
            double slope = central(error, step);
            double tolerance = TOLERANCE * Math.max(Math.abs(slope), Math.abs(expected))
                    + TOLERANCE / 10 * scale
                    + 16 * EPSILON * magnitude / step;
            if (Math.abs(slope - expected) <= tolerance) {
                return new Result(slope, false);
            }
            if (Double.isNaN(closest) || Math.abs(slope - expected) < Math.abs(closest - expected)) {
                closest = slope;
            }
            step /= REFINEMENT;
        }
        return new Result(closest, isKink(error, step, scale, magnitude));
    }

    private static double central(UnivariateFunction error, double step) {
        return new FiniteDifferencesDifferentiator(POINTS, step)
                .differentiate(error)
                .value(new DerivativeStructure(1, 1, 0, 0.0))
                .getPartialDerivative(1);
    }

    private static boolean isKink(UnivariateFunction error, double step, double scale, double magnitude) {
        double wide = difference(error, step);
        double narrow = difference(error, step / 4);
        double noise = TOLERANCE * scale + 64 * EPSILON * magnitude / step;
        return narrow > noise && narrow > wide / 2;
    }

    /** How far the slopes on the right and on the left differ. */
    private static double difference(UnivariateFunction error, double step) {
        double right = error.value(step) / step;
        double left = -error.value(-step) / step;
        return Math.abs(right - left);
    }
}

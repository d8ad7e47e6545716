package dev.adjoint.bilinear;

import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * How far a filter computed in floating-point numbers may be from the correlation, at worst.
 *
 * <p>Let {@code |û - u| ≤ γ_a·(|G| |g|)} and {@code |v̂ - v| ≤ γ_b·(|Bᵀ| |d|)} for programs with at most a and b
 * roundings on a path, and c for Aᵀ. A sum over C channels rounds each product at most C times. All of it together
 * multiplies each term by at most {@code a + b + C + c} factors {@code 1 + δ}, so that
 *
 * <pre>{@code
 * |ŷ - y|_i ≤ γ_(a+b+C+c)·Σ_channels Σ_t |Aᵀ|_it·(|G| |g|)_t·(|Bᵀ| |d|)_t ≤ γ_(a+b+C+c)·C·K·max|g|·max|d|
 * K = max_i Σ_t |Aᵀ|_it·(Σ_k |G|_tk)·(Σ_j |Bᵀ|_tj)
 * }</pre>
 *
 * <p>with {@code γ_k = k·u / (1 - k·u)} (Higham 2002). Nested along several axes the transforms are tensor products: the
 * K of the axes multiply, and their a, b and c add up. B. Barabasz, A. Anderson, K. M. Soodhalter and D. Gregg, <i>Error
 * Analysis and Improving the Accuracy of Winograd Convolution for Deep Neural Networks</i>, ACM TOMS 2020, bound the same
 * error by a product of norms of the three matrices; K is never larger than such a product, and unlike it the same for
 * every scaling of them. It grows exponentially with the tile, and so does the error.
 *
 * @param growth K, of all axes
 * @param roundings {@code a + b + C + c}
 * @param taps of the kernel, all axes together
 * @param channels C
 */
public record ErrorBound(BigFraction growth, int roundings, long taps, long channels, Precision precision) {
    /**
     * The bound of filters nested along one or several axes.
     *
     * @param channels how many correlations are summed before the output is transformed, at least 1
     */
    public static ErrorBound of(List<MinimalFilter> axes, long channels, Precision precision) {
        BigFraction growth = BigFraction.ONE;
        long taps = 1;
        int roundings = Math.toIntExact(channels);
        for (MinimalFilter filter : axes) {
            Transforms transforms = Transforms.of(filter);
            growth = growth.multiply(transforms.growth());
            roundings += transforms.roundings(precision);
            taps *= filter.taps();
        }
        return new ErrorBound(growth, roundings, taps, channels, precision);
    }

    /** A bound of {@code max|ŷ - y| / (max|g|·max|d|)}. */
    public BigFraction bound() {
        return precision.gamma(roundings).multiply(growth).multiply(channels);
    }

    /** The same of the direct sum, of {@code r·C} products one after the other: {@code γ_(r·C)·r·C}. */
    public BigFraction directBound() {
        return precision.gamma(taps * channels).multiply(taps).multiply(channels);
    }

    /** How many times larger the filter's bound is than that of the direct sum. */
    public double overDirect() {
        return outward(bound().divide(directBound()));
    }

    /** {@link #bound} as a number that is not smaller. */
    public double outwardBound() {
        return outward(bound());
    }

    private static double outward(BigFraction value) {
        return Math.nextUp(value.doubleValue());
    }
}

package dev.adjoint.bilinear;

import java.util.List;
import java.util.stream.IntStream;
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
 * error, in other norms of g and d, by a product of norms of the three matrices. K is at most
 * {@code ‖Aᵀ‖·‖G‖·‖Bᵀ‖} in the maximum norm; unlike that product, it is the same however factors are moved between the
 * three. It grows exponentially with the tile.
 *
 * <p>A bound is rarely met, for roundings cancel. Of values that are independent and 0 in the mean, the terms added to
 * an output are in the root mean square {@code ρ} times as large as the output,
 *
 * <pre>{@code
 * ρ² = 1/(m·r)·Σ_it (Aᵀ_it)²·(Σ_k G_tk²)·(Σ_j Bᵀ_tj²)
 * }</pre>
 *
 * <p>and {@code ρ·u}, one rounding of them, is an estimate of the error beside the outputs; measured errors are within a
 * factor of 3 of it. The ρ of axes multiply.
 *
 * @param growth K, of all axes
 * @param spread ρ², of all axes
 * @param roundings {@code a + b + C + c}
 * @param taps of the kernel, all axes together
 * @param channels C
 */
public record ErrorBound(
        BigFraction growth, BigFraction spread, int roundings, long taps, long channels, Precision precision) {
    /**
     * The bound of filters nested along one or several axes.
     *
     * @param channels how many correlations are summed before the output is transformed, at least 1
     */
    public static ErrorBound of(List<MinimalFilter> axes, long channels, Precision precision) {
        BigFraction growth = BigFraction.ONE;
        BigFraction spread = BigFraction.ONE;
        long taps = 1;
        int roundings = Math.toIntExact(channels);
        for (MinimalFilter filter : axes) {
            Transforms transforms = Transforms.of(filter);
            List<BigFraction> largest = terms(
                    transforms.output().absolute(),
                    transforms.kernel().absolute(),
                    transforms.input().absolute());
            growth =
                    growth.multiply(largest.stream().max(BigFraction::compareTo).orElseThrow());
            List<BigFraction> squares = terms(
                    filter.output().squared(),
                    filter.kernel().squared(),
                    filter.input().squared());
            BigFraction square = squares.stream().reduce(BigFraction.ZERO, BigFraction::add);
            spread = spread.multiply(square.divide((long) filter.outputs() * filter.taps()));
            roundings += transforms.roundings(precision);
            taps *= filter.taps();
        }
        return new ErrorBound(growth, spread, roundings, taps, channels, precision);
    }

    /** {@code Σ_t A_it·(Σ_k G_tk)·(Σ_j B_tj)} of each i; no factor moved between the three matrices changes it. */
    private static List<BigFraction> terms(RationalMatrix output, RationalMatrix kernel, RationalMatrix input) {
        List<BigFraction> u = kernel.rowSums();
        List<BigFraction> v = input.rowSums();
        return output.times(IntStream.range(0, u.size())
                .mapToObj(t -> u.get(t).multiply(v.get(t)))
                .toList());
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

    /** {@code ρ·u}: the error to be expected, as the root mean square of {@code ŷ - y} over that of y. */
    public double typical() {
        return Math.sqrt(spread.doubleValue()) * precision.unitRoundoff().doubleValue();
    }

    /**
     * The error to be expected of a sum of so many tiles that are added up before the output is transformed: that of the
     * tiles, and that of adding them. Of n independent terms of size 1 the k-th partial sum has the size {@code √k} in
     * the root mean square, and {@code E δ² = u²/(8 ln 2)} for one rounding of it, its first digits being distributed
     * as the logarithm: {@code Σ_k k·E δ² = n²·u²/(16 ln 2)} is added, beside a sum of size {@code √n}. Terms are ρ times as large
     * as what they add to an output, hence
     *
     * <pre>{@code
     * ρ·u·√(1 + n/(16 ln 2))
     * }</pre>
     *
     * <p>A plain sum of the same {@code r·n} products has {@code u·√(r·n/(16 ln 2))}: the longer the sum, the nearer the
     * two, at a ratio of {@code ρ/√r}.
     *
     * @param tiles n
     */
    public double typical(double tiles) {
        return typical() * Math.sqrt(1 + tiles / (16 * Math.log(2)));
    }

    private static double outward(BigFraction value) {
        return Math.nextUp(value.doubleValue());
    }
}

package dev.adjoint.bilinear;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Minimal filtering from interpolation. The product {@code s = a·g} of polynomials with m and r coefficients has
 * {@code n = m + r - 1}; it is known from its values at n different points (Toom 1963, Cook 1966), with infinity as one
 * of them:
 *
 * <pre>{@code
 * s = V_n⁻¹[(V_r g) ⊙ (V_m a)],     row t of V_k:  p_t^j·q_t^(k-1-j),  j < k,  at the point (p_t : q_t)
 * }</pre>
 *
 * <p>For a fixed g this is linear in a, and its transpose is the correlation {@code y_i = Σ_k g_k·d_(i+k)}: what a_i
 * puts into s_(i+k), y_i takes from d_(i+k). So by transposition (Winograd 1980; R. E. Blahut, <i>Fast Algorithms for
 * Signal Processing</i>, 2010, chapter 5; A. Lavin and S. Gray, <i>Fast Algorithms for Convolutional Neural
 * Networks</i>, CVPR 2016)
 *
 * <pre>{@code
 * y = V_mᵀ[(V_r g) ⊙ (V_n⁻ᵀ d)]
 * }</pre>
 *
 * <p>Row t of {@code V_n⁻ᵀ} holds the coefficients of Lagrange's polynomial, which is 1 at point t and 0 at the others:
 * {@code Π_(l≠t) ℓ_l(x) / N_t}, where {@code ℓ_l = q_l·x - p_l} vanishes at point l ({@code ℓ = 1} for infinity) and
 * {@code N_t = Π_(l≠t) ℓ_l(p_t : q_t)}.
 *
 * <p>Normalisation: a factor may move from one of the three transforms of a product to another. Here {@code Bᵀ} has the
 * rows {@code ±Π_(l≠t) ℓ_l}, with the sign of {@code N_t}, {@code Aᵀ = V_mᵀ}, and G is {@code V_r} with row t divided by
 * {@code |N_t|}. Then Aᵀ and Bᵀ hold integers, and the rows of Bᵀ and the columns of Aᵀ have no common divisor, for
 * products of primitive polynomials are primitive (Gauss); what is left of fractions is in the transform of the kernel,
 * of which there is one for many tiles. For integer points these are the matrices of Lavin and Gray, but for signs.
 *
 * @param points where is interpolated: product t belongs to point t
 * @param filter the matrices
 */
public record CookToom(List<Point> points, MinimalFilter filter) {
    public CookToom {
        points = List.copyOf(points);
    }

    /** F(m, r) at the points that {@link PointChoice} takes: those with the least error bound. */
    public static CookToom of(int m, int r) {
        return PointChoice.of(m, r);
    }

    /**
     * F(m, r) at given points, in their order.
     *
     * @param m outputs, at least 1
     * @param r taps, at least 1
     * @param points {@code m + r - 1} different ones
     */
    public static CookToom of(int m, int r, List<Point> points) {
        if (m < 1 || r < 1) {
            throw new IllegalArgumentException("F(" + m + ", " + r + ") needs an output and a tap");
        }
        if (points.size() != m + r - 1 || new HashSet<>(points).size() != points.size()) {
            throw new IllegalArgumentException(
                    "F(" + m + ", " + r + ") needs " + (m + r - 1) + " different points, not " + points);
        }
        List<List<BigFraction>> a = new ArrayList<>();
        List<List<BigFraction>> g = new ArrayList<>();
        List<List<BigFraction>> b = new ArrayList<>();
        for (Point point : points) {
            List<Point> others = points.stream().filter(o -> !o.equals(point)).toList();
            BigFraction value =
                    others.stream().map(other -> valueAt(point, other)).reduce(BigFraction.ONE, BigFraction::multiply);
            BigFraction sign = BigFraction.of(value.signum());
            BigFraction scale = value.abs().reciprocal();
            a.add(point.powers(m));
            g.add(point.powers(r).stream().map(scale::multiply).toList());
            b.add(product(others).stream().map(sign::multiply).toList());
        }
        MinimalFilter filter =
                new MinimalFilter(new RationalMatrix(a).transposed(), new RationalMatrix(g), new RationalMatrix(b));
        return new CookToom(points, filter);
    }

    /** {@code ℓ_other(p : q)}. */
    private static BigFraction valueAt(Point point, Point other) {
        List<BigInteger> root = other.root();
        return BigFraction.of(root.get(0).multiply(point.q()).add(root.get(1).multiply(point.p())));
    }

    /** The coefficients of {@code Π_l ℓ_l}, constant first; one more than there are roots. */
    private static List<BigFraction> product(List<Point> roots) {
        List<BigInteger> product = List.of(BigInteger.ONE);
        for (Point root : roots) {
            List<BigInteger> shifted =
                    Stream.concat(Stream.of(BigInteger.ZERO), product.stream()).toList();
            List<BigInteger> padded =
                    Stream.concat(product.stream(), Stream.of(BigInteger.ZERO)).toList();
            List<BigInteger> next = new ArrayList<>();
            for (int j = 0; j < padded.size(); j++) {
                next.add(root.root()
                        .get(0)
                        .multiply(padded.get(j))
                        .add(root.root().get(1).multiply(shifted.get(j))));
            }
            product = next;
        }
        return product.stream().map(BigFraction::of).toList();
    }

    /** The points and the formulas of the transforms, for a reader: a line for each product and for each output. */
    public String explanation() {
        StringBuilder text = new StringBuilder(filter + ": " + filter.outputs() + " outputs of a correlation with "
                + filter.taps() + " taps by " + filter.products() + " products, of values of polynomials at "
                + points.stream().map(Point::toString).collect(Collectors.joining(", ")) + "\n");
        for (int t = 0; t < points.size(); t++) {
            text.append("    u[").append(t).append("] = ").append(LinearForms.row(filter.kernel(), t, "g"));
            text.append("        at ").append(points.get(t)).append('\n');
            text.append("    v[").append(t).append("] = ").append(LinearForms.row(filter.input(), t, "d"));
            text.append('\n');
        }
        for (int i = 0; i < filter.outputs(); i++) {
            text.append("    y[").append(i).append("] = ").append(LinearForms.products(filter.output(), i));
            text.append('\n');
        }
        return text.toString();
    }
}

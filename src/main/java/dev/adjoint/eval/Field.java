package dev.adjoint.eval;

import dev.adjoint.expr.Fun;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Where values live: the numbers modulo a prime, doubles, or dual numbers over another field.
 *
 * @param <V> an element
 */
public interface Field<V> {
    /** A rational number. */
    V of(BigFraction value);

    V add(V a, V b);

    V multiply(V a, V b);

    /**
     * {@code a^-1}.
     *
     * @throws ArithmeticException in an exact field if {@code a} is zero
     */
    V invert(V a);

    /** {@code base^exponent}, for an exponent that is no integer constant. */
    V power(V base, V exponent);

    V apply(Fun fun, V x);

    V pi();

    /** {@code +∞} or {@code −∞}, which only comparisons and extrema understand in every field. */
    V infinity(boolean positive);

    /** The sign of {@code a − b} in a total order; 0 for equal elements only. */
    int compare(V a, V b);

    /** Whether the element is no number; it then wins every maximum and minimum, and equals nothing. */
    default boolean isNaN(V a) {
        return false;
    }

    /** The value without its derivative. */
    default V stop(V a) {
        return a;
    }

    default V of(long value) {
        return of(BigFraction.of(value));
    }

    default V negate(V a) {
        return multiply(of(-1), a);
    }
}

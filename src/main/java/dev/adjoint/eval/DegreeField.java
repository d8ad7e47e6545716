package dev.adjoint.eval;

import dev.adjoint.expr.Fun;
import java.math.BigInteger;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Bounds on degrees: a formula as a quotient of two polynomials in the entries of tensors. It compares nothing and knows
 * no function but those that are left open, whose values are entries of their own.
 */
public final class DegreeField implements Field<DegreeField.Degree> {
    /** The degrees of numerator and denominator. */
    public record Degree(BigInteger top, BigInteger below) {
        public static final Degree ENTRY = new Degree(BigInteger.ONE, BigInteger.ZERO);
        static final Degree NUMBER = new Degree(BigInteger.ZERO, BigInteger.ZERO);
    }

    @Override
    public Degree of(BigFraction value) {
        return Degree.NUMBER;
    }

    @Override
    public Degree add(Degree a, Degree b) {
        return new Degree(
                a.top().add(b.below()).max(b.top().add(a.below())), a.below().add(b.below()));
    }

    @Override
    public Degree multiply(Degree a, Degree b) {
        return new Degree(a.top().add(b.top()), a.below().add(b.below()));
    }

    @Override
    public Degree invert(Degree a) {
        return new Degree(a.below(), a.top());
    }

    @Override
    public Degree power(Degree base, Degree exponent) {
        throw new ArithmeticException("a power that is no polynomial");
    }

    @Override
    public Degree apply(Fun fun, Degree x) {
        if (fun instanceof Fun.Open) {
            return Degree.ENTRY;
        }
        throw new ArithmeticException(fun + " is no polynomial");
    }

    @Override
    public Degree pi() {
        return Degree.ENTRY;
    }

    @Override
    public Degree infinity(boolean positive) {
        throw new ArithmeticException("an infinity is no polynomial");
    }

    @Override
    public int compare(Degree a, Degree b) {
        throw new ArithmeticException("a comparison is no polynomial");
    }
}

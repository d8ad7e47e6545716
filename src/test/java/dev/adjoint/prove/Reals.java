package dev.adjoint.prove;

import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Field;
import dev.adjoint.expr.Fun;
import org.apache.commons.numbers.fraction.BigFraction;

/** Doubles, where what is no number is an error at once, in a condition too; nearly equal numbers are equal. */
final class Reals implements Field<Double> {
    private static final double ROUNDING = 1e-9;

    private final DoubleField doubles = new DoubleField(Scan::open);

    private static Double number(Double value) {
        if (value.isNaN()) {
            throw new ArithmeticException("not a number");
        }
        return value;
    }

    private static Double finite(Double value) {
        if (value.isInfinite()) {
            throw new ArithmeticException("a pole");
        }
        return number(value);
    }

    @Override
    public Double of(BigFraction value) {
        return doubles.of(value);
    }

    @Override
    public Double add(Double a, Double b) {
        return number(a + b);
    }

    @Override
    public Double multiply(Double a, Double b) {
        return number(a * b);
    }

    @Override
    public Double invert(Double a) {
        if (Math.abs(a) < ROUNDING) {
            throw new ArithmeticException("1 / 0");
        }
        return 1 / a;
    }

    @Override
    public Double power(Double base, Double exponent) {
        return finite(doubles.power(base, exponent));
    }

    @Override
    public Double apply(Fun fun, Double x) {
        return finite(doubles.apply(fun, x));
    }

    @Override
    public Double pi() {
        return doubles.pi();
    }

    @Override
    public Double infinity(boolean positive) {
        return doubles.infinity(positive);
    }

    @Override
    public int compare(Double a, Double b) {
        return Math.abs(a - b) < ROUNDING ? 0 : Double.compare(a, b);
    }
}

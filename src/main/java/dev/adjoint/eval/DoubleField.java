package dev.adjoint.eval;

import dev.adjoint.expr.Fun;
import java.util.function.BiFunction;
import org.apache.commons.numbers.fraction.BigFraction;

/** Double precision, as {@link Math} has it: the independent reference for what emitted classes compute. */
public final class DoubleField implements Field<Double> {
    private final BiFunction<Fun.Open, Double, Double> open;

    /** Without uninterpreted functions. */
    public DoubleField() {
        this((fun, x) -> {
            throw new ArithmeticException("no value of the open function " + fun);
        });
    }

    public DoubleField(BiFunction<Fun.Open, Double, Double> open) {
        this.open = open;
    }

    @Override
    public Double of(BigFraction value) {
        return value.doubleValue();
    }

    @Override
    public Double of(long value) {
        return (double) value;
    }

    @Override
    public Double add(Double a, Double b) {
        return a + b;
    }

    @Override
    public Double multiply(Double a, Double b) {
        return a * b;
    }

    @Override
    public Double invert(Double a) {
        return 1 / a;
    }

    @Override
    public Double negate(Double a) {
        return -a;
    }

    @Override
    public Double power(Double base, Double exponent) {
        return Math.pow(base, exponent);
    }

    @Override
    public Double pi() {
        return Math.PI;
    }

    @Override
    public Double infinity(boolean positive) {
        return positive ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    @Override
    public int compare(Double a, Double b) {
        double x = a;
        double y = b;
        return x == y ? 0 : Double.compare(x, y);
    }

    @Override
    public boolean isNaN(Double a) {
        return Double.isNaN(a);
    }

    @Override
    public Double apply(Fun fun, Double x) {
        if (fun instanceof Fun.Open function) {
            return open.apply(function, x);
        }
        return switch ((Fun.Known) fun) {
            case EXP -> Math.exp(x);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log1p(x);
            case SQRT -> Math.sqrt(x);
            case TANH -> Math.tanh(x);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case ERF -> org.apache.commons.numbers.gamma.Erf.value(x);
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case ABS -> Math.abs(x);
            case FLOOR -> Math.floor(x);
            case RELU -> x > 0 || Double.isNaN(x) ? x : 0.0;
        };
    }
}

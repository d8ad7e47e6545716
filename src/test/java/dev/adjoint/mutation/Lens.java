package dev.adjoint.mutation;

import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Field;
import dev.adjoint.eval.PrimeField;
import dev.adjoint.expr.Fun;

/**
 * A field to look through, and when two of its values are the same.
 *
 * @param <V> an element
 */
interface Lens<V> {
    /** What two values say about the two expressions that have them. */
    enum Agreement {
        SAME,
        DIFFERENT,
        /** Too close for rounding to tell. */
        UNCLEAR,
        /** The first has no value: nothing is said of the second. */
        SILENT
    }

    Field<V> field();

    Agreement compare(Result<V> reference, Result<V> other);

    /** The numbers modulo a prime, in which functions of the reals are random functions. */
    static Lens<Long> prime(long seed) {
        PrimeField field = new PrimeField(seed);
        return new Lens<>() {
            @Override
            public Field<Long> field() {
                return field;
            }

            @Override
            public Agreement compare(Result<Long> reference, Result<Long> other) {
                if (reference.value() == null) {
                    return Agreement.SILENT;
                }
                return reference.value().equals(other.value()) ? Agreement.SAME : Agreement.DIFFERENT;
            }
        };
    }

    /** Double precision; open functions are smooth ones that satisfy no simple law. */
    static Lens<Double> real() {
        return real(0);
    }

    /** The same with other open functions: the negative ones for an odd variant. */
    static Lens<Double> real(int variant) {
        int sign = variant % 2 == 0 ? 1 : -1;
        DoubleField field = new DoubleField((fun, x) -> sign * open(fun, x + variant / 2));
        return new Lens<>() {
            @Override
            public Field<Double> field() {
                return field;
            }

            @Override
            public Agreement compare(Result<Double> reference, Result<Double> other) {
                Double a = reference.value();
                Double b = other.value();
                if (a == null || !Double.isFinite(a)) {
                    return Agreement.SILENT;
                }
                if (b == null || !Double.isFinite(b)) {
                    return Agreement.DIFFERENT;
                }
                double distance = Math.abs(a - b) / (1 + Math.abs(a) + Math.abs(b));
                return distance < 1e-11 ? Agreement.SAME : distance > 1e-7 ? Agreement.DIFFERENT : Agreement.UNCLEAR;
            }
        };
    }

    /** {@code f(x) = sin(a·x + b) + x³/10 + x²/3}, and its derivatives. */
    private static double open(Fun.Open fun, double x) {
        double a = 0.7 + Math.floorMod(fun.name().hashCode(), 7) / 10.0;
        double b = Math.floorMod(fun.name().hashCode(), 5) / 3.0;
        double wave = Math.pow(a, fun.order()) * Math.sin(a * x + b + fun.order() * Math.PI / 2);
        return wave
                + switch (fun.order()) {
                    case 0 -> x * x * x / 10 + x * x / 3;
                    case 1 -> 3 * x * x / 10 + 2 * x / 3;
                    case 2 -> 6 * x / 10 + 2.0 / 3;
                    case 3 -> 6.0 / 10;
                    default -> 0;
                };
    }
}

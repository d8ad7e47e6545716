package dev.adjoint.random;

import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Dual;
import dev.adjoint.eval.DualField;
import dev.adjoint.eval.Field;
import dev.adjoint.expr.Fun;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A double, and how large the numbers are that went into it. Two programs that compute one formula, in whatever order
 * they add and multiply, differ by at most {@code n·ε·magnitude} after n operations (Higham 2002, §3 and §4).
 *
 * @param magnitude of a sum the sum of the absolute values; of {@code f(x)} also {@code |f'(x)|·magnitude(x)}
 * @param exact whether no operation has rounded: it came from the data as it is
 */
record Rounded(double value, double magnitude, boolean exact) {
    static Rounded exactly(double value) {
        return new Rounded(value, Math.abs(value), true);
    }

    /** Rounding might turn a comparison: nothing can be said of what depends on it. */
    static final class Undecided extends ArithmeticException {
        private static final long serialVersionUID = 1L;
    }

    /** The field of these. */
    static final class Reals implements Field<Rounded> {
        private final DoubleField doubles = new DoubleField();
        private final DualField<Double> duals = new DualField<>(doubles);
        private final double epsilon;
        private final double most;
        private double work;

        /**
         * @param epsilon relative to magnitudes, how far two programs may be apart
         * @param most how many operations may be done before an {@link Undecided} is thrown
         */
        Reals(double epsilon, double most) {
            this.epsilon = epsilon;
            this.most = most;
        }

        private Rounded rounded(double value, double magnitude) {
            if (++work > most) {
                throw new Undecided();
            }
            return new Rounded(value, Math.max(Math.abs(value), magnitude), false);
        }

        @Override
        public Rounded of(BigFraction value) {
            return exactly(value.doubleValue());
        }

        @Override
        public Rounded add(Rounded a, Rounded b) {
            return rounded(a.value + b.value, a.magnitude + b.magnitude);
        }

        @Override
        public Rounded multiply(Rounded a, Rounded b) {
            double value = a.value * b.value;
            boolean exact = a.exact && b.exact && (Math.abs(a.value) == 1 || Math.abs(b.value) == 1 || value == 0);
            return exact ? exactly(value) : rounded(value, a.magnitude * b.magnitude);
        }

        @Override
        public Rounded invert(Rounded a) {
            return rounded(1 / a.value, a.magnitude / (a.value * a.value));
        }

        @Override
        public Rounded power(Rounded base, Rounded exponent) {
            double a = slope(duals.power(new Dual<>(base.value, 1.0), duals.constant(exponent.value)), base);
            double b = slope(duals.power(duals.constant(base.value), new Dual<>(exponent.value, 1.0)), exponent);
            return rounded(Math.pow(base.value, exponent.value), a + b);
        }

        private static double slope(Dual<Double> f, Rounded x) {
            double slope = Math.abs(f.tangent()) * x.magnitude;
            return Double.isNaN(slope) ? Double.POSITIVE_INFINITY : slope;
        }

        @Override
        public Rounded apply(Fun fun, Rounded x) {
            if (fun == Fun.Known.FLOOR) {
                if (!x.exact && Math.abs(x.value - Math.rint(x.value)) <= epsilon * x.magnitude) {
                    throw new Undecided();
                }
                return exactly(Math.floor(x.value));
            }
            if (fun == Fun.Known.RELU) {
                return compare(x, exactly(0)) > 0 ? x : exactly(0);
            }
            return rounded(doubles.apply(fun, x.value), slope(duals.apply(fun, new Dual<>(x.value, 1.0)), x));
        }

        @Override
        public Rounded pi() {
            return exactly(Math.PI);
        }

        @Override
        public Rounded infinity(boolean positive) {
            return exactly(positive ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
        }

        @Override
        public int compare(Rounded a, Rounded b) {
            boolean far = Math.abs(a.value - b.value) > epsilon * (a.magnitude + b.magnitude);
            boolean sure = a.exact && b.exact || Double.isInfinite(a.value) || Double.isInfinite(b.value);
            if (!far && !sure) {
                throw new Undecided();
            }
            return doubles.compare(a.value, b.value);
        }

        @Override
        public boolean isNaN(Rounded a) {
            return Double.isNaN(a.value);
        }
    }
}

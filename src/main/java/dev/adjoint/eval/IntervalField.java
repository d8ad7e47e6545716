package dev.adjoint.eval;

import dev.adjoint.expr.Fun;
import java.math.BigDecimal;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.fraction.BigFraction;
import org.apache.commons.numbers.gamma.Erf;

/**
 * Intervals of doubles that enclose the exact real value: sums, products and quotients are rounded outward by one unit in
 * the last place, unless an error-free transformation (Dekker 1971, Knuth) shows them exact; {@link StrictMath}'s
 * functions by more than the error that its documentation allows. On small integers, arithmetic is exact.
 *
 * <p>Open functions are polynomials with small integer coefficients that depend on their name and the seed, so that their
 * derivatives fit them.
 */
public final class IntervalField implements Field<Interval> {
    /** The intervals are too wide to tell: the real values may be equal or not. */
    public static final class TooWide extends ArithmeticException {
        private static final long serialVersionUID = 1;

        TooWide(String message) {
            super(message);
        }
    }

    private static final Interval ZERO = Interval.point(0);
    private static final Interval ONE = Interval.point(1);
    /** Below this the error of a product may itself be lost. */
    private static final double TINY = 0x1p-900;

    private static final int OPEN_DEGREE = 4;
    /** Powers up to this are products, also of negative numbers. */
    private static final int LARGEST_EXPONENT = 1024;

    private final long seed;

    public IntervalField(long seed) {
        this.seed = seed;
    }

    @Override
    public Interval of(BigFraction value) {
        double near = value.doubleValue();
        if (!Double.isFinite(near)) {
            throw new TooWide("a number beyond the doubles");
        }
        int side = BigFraction.from(near).compareTo(value);
        return side == 0
                ? Interval.point(near)
                : side < 0 ? new Interval(near, Math.nextUp(near)) : new Interval(Math.nextDown(near), near);
    }

    @Override
    public Interval of(long value) {
        double near = value;
        int side = new BigDecimal(near).compareTo(BigDecimal.valueOf(value));
        return side == 0 ? Interval.point(near) : new Interval(Math.nextDown(near), Math.nextUp(near));
    }

    // ---- arithmetic

    @Override
    public Interval add(Interval a, Interval b) {
        if (Double.isInfinite(a.lo()) || Double.isInfinite(b.lo())) {
            return Interval.point(defined(a.lo() + b.lo(), "inf - inf"));
        }
        return checked(sum(a.lo(), b.lo(), false), sum(a.hi(), b.hi(), true));
    }

    private static double sum(double a, double b, boolean up) {
        double s = a + b;
        double t = s - a;
        double error = (a - (s - t)) + (b - t);
        return error == 0 ? s : outward(s, up);
    }

    @Override
    public Interval multiply(Interval a, Interval b) {
        if (Double.isInfinite(a.lo()) || Double.isInfinite(b.lo())) {
            if (mayBeZero(a) || mayBeZero(b)) {
                throw new TooWide("a product with an infinity");
            }
            return Interval.point(defined(a.lo() * b.lo(), "0 * inf"));
        }
        double lo = Double.POSITIVE_INFINITY;
        double hi = Double.NEGATIVE_INFINITY;
        for (double x : a.isPoint() ? new double[] {a.lo()} : new double[] {a.lo(), a.hi()}) {
            for (double y : b.isPoint() ? new double[] {b.lo()} : new double[] {b.lo(), b.hi()}) {
                lo = Math.min(lo, product(x, y, false));
                hi = Math.max(hi, product(x, y, true));
            }
        }
        return checked(lo, hi);
    }

    private static boolean mayBeZero(Interval a) {
        return a.lo() <= 0 && a.hi() >= 0 && !a.isPoint();
    }

    private static double product(double a, double b, boolean up) {
        double p = a * b;
        boolean exact = a == 0 || b == 0 || Math.abs(p) > TINY && Math.fma(a, b, -p) == 0;
        return exact ? p : outward(p, up);
    }

    @Override
    public Interval invert(Interval a) {
        if (a.equals(ZERO)) {
            throw new ArithmeticException("1 / 0");
        }
        if (a.lo() <= 0 && a.hi() >= 0) {
            throw new TooWide("1 / x where x may be 0");
        }
        if (Double.isInfinite(a.lo())) {
            return ZERO;
        }
        return checked(quotient(a.hi(), false), quotient(a.lo(), true));
    }

    private static double quotient(double a, boolean up) {
        double q = 1 / a;
        return Math.abs(q) > TINY && Math.fma(q, a, -1) == 0 ? q : outward(q, up);
    }

    @Override
    public Interval power(Interval base, Interval exponent) {
        if (exponent.equals(ZERO)) {
            return ONE;
        }
        if (base.equals(ZERO) && exponent.lo() > 0) {
            return ZERO;
        }
        double n = exponent.lo();
        if (exponent.isPoint() && n == Math.rint(n) && Math.abs(n) <= LARGEST_EXPONENT) {
            Interval power = base;
            for (int k = 1; k < Math.abs(n); k++) {
                power = multiply(power, base);
            }
            return n < 0 ? invert(power) : power;
        }
        return apply(Fun.Known.EXP, multiply(exponent, apply(Fun.Known.LOG, base)));
    }

    @Override
    public Interval pi() {
        return new Interval(Math.PI, Math.nextUp(Math.PI));
    }

    @Override
    public Interval infinity(boolean positive) {
        return Interval.point(positive ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
    }

    /** @throws TooWide if the intervals overlap and are not the same point */
    @Override
    public int compare(Interval a, Interval b) {
        if (a.isPoint() && a.equals(b)) {
            return 0;
        }
        if (!a.isApartFrom(b)) {
            throw new TooWide("two values too near to each other to be compared");
        }
        return a.hi() < b.lo() ? -1 : 1;
    }

    // ---- functions

    @Override
    public Interval apply(Fun fun, Interval x) {
        if (fun instanceof Fun.Open open) {
            return polynomial(open, x);
        }
        return switch ((Fun.Known) fun) {
            case EXP -> x.equals(ZERO) ? ONE : increasing(StrictMath::exp, x, 2, 0, Double.MAX_VALUE);
            case LOG -> x.equals(ONE) ? ZERO : increasing(StrictMath::log, positive(x, 0, "log"), 2, -1e4, 1e4);
            case LOG1P -> x.equals(ZERO) ? ZERO : increasing(StrictMath::log1p, positive(x, -1, "log1p"), 2, -1e4, 1e4);
            case SQRT -> root(x);
            case TANH -> x.equals(ZERO) ? ZERO : increasing(StrictMath::tanh, x, 4, -1, 1);
            case SIGMOID -> invert(add(ONE, apply(Fun.Known.EXP, negate(x))));
            case ERF -> x.equals(ZERO) ? ZERO : increasing(Erf::value, x, 16, -1, 1);
            case SIN -> x.equals(ZERO) ? ZERO : wave(StrictMath::sin, x);
            case COS -> x.equals(ZERO) ? ONE : wave(StrictMath::cos, x);
            case ABS -> x.lo() >= 0 ? x : x.hi() <= 0 ? negate(x) : new Interval(0, Math.max(-x.lo(), x.hi()));
            case FLOOR -> {
                if (Math.floor(x.lo()) != Math.floor(x.hi())) {
                    throw new TooWide("the floor of a value near to an integer");
                }
                yield Interval.point(Math.floor(x.lo()));
            }
            case RELU -> new Interval(Math.max(x.lo(), 0) + 0.0, Math.max(x.hi(), 0) + 0.0);
        };
    }

    private static Interval positive(Interval x, double above, String function) {
        if (x.hi() <= above) {
            throw new ArithmeticException(function + " of " + x.hi());
        }
        if (x.lo() <= above) {
            throw new TooWide(function + " of a value near to " + above);
        }
        return x;
    }

    private static Interval root(Interval x) {
        if (x.hi() < 0) {
            throw new ArithmeticException("sqrt of " + x.hi());
        }
        if (x.lo() < 0) {
            throw new TooWide("sqrt of a value near to 0");
        }
        return new Interval(root(x.lo(), false), root(x.hi(), true));
    }

    private static double root(double x, boolean up) {
        double r = Math.sqrt(x);
        return x == 0 || x > TINY && Math.fma(r, r, -x) == 0 ? r : Math.max(0, outward(r, up));
    }

    /** An increasing function whose computed value is less than {@code ulps} units away from the exact one. */
    private static Interval increasing(DoubleUnaryOperator f, Interval x, int ulps, double least, double most) {
        double lo = f.applyAsDouble(x.lo());
        double hi = f.applyAsDouble(x.hi());
        if (Double.isInfinite(hi) && Double.isFinite(x.hi())) {
            throw new TooWide("a value beyond the doubles");
        }
        for (int k = 0; k < ulps; k++) {
            lo = Math.nextDown(lo);
            hi = Math.nextUp(hi);
        }
        return checked(Math.max(lo, least), Math.min(hi, most));
    }

    /** {@code |sin(y) − sin(x)| ≤ |y − x|}. */
    private static Interval wave(DoubleUnaryOperator f, Interval x) {
        double middle = x.lo() / 2 + x.hi() / 2;
        double reach = Math.nextUp(Math.max(x.hi() - middle, middle - x.lo())) + 0x1p-50;
        double value = f.applyAsDouble(middle);
        return new Interval(Math.max(-1, Math.nextDown(value - reach)), Math.min(1, Math.nextUp(value + reach)));
    }

    /** {@code f(x) = Σ_k c_k·x^k} with integers {@code −3 ≤ c_k ≤ 3}, as many times derived as the function says. */
    private Interval polynomial(Fun.Open open, Interval x) {
        Interval sum = ZERO;
        for (int k = OPEN_DEGREE; k >= open.order(); k--) {
            long factor = 1;
            for (int j = 0; j < open.order(); j++) {
                factor *= k - j;
            }
            sum = add(multiply(sum, x), of(factor * coefficient(open.name(), k)));
        }
        return sum;
    }

    private long coefficient(String name, int k) {
        long z = seed + name.hashCode() * 0x9e3779b97f4a7c15L + k * 0xd1b54a32d192ed03L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        long c = Math.floorMod(z ^ (z >>> 31), 7) - 3;
        return c == 0 ? 2 : c;
    }

    private static double outward(double value, boolean up) {
        return up ? Math.nextUp(value) : Math.nextDown(value);
    }

    private static double defined(double value, String what) {
        if (Double.isNaN(value)) {
            throw new ArithmeticException(what);
        }
        return value;
    }

    private static Interval checked(double lo, double hi) {
        if (!Double.isFinite(lo) || !Double.isFinite(hi)) {
            throw new TooWide("a value beyond the doubles");
        }
        return new Interval(lo + 0.0, hi + 0.0);
    }
}

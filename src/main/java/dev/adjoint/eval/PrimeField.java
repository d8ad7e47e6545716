package dev.adjoint.eval;

import dev.adjoint.expr.Fun;
import java.math.BigInteger;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * The integers modulo the Mersenne prime {@code p = 2^61 − 1}: exact, and two different polynomials of degree d agree
 * at a random point with a probability of at most d/p (Schwartz 1980, Zippel 1979).
 *
 * <p>Functions of the reals are random functions here, the same for the same argument and seed; a square root is a true
 * root where there is one. The order is that of the representatives in {@code −p/2 … p/2}: total, so that maxima are
 * chosen consistently, and that of the integers while numbers stay small.
 */
public final class PrimeField implements Field<Long> {
    /** 2^61 − 1. */
    public static final long P = (1L << 61) - 1;

    private static final long PLUS_INFINITY = Long.MAX_VALUE;
    private static final long MINUS_INFINITY = Long.MIN_VALUE;
    private static final long HALF = 1L << 60;
    private static final BigInteger BIG_P = BigInteger.valueOf(P);

    private final long seed;

    public PrimeField(long seed) {
        this.seed = seed;
    }

    @Override
    public Long of(BigFraction value) {
        long numerator = value.getNumerator().mod(BIG_P).longValueExact();
        long denominator = value.getDenominator().mod(BIG_P).longValueExact();
        return denominator == 1 ? numerator : multiply(numerator, invert(denominator));
    }

    @Override
    public Long of(long value) {
        return Math.floorMod(value, P);
    }

    @Override
    public Long add(Long a, Long b) {
        if (isInfinite(a) || isInfinite(b)) {
            if (isInfinite(a) && isInfinite(b) && !a.equals(b)) {
                throw new ArithmeticException("inf - inf");
            }
            return isInfinite(a) ? a : b;
        }
        long sum = a + b;
        return sum >= P ? sum - P : sum;
    }

    @Override
    public Long multiply(Long a, Long b) {
        if (isInfinite(a) || isInfinite(b)) {
            return scaled(isInfinite(a) ? a : b, isInfinite(a) ? b : a);
        }
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        long sum = (low & P) + ((low >>> 61) | (high << 3));
        return sum >= P ? sum - P : sum;
    }

    /** Only 1, −1 and 1/2 have a sign here that is that of the rational number. */
    private Long scaled(long infinity, long factor) {
        if (factor == 1 || factor == HALF) {
            return infinity;
        }
        if (factor == P - 1) {
            return infinity(infinity == MINUS_INFINITY);
        }
        throw new ArithmeticException("a product with an infinity");
    }

    @Override
    public Long invert(Long a) {
        if (a == 0) {
            throw new ArithmeticException("1 / 0");
        }
        return isInfinite(a) ? 0L : raise(a, P - 2);
    }

    private long raise(long base, long exponent) {
        long result = 1;
        long square = base;
        for (long e = exponent; e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    @Override
    public Long power(Long base, Long exponent) {
        return random(base, random(exponent, 0x706f77));
    }

    @Override
    public Long pi() {
        return random(3, 0x7069);
    }

    @Override
    public Long infinity(boolean positive) {
        return positive ? PLUS_INFINITY : MINUS_INFINITY;
    }

    private static boolean isInfinite(long a) {
        return a == PLUS_INFINITY || a == MINUS_INFINITY;
    }

    @Override
    public int compare(Long a, Long b) {
        return Long.compare(centred(a), centred(b));
    }

    private static long centred(long a) {
        return isInfinite(a) || a <= P / 2 ? a : a - P;
    }

    @Override
    public Long apply(Fun fun, Long x) {
        if (fun == Fun.Known.RELU) {
            return compare(x, 0L) > 0 ? x : 0L;
        }
        if (fun == Fun.Known.ABS) {
            return compare(x, 0L) >= 0 ? x : negate(x);
        }
        if (isInfinite(x)) {
            if (fun == Fun.Known.EXP && x == MINUS_INFINITY) {
                return 0L;
            }
            throw new ArithmeticException(fun + " of an infinity");
        }
        if (fun == Fun.Known.SQRT) {
            long root = raise(x, (P + 1) / 4);
            if (multiply(root, root).longValue() == x) {
                return root;
            }
        }
        return random(x, fun.toString().hashCode());
    }

    /** SplitMix64 of the argument, the function and the seed. */
    private long random(long x, long function) {
        long z = x * 0x9e3779b97f4a7c15L + function * 0xd1b54a32d192ed03L + seed;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return Math.floorMod(z ^ (z >>> 31), P);
    }
}

package dev.adjoint.eval;

import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Ref;
import java.util.Arrays;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Dual numbers over a field: forward-mode differentiation, the independent check of every symbolic derivative. Its
 * derivatives of functions are written here a second time, on purpose, and share nothing with the rules of derivation.
 *
 * @param <V> an element of the field below
 */
public final class DualField<V> implements Field<Dual<V>> {
    private final Field<V> base;
    private final V zero;
    private final V minusZero;

    public DualField(Field<V> base) {
        this.base = base;
        this.zero = base.of(0);
        this.minusZero = base.negate(zero);
    }

    public Dual<V> constant(V value) {
        return new Dual<>(value, zero);
    }

    /** Where tensors are read as they are, and one entry of one of them varies. */
    Source<Dual<V>> seeded(Source<V> source, Ref seed, long[] at) {
        return new Source<>() {
            @Override
            public long[] shape(Ref ref) {
                return source.shape(ref);
            }

            @Override
            public Dual<V> read(Ref ref, long[] index) {
                boolean here = ref.equals(seed) && Arrays.equals(index, at);
                return new Dual<>(source.read(ref, index), base.of(here ? 1 : 0));
            }

            @Override
            public void turn() {
                source.turn();
            }

            @Override
            public long entry(String tensor, long[] index) {
                return source.entry(tensor, index);
            }
        };
    }

    @Override
    public Dual<V> of(BigFraction value) {
        return constant(base.of(value));
    }

    @Override
    public Dual<V> add(Dual<V> a, Dual<V> b) {
        return new Dual<>(base.add(a.value(), b.value()), base.add(a.tangent(), b.tangent()));
    }

    /** A tangent of exactly 0 is a strong zero: it vanishes even where the other factor is infinite. */
    @Override
    public Dual<V> multiply(Dual<V> a, Dual<V> b) {
        return new Dual<>(
                base.multiply(a.value(), b.value()),
                base.add(scale(a.tangent(), b.value()), scale(b.tangent(), a.value())));
    }

    private V scale(V tangent, V factor) {
        return isZero(tangent) ? zero : base.multiply(tangent, factor);
    }

    /** Whether a tangent is 0, or the −0 that floating-point numbers have beside it. */
    public boolean isZero(V tangent) {
        return tangent.equals(zero) || tangent.equals(minusZero);
    }

    @Override
    public Dual<V> invert(Dual<V> a) {
        V inverse = base.invert(a.value());
        V slope = base.negate(base.multiply(inverse, inverse));
        return new Dual<>(inverse, scale(a.tangent(), slope));
    }

    /** {@code d(a^b) = b·a^(b−1)·da + a^b·log(a)·db}; the first term is 0 where b is, the second where a is. */
    @Override
    public Dual<V> power(Dual<V> a, Dual<V> b) {
        V power = base.power(a.value(), b.value());
        V tangent = zero;
        if (!isZero(a.tangent()) && base.compare(b.value(), zero) != 0) {
            V less = base.power(a.value(), base.add(b.value(), base.of(-1)));
            tangent = base.multiply(a.tangent(), base.multiply(b.value(), less));
        }
        if (!isZero(b.tangent()) && base.compare(a.value(), zero) != 0) {
            V log = base.apply(Fun.Known.LOG, a.value());
            tangent = base.add(tangent, base.multiply(b.tangent(), base.multiply(power, log)));
        }
        return new Dual<>(power, tangent);
    }

    @Override
    public Dual<V> pi() {
        return constant(base.pi());
    }

    @Override
    public Dual<V> infinity(boolean positive) {
        return constant(base.infinity(positive));
    }

    @Override
    public int compare(Dual<V> a, Dual<V> b) {
        return base.compare(a.value(), b.value());
    }

    @Override
    public Dual<V> stop(Dual<V> a) {
        return constant(base.stop(a.value()));
    }

    @Override
    public boolean isNaN(Dual<V> a) {
        return base.isNaN(a.value());
    }

    @Override
    public Dual<V> apply(Fun fun, Dual<V> x) {
        V y = base.apply(fun, x.value());
        if (isZero(x.tangent())) {
            return constant(y);
        }
        V slope = fun instanceof Fun.Open open
                ? base.apply(open.derivative(), x.value())
                : slope((Fun.Known) fun, x.value(), y);
        return new Dual<>(y, base.multiply(slope, x.tangent()));
    }

    private V slope(Fun.Known fun, V x, V y) {
        V one = base.of(1);
        return switch (fun) {
            case EXP -> y;
            case LOG -> base.invert(x);
            case LOG1P -> base.invert(base.add(one, x));
            case SQRT -> base.invert(base.add(y, y));
            case TANH -> base.add(one, base.negate(base.multiply(y, y)));
            case SIGMOID -> base.multiply(y, base.add(one, base.negate(y)));
            case ERF -> {
                V gauss = base.apply(Fun.Known.EXP, base.negate(base.multiply(x, x)));
                V root = base.apply(Fun.Known.SQRT, base.pi());
                yield base.multiply(base.multiply(base.of(2), gauss), base.invert(root));
            }
            case SIN -> base.apply(Fun.Known.COS, x);
            case COS -> base.negate(base.apply(Fun.Known.SIN, x));
            case ABS -> base.of(base.compare(x, zero));
            case FLOOR -> zero;
            case RELU -> base.compare(x, zero) > 0 ? one : zero;
        };
    }
}

package dev.adjoint.eval;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * The meaning of an expression: its value in a field, given sizes, indices and tensors. Nothing is rewritten or
 * optimised here; this is the definition that every other room is checked against. Conditions are strong: where a
 * factor {@code [c]} is 0 the other factors are not looked at. Serves one thread.
 *
 * @param <V> an element of the field
 */
public final class Evaluator<V> {
    /** There may be a value, but integers or exponents on the way to it are larger than what is evaluated here. */
    public static final class TooLarge extends ArithmeticException {
        private static final long serialVersionUID = 1;

        TooLarge(String message) {
            super(message);
        }
    }

    private final Field<V> field;
    private final Source<V> source;
    private final Map<String, Long> integers;
    private final V half;

    /**
     * @param sizes the sizes, by name
     */
    public Evaluator(Field<V> field, Source<V> source, Map<String, Long> sizes) {
        this.field = field;
        this.source = source;
        this.integers = new HashMap<>(sizes);
        this.half = field.of(BigFraction.of(1, 2));
    }

    /**
     * The value at a point.
     *
     * @throws IndexOutOfBoundsException if a read without a pad leaves its tensor
     * @throws ArithmeticException if the value is undefined in an exact field; {@link TooLarge} if an integer overflows
     */
    public V value(Expr e, Map<String, Long> indices) {
        Map<String, Long> saved = new HashMap<>(integers);
        integers.putAll(indices);
        try {
            return value(e);
        } finally {
            integers.clear();
            integers.putAll(saved);
        }
    }

    /** The integer at a point; {@link #value} says what is thrown. */
    public long integer(IntExpr e, Map<String, Long> indices) {
        Map<String, Long> saved = new HashMap<>(integers);
        integers.putAll(indices);
        try {
            return integer(e);
        } finally {
            integers.clear();
            integers.putAll(saved);
        }
    }

    /** Whether the condition holds at a point; {@link #value} says what is thrown. */
    public boolean holds(Cond c, Map<String, Long> indices) {
        Map<String, Long> saved = new HashMap<>(integers);
        integers.putAll(indices);
        try {
            return holds(c);
        } finally {
            integers.clear();
            integers.putAll(saved);
        }
    }

    private V value(Expr e) {
        if (e instanceof Expr.Num n) {
            return field.of(n.value());
        }
        if (e instanceof Expr.Pi) {
            return field.pi();
        }
        if (e instanceof Expr.Inf) {
            return field.infinity(true);
        }
        if (e instanceof Expr.IntValue v) {
            return field.of(integer(v.value()));
        }
        if (e instanceof Expr.Read r) {
            return read(r);
        }
        if (e instanceof Expr.Add a) {
            V sum = value(a.terms().get(0));
            for (Expr term : a.terms().subList(1, a.terms().size())) {
                sum = field.add(sum, value(term));
            }
            return sum;
        }
        if (e instanceof Expr.Mul m) {
            return product(m.factors());
        }
        if (e instanceof Expr.Pow p) {
            return power(p);
        }
        if (e instanceof Expr.Apply a) {
            return field.apply(a.fun(), value(a.arg()));
        }
        if (e instanceof Expr.Extremum x) {
            return extremum(x.max(), value(x.left()), value(x.right()));
        }
        if (e instanceof Expr.Reduce r) {
            return reduce(r);
        }
        if (e instanceof Expr.Iverson i) {
            return field.of(holds(i.cond()) ? 1 : 0);
        }
        if (e instanceof Expr.Select s) {
            return value(holds(s.cond()) ? s.then() : s.otherwise());
        }
        if (e instanceof Expr.Stop s) {
            return field.stop(value(s.arg()));
        }
        return derivative((Expr.Deriv) e);
    }

    private V product(List<Expr> factors) {
        for (Expr factor : factors) {
            if (factor instanceof Expr.Iverson i && !holds(i.cond())) {
                return field.of(0);
            }
        }
        V product = null;
        for (Expr factor : factors) {
            if (!(factor instanceof Expr.Iverson)) {
                V value = value(factor);
                product = product == null ? value : field.multiply(product, value);
            }
        }
        return product == null ? field.of(1) : product;
    }

    /** {@code base^n} by multiplication for an integer n, else as the field has it. */
    private V power(Expr.Pow p) {
        V base = value(p.base());
        if (p.exponent() instanceof Expr.IntValue n) {
            return raised(base, integer(n.value()));
        }
        if (p.exponent() instanceof Expr.Num n && n.value().getDenominator().bitLength() == 1) {
            BigInteger exponent = n.value().getNumerator();
            if (exponent.bitLength() > 62) {
                throw new TooLarge("an exponent of " + exponent);
            }
            return raised(base, exponent.longValueExact());
        }
        return field.power(base, value(p.exponent()));
    }

    private V raised(V base, long exponent) {
        if (Math.abs(exponent) >= 1 << 20) {
            throw new TooLarge("an exponent of " + exponent);
        }
        V power = field.of(1);
        for (int k = 0; k < Math.abs(exponent); k++) {
            power = k == 0 ? base : field.multiply(power, base);
        }
        return exponent < 0 ? field.invert(power) : power;
    }

    /** NaN wins; of equals each counts half. */
    private V extremum(boolean max, V left, V right) {
        if (field.isNaN(left) || field.isNaN(right)) {
            return field.isNaN(left) ? left : right;
        }
        int sign = field.compare(left, right);
        if (sign == 0) {
            return field.multiply(half, field.add(left, right));
        }
        return sign > 0 == max ? left : right;
    }

    private V read(Expr.Read r) {
        long[] index = new long[r.index().size()];
        for (int k = 0; k < index.length; k++) {
            index[k] = integer(r.index().get(k));
        }
        long[] shape = source.shape(r.ref());
        if (!inside(index, shape)) {
            if (r.pad() == null) {
                throw outside(r.ref().toString(), index, shape);
            }
            return value(r.pad());
        }
        return source.read(r.ref(), index);
    }

    private static boolean inside(long[] index, long[] shape) {
        if (index.length != shape.length) {
            throw new IllegalStateException(index.length + " indices of " + shape.length + " axes");
        }
        for (int k = 0; k < index.length; k++) {
            if (index[k] < 0 || index[k] >= shape[k]) {
                return false;
            }
        }
        return true;
    }

    private static IndexOutOfBoundsException outside(String tensor, long[] index, long[] shape) {
        return new IndexOutOfBoundsException(
                tensor + Arrays.toString(index) + " lies outside the shape " + Arrays.toString(shape));
    }

    private V reduce(Expr.Reduce r) {
        Object[] result = new Object[1];
        loop(r.ranges(), 0, unused -> {
            V value = value(r.body());
            @SuppressWarnings("unchecked")
            V sofar = (V) result[0];
            if (sofar == null) {
                result[0] = value;
            } else {
                result[0] = switch (r.kind()) {
                    case SUM -> field.add(sofar, value);
                    case PROD -> field.multiply(sofar, value);
                    case MAX -> better(true, value, sofar) ? value : sofar;
                    case MIN -> better(false, value, sofar) ? value : sofar;
                };
            }
        });
        if (result[0] == null) {
            return switch (r.kind()) {
                case SUM -> field.of(0);
                case PROD -> field.of(1);
                case MAX -> field.infinity(false);
                case MIN -> field.infinity(true);
            };
        }
        @SuppressWarnings("unchecked")
        V value = (V) result[0];
        return value;
    }

    /** Whether a later value takes the place of the best so far: the first of equals stays, the first NaN wins. */
    private boolean better(boolean max, V value, V best) {
        if (field.isNaN(best)) {
            return false;
        }
        int sign = field.compare(value, best);
        return field.isNaN(value) || (max ? sign > 0 : sign < 0);
    }

    private void loop(List<Range> ranges, int depth, Consumer<Long> body) {
        if (depth == ranges.size()) {
            source.turn();
            body.accept(0L);
            return;
        }
        Range range = ranges.get(depth);
        long hi = integer(range.hi());
        Long shadowed = integers.get(range.name());
        for (long k = integer(range.lo()); k < hi; k++) {
            integers.put(range.name(), k);
            loop(ranges, depth + 1, body);
        }
        if (shadowed == null) {
            integers.remove(range.name());
        } else {
            integers.put(range.name(), shadowed);
        }
    }

    private boolean holds(Cond c) {
        if (c instanceof Cond.Constant constant) {
            return constant.value();
        }
        if (c instanceof Cond.Ints i) {
            return i.rel().holds(Long.compare(integer(i.left()), integer(i.right())));
        }
        if (c instanceof Cond.Values v) {
            V left = value(v.left());
            V right = value(v.right());
            if (field.isNaN(left) || field.isNaN(right)) {
                return v.rel() == dev.adjoint.expr.Rel.NE;
            }
            return v.rel().holds(field.compare(left, right));
        }
        if (c instanceof Cond.And a) {
            return a.parts().stream().allMatch(this::holds);
        }
        if (c instanceof Cond.Or o) {
            return o.parts().stream().anyMatch(this::holds);
        }
        return !holds(((Cond.Not) c).part());
    }

    private long integer(IntExpr e) {
        try {
            return e.evaluate(this::leaf);
        } catch (InWindow undefined) {
            throw undefined.why;
        } catch (ArithmeticException overflow) {
            // Divisors are at least 1, so nothing else can go wrong with integers.
            throw new TooLarge(e + " overflows");
        }
    }

    /** A value in a window, of which the position of the extremum is asked for, is undefined. */
    private static final class InWindow extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final ArithmeticException why;

        InWindow(ArithmeticException why) {
            super(null, why, false, false);
            this.why = why;
        }
    }

    private long leaf(Atom atom) {
        if (atom instanceof Atom.Var variable) {
            Long value = integers.get(variable.name());
            if (value == null) {
                throw new IllegalStateException("the index " + variable.name() + " has no value");
            }
            return value;
        }
        if (atom instanceof Position.Entry entry) {
            long[] index = entry.index().stream().mapToLong(this::integer).toArray();
            long[] shape = source.shape(Ref.value(entry.tensor()));
            if (!inside(index, shape)) {
                throw outside(entry.tensor(), index, shape);
            }
            return source.entry(entry.tensor(), index);
        }
        if (atom instanceof Position.Arg arg) {
            try {
                return argument(arg);
            } catch (ArithmeticException undefined) {
                throw new InWindow(undefined);
            }
        }
        throw new IllegalStateException("no value of " + atom);
    }

    private long argument(Position.Arg arg) {
        Object[] best = new Object[1];
        long[] position = {0, 0};
        loop(arg.ranges(), 0, unused -> {
            V value = value(arg.body());
            @SuppressWarnings("unchecked")
            V sofar = (V) best[0];
            if (sofar == null || better(arg.max(), value, sofar)) {
                best[0] = value;
                position[0] = position[1];
            }
            position[1]++;
        });
        return position[0];
    }

    private V derivative(Expr.Deriv d) {
        long[] at = d.index().stream().mapToLong(this::integer).toArray();
        DualField<V> duals = new DualField<>(field);
        Source<Dual<V>> seeded = duals.seeded(source, d.ref(), at);
        return new Evaluator<>(duals, seeded, integers).value(d.arg()).tangent();
    }
}

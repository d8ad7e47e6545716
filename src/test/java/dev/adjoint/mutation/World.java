package dev.adjoint.mutation;

import dev.adjoint.eval.Dual;
import dev.adjoint.eval.DualField;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Field;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every name of a layer means at a point, from its equations alone. Lets and outputs are computed; {@code grad T[p]}
 * is {@code Σ delta · tangent} of the outputs where {@code T[p]} is varied by a dual number, and {@code d(e) / d(T[p])}
 * is the tangent of e in that same varied world, so that derivatives of gradients are dual numbers over dual numbers. A
 * let that is varied is an independent variable: what it is computed of stays as it is. Nothing of derivation has a part
 * in it. Serves one thread.
 *
 * @param <V> an element of the field
 */
final class World<V> implements Source<V> {
    /** Makes indices positive that stand for the place of a derivative. */
    private static final long OFFSET = 1L << 40;

    /** No name of the language begins so. */
    private static final String DERIVATIVE = "#";

    /** What is given, and how far each tensor that is computed is varied beside. */
    private interface Entries<V> {
        @Nullable
        V at(Ref ref, int flat);
    }

    /** A partial derivative, and the free indices that it depends on. */
    private record Partial(Expr.Deriv derivative, List<String> indices) {}

    private final Layer layer;
    private final Map<String, Long> sizes;
    private final Map<String, long[]> integers;
    private final Field<V> field;
    private final Entries<V> given;
    private final Entries<V> variation;
    private final Map<String, Partial> partials;
    private final Map<Expr, Expr> prepared = new IdentityHashMap<>();
    private final Map<String, long[]> shapes = new HashMap<>();
    private final Map<Ref, Object[]> memo = new HashMap<>();

    private World(
            Layer layer,
            Map<String, Long> sizes,
            Map<String, long[]> integers,
            Field<V> field,
            Entries<V> given,
            Entries<V> variation,
            Map<String, Partial> partials) {
        this.layer = layer;
        this.sizes = sizes;
        this.integers = integers;
        this.field = field;
        this.given = given;
        this.variation = variation;
        this.partials = partials;
    }

    /** The layer at a point, in a field. */
    static <V> World<V> of(Layer layer, Point point, Field<V> field) {
        Entries<V> given = (ref, flat) -> {
            var values = point.values().get(Point.key(ref));
            if (values == null) {
                throw new IllegalStateException("no values of " + ref);
            }
            return field.of(values.get(flat));
        };
        return new World<>(layer, point.sizes(), point.integers(), field, given, (ref, flat) -> null, new HashMap<>());
    }

    /** The value of an expression of a claim, where its free indices are these; the evaluator says what is thrown. */
    V value(Expr e, Map<String, Long> indices) {
        return new Evaluator<>(field, this, sizes).value(prepare(e), indices);
    }

    // ---- entries

    @Override
    public V read(Ref ref, long[] index) {
        if (ref.name().startsWith(DERIVATIVE)) {
            return partial(partials.get(ref.name()), index);
        }
        return at(ref, flat(shape(ref), index));
    }

    private V at(Ref ref, int flat) {
        Object[] entries = memo.computeIfAbsent(plain(ref), r -> new Object[length(shape(r))]);
        if (entries[flat] == null) {
            entries[flat] = compute(plain(ref), flat);
        }
        @SuppressWarnings("unchecked")
        V value = (V) entries[flat];
        return value;
    }

    private V compute(Ref ref, int flat) {
        if (ref.kind() == Ref.Kind.GRAD) {
            return gradient(ref.name(), flat);
        }
        if (integers.containsKey(ref.name()) && ref.kind() == Ref.Kind.VALUE) {
            return field.of(integers.get(ref.name())[flat]);
        }
        Equation equation = ref.kind() == Ref.Kind.DELTA ? null : equation(ref.name());
        if (equation == null) {
            return java.util.Objects.requireNonNull(given.at(ref, flat));
        }
        long[] shape = shape(ref);
        Map<String, Long> point = new HashMap<>();
        long rest = flat;
        for (int k = shape.length - 1; k >= 0; k--) {
            point.put(equation.indices().get(k).name(), rest % shape[k]);
            rest /= shape[k];
        }
        V computed = value(equation.rhs(), point);
        V varied = variation.at(ref, flat);
        return varied == null ? computed : field.add(computed, varied);
    }

    private @Nullable Equation equation(String tensor) {
        return layer.equations().stream()
                .filter(e -> e.target().name().equals(tensor))
                .findFirst()
                .orElse(null);
    }

    @Override
    public long entry(String tensor, long[] index) {
        return integers.get(tensor)[flat(shape(Ref.value(tensor)), index)];
    }

    /** Whether there is one only error makes no difference to what it holds. */
    private static Ref plain(Ref ref) {
        return ref.sole() ? Ref.delta(ref.name(), false) : ref;
    }

    // ---- derivatives

    /** {@code dE/dT[p] = Σ_x Σ_q delta.x[q] · dx[q]/dT[p]}. */
    private V gradient(String tensor, int flat) {
        World<Dual<V>> varied = varied(Ref.value(tensor), flat);
        DualField<V> duals = new DualField<>(field);
        V sum = field.of(0);
        for (Tensor output : layer.outputs()) {
            Ref ref = Ref.value(output.name());
            for (int q = 0; q < length(shape(ref)); q++) {
                V tangent = varied.at(ref, q).tangent();
                // A tangent of 0 vanishes whatever the error.
                if (!duals.isZero(tangent)) {
                    sum = field.add(sum, field.multiply(at(Ref.delta(output.name(), false), q), tangent));
                }
            }
        }
        return sum;
    }

    private V partial(Partial partial, long[] index) {
        Map<String, Long> indices = new HashMap<>();
        for (int k = 0; k < index.length; k++) {
            indices.put(partial.indices().get(k), index[k] - OFFSET);
        }
        Expr.Deriv d = partial.derivative();
        Evaluator<V> here = new Evaluator<>(field, this, sizes);
        long[] by = d.index().stream()
                .mapToLong(e -> here.integer(new Preparation().integer(e), indices))
                .toArray();
        long[] shape = shape(d.ref());
        for (int k = 0; k < by.length; k++) {
            if (by[k] < 0 || by[k] >= shape[k]) {
                throw new IndexOutOfBoundsException("a derivative by an entry that lies outside " + d.ref());
            }
        }
        return varied(d.ref(), flat(shape, by)).value(d.arg(), indices).tangent();
    }

    /** This world with one entry varied: {@code T[p] + ε}. */
    private World<Dual<V>> varied(Ref tensor, int entry) {
        DualField<V> duals = new DualField<>(field);
        V zero = field.of(0);
        V one = field.of(1);
        Ref by = plain(tensor);
        Entries<Dual<V>> inside =
                (ref, flat) -> new Dual<>(at(ref, flat), ref.equals(by) && flat == entry ? one : zero);
        Entries<Dual<V>> beside = (ref, flat) -> {
            V outer = variation.at(ref, flat);
            boolean here = ref.equals(by) && flat == entry;
            return outer == null && !here ? null : new Dual<>(outer == null ? zero : outer, here ? one : zero);
        };
        return new World<>(layer, sizes, integers, duals, inside, beside, partials);
    }

    // ---- derivatives within expressions: each becomes the entry of a tensor of its own, read at its free indices

    private Expr prepare(Expr e) {
        Expr done = prepared.get(e);
        if (done == null) {
            done = new Preparation().expr(e);
            prepared.put(e, done);
        }
        return done;
    }

    private final class Preparation extends Rewriter {
        @Override
        public Expr expr(Expr e) {
            if (!(e instanceof Expr.Deriv d)) {
                return super.expr(e);
            }
            List<String> free = new ArrayList<>(Variables.of(d));
            free.removeAll(sizes.keySet());
            String name = DERIVATIVE + partials.size();
            partials.put(name, new Partial(d, List.copyOf(free)));
            List<IntExpr> index =
                    free.stream().map(v -> IntExpr.var(v).plus(OFFSET)).toList();
            return new Expr.Read(Ref.value(name), index, null);
        }
    }

    // ---- shapes

    @Override
    public long[] shape(Ref ref) {
        Partial partial = partials.get(ref.name());
        if (partial != null) {
            long[] any = new long[partial.indices().size()];
            java.util.Arrays.fill(any, Long.MAX_VALUE);
            return any;
        }
        return shapes.computeIfAbsent(
                ref.name(), name -> shape(layer.tensor(name).orElseThrow(), sizes));
    }

    static long[] shape(Tensor tensor, Map<String, Long> sizes) {
        return tensor.shape().stream().mapToLong(e -> integer(e, sizes)).toArray();
    }

    static int length(long[] shape) {
        long length = 1;
        for (long extent : shape) {
            length = Math.multiplyExact(length, extent);
        }
        return Math.toIntExact(length);
    }

    private static int flat(long[] shape, long[] index) {
        long flat = 0;
        for (int k = 0; k < shape.length; k++) {
            flat = flat * shape[k] + index[k];
        }
        return (int) flat;
    }

    /** An integer over the sizes. */
    static long integer(IntExpr e, Map<String, Long> sizes) {
        return e.evaluate(atom -> {
            Long value = atom instanceof Atom.Var variable ? sizes.get(variable.name()) : null;
            if (value == null) {
                throw new IllegalStateException(atom + " is no size");
            }
            return value;
        });
    }
}

package dev.adjoint.random;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Field;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a layer means at given sizes and data: every tensor and gradient, entry by entry, as its definition says. Nothing
 * of planning or emission has a part in it.
 *
 * @param <V> an element of the field
 */
final class Meaning<V> implements Source<V> {
    private final Layer layer;
    private final Map<String, Long> sizes;
    private final Field<V> field;
    private final Map<String, List<V>> given = new HashMap<>();
    private final Map<String, long[]> integers = new HashMap<>();
    private final Map<String, Supplier<V>[]> computed = new HashMap<>();

    Meaning(Layer layer, Map<String, Long> sizes, Field<V> field) {
        this.layer = layer;
        this.sizes = sizes;
        this.field = field;
        for (Equation equation : layer.equations()) {
            define(Ref.value(equation.target().name()), equation.indices(), equation.rhs());
        }
    }

    /** The gradients as the chain rule has them, with their Kronecker deltas, or as they were derived. */
    Meaning<V> with(Derivation derivation, boolean raw) {
        for (Gradient gradient : derivation.gradients()) {
            define(gradient.ref(), gradient.indices(), raw ? gradient.raw() : gradient.formula());
        }
        return this;
    }

    void give(Ref ref, List<V> values) {
        given.put(key(ref), values);
    }

    void give(String tensor, long[] entries) {
        integers.put(tensor, entries);
    }

    private void define(Ref ref, List<Range> indices, Expr rhs) {
        long[] shape = shape(ref);
        Evaluator<V> evaluator = new Evaluator<>(field, this, sizes);
        @SuppressWarnings({"unchecked", "rawtypes"})
        Supplier<V>[] entries = new Supplier[length(shape)];
        for (int at = 0; at < entries.length; at++) {
            Map<String, Long> point = new HashMap<>();
            long rest = at;
            for (int k = shape.length - 1; k >= 0; k--) {
                point.put(indices.get(k).name(), rest % shape[k]);
                rest /= shape[k];
            }
            entries[at] = once(() -> evaluator.value(rhs, point));
        }
        computed.put(key(ref), entries);
    }

    private static <V> Supplier<V> once(Supplier<V> computation) {
        return new Supplier<>() {
            private final Object[] memo = new Object[1];

            @Override
            @SuppressWarnings("unchecked")
            public V get() {
                memo[0] = memo[0] == null ? computation.get() : memo[0];
                return (V) memo[0];
            }
        };
    }

    private static String key(Ref ref) {
        return ref.kind() + " " + ref.name();
    }

    int length(Ref ref) {
        return length(shape(ref));
    }

    private static int length(long[] shape) {
        long length = 1;
        for (long extent : shape) {
            length *= extent;
        }
        return Math.toIntExact(length);
    }

    V at(Ref ref, int flat) {
        Supplier<V>[] entries = computed.get(key(ref));
        return entries != null ? entries[flat].get() : given.get(key(ref)).get(flat);
    }

    @Override
    public long[] shape(Ref ref) {
        Tensor tensor = layer.tensor(ref.name()).orElseThrow();
        return tensor.shape().stream().mapToLong(e -> integer(e, sizes)).toArray();
    }

    @Override
    public V read(Ref ref, long[] index) {
        int flat = flat(shape(ref), index);
        return integers.containsKey(ref.name()) ? field.of(integers.get(ref.name())[flat]) : at(ref, flat);
    }

    @Override
    public long entry(String tensor, long[] index) {
        return integers.get(tensor)[flat(shape(Ref.value(tensor)), index)];
    }

    private static int flat(long[] shape, long[] index) {
        long flat = 0;
        for (int k = 0; k < shape.length; k++) {
            flat = flat * shape[k] + index[k];
        }
        return (int) flat;
    }

    static long integer(IntExpr e, Map<String, Long> sizes) {
        return e.evaluate(atom -> sizes.get(atom.toString()));
    }

    /** Whether each axis has an entry and each assumption holds. */
    static boolean allows(Layer layer, Map<String, Long> sizes) {
        for (Tensor tensor : layer.tensors()) {
            boolean empty = tensor.shape().stream().anyMatch(e -> integer(e, sizes) < 1);
            if (empty || tensor.limit().isPresent() && integer(tensor.limit().get(), sizes) < 1) {
                return false;
            }
        }
        for (Cond assumption : layer.assumptions()) {
            Evaluator<Double> evaluator =
                    new Evaluator<>(new dev.adjoint.eval.DoubleField(), new Meaning<>(layer, sizes), sizes);
            if (!evaluator.holds(assumption, Map.of())) {
                return false;
            }
        }
        return true;
    }

    /** Without equations, for what depends on sizes only. */
    private Meaning(Layer layer, Map<String, Long> sizes) {
        this.layer = layer;
        this.sizes = sizes;
        this.field = null;
    }
}

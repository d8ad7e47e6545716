package dev.adjoint.check;

import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Field;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * The tensors of a layer at given sizes. What is given is drawn by the caller; lets, outputs and gradients are computed
 * from their equations, entry by entry, when they are first asked for: of a large output a few entries cost little.
 *
 * @param <V> an element of the field
 */
final class Tensors<V> implements Source<V> {
    private final Layer layer;
    private final Map<String, Long> sizes;
    private final Field<V> field;
    private final Map<String, long[]> shapes = new HashMap<>();
    private final Map<Ref, Holder<V>> holders = new HashMap<>();
    private final Map<String, int[]> integers = new HashMap<>();

    Tensors(Layer layer, Map<String, Long> sizes, Field<V> field) {
        this.layer = layer;
        this.sizes = sizes;
        this.field = field;
        for (Tensor tensor : layer.tensors()) {
            shapes.put(tensor.name(), Sizes.shape(tensor, sizes));
        }
        for (Equation equation : layer.equations()) {
            define(Ref.value(equation.target().name()), equation.indices(), equation.rhs());
        }
    }

    /** An entry by its flat row-major position. */
    private interface Holder<V> {
        V get(int flat);
    }

    /** Gives a tensor its values, by flat row-major position. */
    void put(Ref ref, LongFunction<V> values) {
        holders.put(key(ref), values::apply);
    }

    /** Gives an integer tensor its entries. */
    void put(String tensor, int[] entries) {
        integers.put(tensor, entries);
        holders.put(key(Ref.value(tensor)), flat -> field.of(entries[flat]));
    }

    /** Gives a tensor its equation. */
    void define(Ref ref, List<Range> indices, Expr rhs) {
        long[] shape = shape(ref);
        Object[] memo = new Object[length(shape)];
        Evaluator<V> evaluator = new Evaluator<>(field, this, sizes);
        holders.put(key(ref), flat -> {
            if (memo[flat] == null) {
                memo[flat] = evaluator.value(rhs, point(indices, shape, flat));
            }
            @SuppressWarnings("unchecked")
            V value = (V) memo[flat];
            return value;
        });
    }

    /** The entry of a tensor at a flat row-major position. */
    V at(Ref ref, int flat) {
        Holder<V> holder = holders.get(key(ref));
        if (holder == null) {
            throw new IllegalStateException("no values of " + ref);
        }
        return holder.get(flat);
    }

    /** The value of an expression over these tensors at the point with the given flat position. */
    V value(Expr e, List<Range> indices, long[] shape, int flat) {
        return new Evaluator<>(field, this, sizes).value(e, point(indices, shape, flat));
    }

    @Override
    public V read(Ref ref, long[] index) {
        return at(ref, flat(shape(ref), index));
    }

    @Override
    public long entry(String tensor, long[] index) {
        int[] entries = integers.get(tensor);
        if (entries == null) {
            throw new IllegalStateException("no integer tensor " + tensor);
        }
        return entries[flat(shape(Ref.value(tensor)), index)];
    }

    /** Upstream errors and gradients have the shape of their tensor. */
    @Override
    public long[] shape(Ref ref) {
        long[] shape = shapes.get(ref.name());
        if (shape == null) {
            throw new IllegalStateException(ref + " is no tensor of " + layer.name());
        }
        return shape;
    }

    int length(Ref ref) {
        return length(shape(ref));
    }

    static int length(long[] shape) {
        long length = 1;
        for (long extent : shape) {
            length = Math.multiplyExact(length, extent);
        }
        return Math.toIntExact(length);
    }

    private static Ref key(Ref ref) {
        return ref.sole() ? Ref.delta(ref.name(), false) : ref;
    }

    private static int flat(long[] shape, long[] index) {
        long flat = 0;
        for (int k = 0; k < shape.length; k++) {
            flat = flat * shape[k] + index[k];
        }
        return (int) flat;
    }

    /** The multi-index of a flat row-major position. */
    static long[] index(long[] shape, int flat) {
        long[] index = new long[shape.length];
        long rest = flat;
        for (int k = shape.length - 1; k >= 0; k--) {
            index[k] = rest % shape[k];
            rest /= shape[k];
        }
        return index;
    }

    private static Map<String, Long> point(List<Range> indices, long[] shape, int flat) {
        long[] index = index(shape, flat);
        Map<String, Long> point = new HashMap<>();
        for (int k = 0; k < index.length; k++) {
            point.put(indices.get(k).name(), index[k]);
        }
        return point;
    }
}

package dev.adjoint.lift;

import dev.adjoint.eval.Dual;
import dev.adjoint.eval.DualField;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Field;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Small random integers for all that a layer is given, at given sizes; and what the layer makes of them. */
final class Data {
    final Layer layer;
    final Map<String, Long> sizes;
    private final Map<String, long[]> entries = new HashMap<>();
    private final Random random;

    Data(Layer layer, Map<String, Long> sizes, long seed) {
        this.layer = layer;
        this.sizes = sizes;
        this.random = new Random(seed);
    }

    long[] shape(Ref ref) {
        Tensor tensor = layer.tensor(ref.name()).orElseThrow();
        return tensor.shape().stream()
                .mapToLong(e -> e.evaluate(atom -> sizes.get(atom.toString())))
                .toArray();
    }

    static int length(long[] shape) {
        return (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    static int flat(long[] shape, long[] index) {
        long flat = 0;
        for (int k = 0; k < shape.length; k++) {
            flat = flat * shape[k] + index[k];
        }
        return (int) flat;
    }

    /** The entry of something given: a tensor, an error, a gradient. */
    long entry(Ref ref, long[] index) {
        long[] shape = shape(ref);
        long[] all = entries.computeIfAbsent(ref.kind() + " " + ref.name(), k -> {
            Tensor tensor = layer.tensor(ref.name()).orElseThrow();
            long[] fresh = new long[length(shape)];
            for (int i = 0; i < fresh.length; i++) {
                fresh[i] = tensor.isInteger()
                        ? random.nextInt((int) tensor.limit().orElseThrow().evaluate(a -> sizes.get(a.toString())))
                        : random.nextInt(9) - 4;
            }
            return fresh;
        });
        return all[flat(shape, index)];
    }

    private boolean isComputed(Ref ref) {
        return ref.kind() == Ref.Kind.VALUE
                && layer.equations().stream().anyMatch(e -> e.target().name().equals(ref.name()));
    }

    /** The layer in a field: given tensors as they are put in, lets and outputs computed. */
    <V> Source<V> source(Field<V> field, Function<Ref, Function<long[], V>> given) {
        return new Source<>() {
            @Override
            public long[] shape(Ref ref) {
                return Data.this.shape(ref);
            }

            @Override
            public V read(Ref ref, long[] index) {
                if (!isComputed(ref)) {
                    return given.apply(ref).apply(index);
                }
                Equation equation = layer.equations().stream()
                        .filter(e -> e.target().name().equals(ref.name()))
                        .findFirst()
                        .orElseThrow();
                Map<String, Long> at = new HashMap<>();
                for (int k = 0; k < index.length; k++) {
                    at.put(equation.indices().get(k).name(), index[k]);
                }
                return new Evaluator<>(field, this, sizes).value(equation.rhs(), at);
            }

            @Override
            public long entry(String tensor, long[] index) {
                return Data.this.entry(Ref.value(tensor), index);
            }
        };
    }

    <V> Source<V> source(Field<V> field) {
        return source(field, ref -> index -> field.of(entry(ref, index)));
    }

    /** {@code dE/dT} at an index: the sum of the errors times the tangents. */
    <V> V gradient(Field<V> field, String tensor, long[] at) {
        DualField<V> duals = new DualField<>(field);
        Source<Dual<V>> seeded = source(
                duals,
                ref -> index -> new Dual<>(
                        field.of(entry(ref, index)),
                        field.of(ref.equals(Ref.value(tensor)) && Arrays.equals(index, at) ? 1 : 0)));
        V sum = field.of(0);
        boolean sole = layer.outputs().size() == 1;
        for (Tensor output : layer.outputs()) {
            long[] shape = shape(Ref.value(output.name()));
            for (int flat = 0; flat < length(shape); flat++) {
                long[] index = unflat(shape, flat);
                V delta = field.of(entry(Ref.delta(output.name(), sole), index));
                V tangent = seeded.read(Ref.value(output.name()), index).tangent();
                sum = field.add(sum, field.multiply(delta, tangent));
            }
        }
        return sum;
    }

    static long[] unflat(long[] shape, int flat) {
        long[] index = new long[shape.length];
        long rest = flat;
        for (int k = shape.length - 1; k >= 0; k--) {
            index[k] = rest % shape[k];
            rest /= shape[k];
        }
        return index;
    }
}

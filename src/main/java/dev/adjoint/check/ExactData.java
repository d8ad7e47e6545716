package dev.adjoint.check;

import dev.adjoint.derive.Gradient;
import dev.adjoint.eval.Dual;
import dev.adjoint.eval.DualField;
import dev.adjoint.eval.PrimeField;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

/** A layer at given sizes with random data in the prime field. */
final class ExactData {
    final Map<String, Long> sizes;
    final Tensors<Long> tensors;

    private final Layer layer;
    private final long seed;
    final boolean ties;
    private final PrimeField field;
    private final Map<String, long[]> given = new LinkedHashMap<>();
    private final Map<String, int[]> integers = new LinkedHashMap<>();
    private final Map<String, long[]> deltas = new LinkedHashMap<>();

    private ExactData(Layer layer, Map<String, Long> sizes, long seed, boolean ties) {
        this.layer = layer;
        this.sizes = sizes;
        this.seed = seed;
        this.ties = ties;
        this.field = new PrimeField(seed);
        this.tensors = new Tensors<>(layer, sizes, field);
    }

    /** @param ties whether the data are integers from −1 to 2, so that many are equal, instead of any numbers */
    static ExactData draw(Layer layer, Map<String, Long> sizes, long seed, boolean ties) {
        ExactData data = new ExactData(layer, sizes, seed, ties);
        Random random = new Random(seed);
        for (Tensor tensor : layer.given()) {
            int length = Tensors.length(Sizes.shape(tensor, sizes));
            if (tensor.limit().isPresent()) {
                long limit = Sizes.evaluate(tensor.limit().get(), sizes);
                int[] entries = TestData.integers(length, limit, random);
                data.integers.put(tensor.name(), entries);
                data.tensors.put(tensor.name(), entries);
            } else {
                long[] values = data.numbers(length, ties, random);
                data.given.put(tensor.name(), values);
                data.tensors.put(Ref.value(tensor.name()), flat -> values[(int) flat]);
            }
        }
        for (Tensor output : layer.outputs()) {
            long[] values = data.numbers(Tensors.length(Sizes.shape(output, sizes)), false, random);
            data.deltas.put(output.name(), values);
            data.tensors.put(Ref.delta(output.name(), false), flat -> values[(int) flat]);
        }
        return data;
    }

    private long[] numbers(int length, boolean small, Random random) {
        long[] numbers = new long[length];
        for (int k = 0; k < length; k++) {
            numbers[k] = field.of(small ? random.nextInt(4) - 1L : random.nextLong());
        }
        return numbers;
    }

    /** {@code Σ delta · d(output)/d(tensor[entry])}, by dual numbers carried forward through every equation. */
    long tangent(Tensor tensor, int entry) {
        DualField<Long> duals = new DualField<>(field);
        Tensors<Dual<Long>> forward = new Tensors<>(layer, sizes, duals);
        integers.forEach(forward::put);
        given.forEach((name, values) -> forward.put(Ref.value(name), flat -> {
            boolean varied = name.equals(tensor.name()) && flat == entry;
            return new Dual<>(values[(int) flat], varied ? 1L : 0L);
        }));
        long sum = 0;
        for (Tensor output : layer.outputs()) {
            Ref ref = Ref.value(output.name());
            long[] delta = java.util.Objects.requireNonNull(deltas.get(output.name()));
            for (int q = 0; q < delta.length; q++) {
                sum = field.add(sum, field.multiply(delta[q], forward.at(ref, q).tangent()));
            }
        }
        return sum;
    }

    double forwardWork() {
        double work = 0;
        for (Equation equation : layer.equations()) {
            work += Tensors.length(Sizes.shape(equation.target(), sizes))
                    * Work.of(equation.rhs(), equation.indices(), sizes);
        }
        return work;
    }

    /** {@code grad w[1,0]}. */
    String entry(Gradient gradient, int entry) {
        long[] index = Tensors.index(Sizes.shape(gradient.of(), sizes), entry);
        if (index.length == 0) {
            return gradient.ref().toString();
        }
        StringJoiner text = new StringJoiner(",", gradient.ref() + "[", "]");
        Arrays.stream(index).forEach(i -> text.add(Long.toString(i)));
        return text.toString();
    }

    String where() {
        return (sizes.isEmpty() ? "" : Sizes.print(sizes) + "; ") + (ties ? "with ties" : "any numbers") + ", seed "
                + seed;
    }
}

package dev.adjoint.report.figure;

import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a layer depends on, found by evaluating one equation with other numbers; no formula is looked into. */
final class Brute {
    private final Layer layer;
    private final Map<String, Long> sizes;
    private final Equation equation;

    Brute(Layer layer, String result, Map<String, Long> sizes) {
        this.layer = layer;
        this.sizes = sizes;
        this.equation = layer.equations().stream()
                .filter(e -> e.target().name().equals(result))
                .findFirst()
                .orElseThrow();
    }

    Layer layer() {
        return layer;
    }

    String output() {
        return equation.target().name();
    }

    /** Entries that differ from the number that fills the rest of their tensors. */
    record Data(double fill, Map<String, Map<List<Long>, Double>> entries) {}

    double value(List<Long> at, Data data) {
        Map<String, Long> indices = new HashMap<>();
        for (int k = 0; k < at.size(); k++) {
            indices.put(equation.indices().get(k).name(), at.get(k));
        }
        Source<Double> source = new Source<>() {
            @Override
            public long[] shape(Ref ref) {
                return Brute.this.shape(ref.name());
            }

            @Override
            public Double read(Ref ref, long[] index) {
                return data.entries()
                        .getOrDefault(ref.name(), Map.of())
                        .getOrDefault(Arrays.stream(index).boxed().toList(), data.fill());
            }
        };
        return new Evaluator<>(new DoubleField(), source, sizes).value(equation.rhs(), indices);
    }

    long[] shape(String tensor) {
        Tensor found = layer.tensor(tensor).orElseThrow();
        Evaluator<Double> integers = new Evaluator<>(new DoubleField(), new NoSource(), sizes);
        return found.shape().stream()
                .mapToLong(e -> integers.integer(e, Map.of()))
                .toArray();
    }

    /** Whether an entry of the output depends on one of the input: whether a huge number there changes it. */
    boolean depends(List<Long> output, String input, List<Long> pixel) {
        double without = value(output, new Data(1, Map.of()));
        double with = value(output, new Data(1, Map.of(input, Map.of(pixel, 1e6))));
        return with != without;
    }

    /** Whether an entry of the output has the product of these two among its terms. */
    boolean multiplies(List<Long> output, String input, List<Long> pixel, String kernel, List<Long> weight) {
        return value(output, new Data(0, Map.of(input, Map.of(pixel, 1.0), kernel, Map.of(weight, 1.0)))) != 0;
    }

    private static final class NoSource implements Source<Double> {
        @Override
        public long[] shape(Ref ref) {
            throw new IllegalStateException("a shape depends on data");
        }

        @Override
        public Double read(Ref ref, long[] index) {
            throw new IllegalStateException("a shape depends on data");
        }
    }
}

package dev.adjoint.check;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.eval.DoubleField;
import dev.adjoint.expr.Ref;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A layer at given sizes with given data: what the emitted class is called with, and the reference that its results are
 * compared with, evaluated in double from the equations and the derived formulas.
 */
final class Setup {
    final Map<String, Long> sizes;
    final long seed;
    final TestData data;
    final List<Request.Given> given = new ArrayList<>();
    final List<Request.Result> outputs = new ArrayList<>();
    final Tensors<Double> reference;

    private final Layer layer;
    private final Map<String, Double> work = new LinkedHashMap<>();

    Setup(Layer layer, Derivation derivation, Map<String, Long> sizes, long seed, TestData data) {
        this.layer = layer;
        this.sizes = sizes;
        this.seed = seed;
        this.data = data;
        this.reference = new Tensors<>(layer, sizes, new DoubleField());
        Random random = new Random(seed);
        for (Tensor tensor : layer.given()) {
            give(tensor, random);
        }
        for (Equation equation : layer.equations()) {
            String name = equation.target().name();
            work.put(Ref.value(name).toString(), Work.of(equation.rhs(), equation.indices(), sizes));
        }
        for (Gradient gradient : derivation.gradients()) {
            reference.define(gradient.ref(), gradient.indices(), gradient.formula());
            work.put(gradient.ref().toString(), Work.of(gradient.formula(), gradient.indices(), sizes));
        }
        for (Tensor output : layer.outputs()) {
            double[] delta = TestData.DISTINCT.draw(length(output), random);
            outputs.add(new Request.Result(output.name(), delta));
            reference.put(Ref.delta(output.name(), false), flat -> delta[(int) flat]);
        }
    }

    private void give(Tensor tensor, Random random) {
        int length = length(tensor);
        if (tensor.limit().isPresent()) {
            long limit = Sizes.evaluate(tensor.limit().get(), sizes);
            int[] entries = TestData.integers(length, limit, random);
            given.add(new Request.Given(tensor.name(), new double[0], entries, limit));
            reference.put(tensor.name(), entries);
        } else {
            double[] values = data.draw(length, random);
            given.add(new Request.Given(tensor.name(), values, new int[0], 0));
            reference.put(Ref.value(tensor.name()), flat -> values[(int) flat]);
        }
    }

    int length(Tensor tensor) {
        return Tensors.length(Sizes.shape(tensor, sizes));
    }

    /** The operations of one forward pass. */
    double forwardWork() {
        double sum = 1;
        for (Equation equation : layer.equations()) {
            sum += length(equation.target()) * work(Ref.value(equation.target().name()));
        }
        return sum;
    }

    /** The operations of one entry of a let, an output or a gradient. */
    double work(Ref ref) {
        return 1 + work.getOrDefault(ref.toString(), 0.0);
    }

    /** Where an output of the reference is not finite no error arrives: there is nothing to differentiate. */
    int silenceUndefined() {
        int undefined = 0;
        for (Request.Result output : outputs) {
            Ref ref = Ref.value(output.name());
            for (int q = 0; q < output.delta().length; q++) {
                if (!Double.isFinite(reference.at(ref, q))) {
                    output.delta()[q] = 0;
                    undefined++;
                }
            }
        }
        return undefined;
    }

    /** Everything that one call needs, for the numeric derivatives at some entries. */
    static int[] all(int length) {
        int[] all = new int[length];
        for (int k = 0; k < length; k++) {
            all[k] = k;
        }
        return all;
    }

    /** All positions if there are few, else a random sample in ascending order. */
    static int[] sample(int length, double most, Random random) {
        if (length <= most) {
            return all(length);
        }
        int count = (int) Math.max(1, most);
        return random.ints(0, length).distinct().limit(count).sorted().toArray();
    }

    /**
     * All positions of a tensor, or a sample in which corners and borders are frequent, for there most goes wrong: each
     * coordinate is the first, the last or any with equal probability.
     */
    static int[] sample(long[] shape, double most, Random random) {
        int length = Tensors.length(shape);
        if (length <= most) {
            return all(length);
        }
        Set<Integer> positions = new TreeSet<>(List.of(0, length - 1));
        for (int k = 2; k < most; k++) {
            long position = 0;
            for (long extent : shape) {
                long any = (long) (random.nextDouble() * extent);
                int where = random.nextInt(3);
                position = position * extent + (where == 0 ? 0 : where == 1 ? extent - 1 : any);
            }
            positions.add((int) position);
        }
        return positions.stream().mapToInt(Integer::intValue).toArray();
    }
}

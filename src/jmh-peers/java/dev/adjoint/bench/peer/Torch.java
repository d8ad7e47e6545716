package dev.adjoint.bench.peer;

import dev.adjoint.bench.workload.Axis;
import dev.adjoint.bench.workload.Convolution;
import dev.adjoint.bench.workload.Dense;
import dev.adjoint.bench.workload.Operands;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Pooling;
import dev.adjoint.bench.workload.Problem;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A pass as a call of PyTorch: native tensors that arrays are copied into, and a function of them. */
final class Torch {
    private final Pass pass;
    private final Operands at;
    private final NoGradGuard guard;
    private final List<Input> inputs = new ArrayList<>();
    private Supplier<Tensor> function = () -> new Tensor();

    private Torch(Pass pass, Operands operands, NoGradGuard guard) {
        this.pass = pass;
        this.at = operands;
        this.guard = guard;
    }

    /** A tensor in native memory, and a view of that memory. */
    private record Input(float[] array, Tensor tensor, FloatBuffer buffer) {}

    /**
     * A pass.
     *
     * @param guard kept as long as the pass: while it is there, this thread records nothing
     */
    static Torch of(Problem problem, Pass pass, Operands operands, NoGradGuard guard) {
        Torch program = new Torch(pass, operands, guard);
        if (problem instanceof Convolution convolution) {
            program.function = program.convolution(convolution);
        } else if (problem instanceof Dense dense) {
            program.function = program.dense(dense);
        } else if (problem instanceof Pooling pooling) {
            program.function = program.pooling(pooling);
        } else {
            program.function = program.relu(problem.inputs());
        }
        return program;
    }

    void run() {
        if (guard.isNull()) {
            throw new IllegalStateException("the pass would be recorded");
        }
        for (Input input : inputs) {
            input.buffer.put(0, input.array);
        }
        try (Tensor result = function.get();
                Tensor whole = result.contiguous()) {
            FloatBuffer buffer = whole.createBuffer();
            buffer.get(0, at.result());
        }
    }

    /** A tensor that takes an array in each run. */
    private Tensor input(float[] array, long... dimensions) {
        Tensor tensor = torch.empty(dimensions);
        inputs.add(new Input(array, tensor, tensor.createBuffer()));
        return tensor;
    }

    private Supplier<Tensor> convolution(Convolution c) {
        long[] strides = Shapes.of(c, Axis::stride);
        long[] paddings = Shapes.of(c, Axis::padding);
        long[] dilations = Shapes.of(c, Axis::dilation);
        long[] corner = Shapes.of(c, a -> 0);
        long groups = c.groups();
        Tensor source = input(at.input(), Shapes.source(c));
        Tensor filters = input(at.weights(), Shapes.filtersInOneAxis(c));
        if (pass == Pass.FORWARD) {
            TensorOptional bias = new TensorOptional(input(at.bias(), c.filters()));
            return () -> torch.convolution(source, filters, bias, strides, paddings, dilations, false, corner, groups);
        }
        Tensor delta = input(at.delta(), Shapes.target(c));
        boolean data = pass == Pass.INPUT;
        // Which gradients are wanted: of the input, the weights, the bias.
        BoolPointer wanted = new BoolPointer(3).put(0, data).put(1, !data).put(2, false);
        // Of the tensor whose gradient is asked for only the dimensions are read.
        inputs.removeIf(i -> i.tensor == (data ? source : filters));
        long[] biases = {c.filters()};
        return () -> {
            try (T_TensorTensorTensor_T all = torch.convolution_backward(
                    delta, source, filters, biases, strides, paddings, dilations, false, corner, groups, wanted)) {
                return data ? new Tensor(all.get0()) : new Tensor(all.get1());
            }
        };
    }

    private Supplier<Tensor> dense(Dense d) {
        Tensor source = input(at.input(), d.samples(), d.width());
        Tensor filters = input(at.weights(), d.units(), d.width());
        if (pass == Pass.FORWARD) {
            TensorOptional bias = new TensorOptional(input(at.bias(), d.units()));
            return () -> torch.linear(source, filters, bias);
        }
        Tensor delta = input(at.delta(), d.samples(), d.units());
        boolean data = pass == Pass.INPUT;
        inputs.removeIf(i -> i.tensor == (data ? source : filters));
        return data
                ? () -> torch.mm(delta, filters)
                : () -> {
                    try (Tensor transposed = delta.t()) {
                        return torch.mm(transposed, source);
                    }
                };
    }

    private Supplier<Tensor> pooling(Pooling p) {
        long[] kernel = {p.rows().kernel(), p.columns().kernel()};
        long[] strides = {p.rows().stride(), p.columns().stride()};
        long[] paddings = {p.rows().padding(), p.columns().padding()};
        long[] dilations = {1, 1};
        Tensor source =
                input(at.input(), 1, p.channels(), p.rows().size(), p.columns().size());
        LongOptional area = new LongOptional();
        boolean max = p.kind() == Pooling.Kind.MAX;
        if (pass == Pass.FORWARD) {
            return max
                    ? () -> {
                        try (T_TensorTensor_T both =
                                torch.max_pool2d_with_indices(source, kernel, strides, paddings, dilations, false)) {
                            return new Tensor(both.get0());
                        }
                    }
                    : () -> torch.avg_pool2d(source, kernel, strides, paddings, false, true, area);
        }
        Tensor delta = input(
                at.delta(), 1, p.channels(), p.rows().outputs(), p.columns().outputs());
        if (!max) {
            inputs.removeIf(i -> i.tensor == source);
            return () -> torch.avg_pool2d_backward(delta, source, kernel, strides, paddings, false, true, area);
        }
        // The winners are what the forward pass remembers.
        inputs.stream().filter(i -> i.tensor == source).forEach(i -> i.buffer.put(0, i.array));
        Tensor winners = torch.max_pool2d_with_indices(source, kernel, strides, paddings, dilations, false)
                .get1();
        inputs.removeIf(i -> i.tensor == source);
        return () -> torch.max_pool2d_with_indices_backward(
                delta, source, kernel, strides, paddings, dilations, false, winners);
    }

    private Supplier<Tensor> relu(int length) {
        Tensor source = input(at.input(), length);
        if (pass == Pass.FORWARD) {
            return () -> torch.relu(source);
        }
        Tensor delta = input(at.delta(), length);
        Scalar zero = new Scalar(0f);
        return () -> torch.threshold_backward(delta, source, zero);
    }
}

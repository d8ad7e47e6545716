package dev.adjoint.bench.workload;

import java.util.List;

/** max(x, 0) of N numbers. */
public record Relu(int inputs) implements Problem {
    @Override
    public List<Pass> passes() {
        return List.of(Pass.FORWARD, Pass.INPUT);
    }

    @Override
    public int weights() {
        return 0;
    }

    @Override
    public int biases() {
        return 0;
    }

    @Override
    public int outputs() {
        return inputs;
    }

    @Override
    public long flops() {
        return 0;
    }

    @Override
    public String sizes() {
        return String.valueOf(inputs);
    }
}

package dev.adjoint.bench.workload;

import java.util.List;

/**
 * A dense layer: input [N, I], weights [K, I], bias [K], output [N, K].
 *
 * @param samples N
 * @param width I, entries of a sample
 * @param units K
 */
public record Dense(int samples, int width, int units) implements Problem {
    @Override
    public List<Pass> passes() {
        return List.of(Pass.values());
    }

    @Override
    public int inputs() {
        return samples * width;
    }

    @Override
    public int weights() {
        return units * width;
    }

    @Override
    public int biases() {
        return units;
    }

    @Override
    public int outputs() {
        return samples * units;
    }

    @Override
    public long flops() {
        return 2L * samples * width * units;
    }

    @Override
    public String sizes() {
        return samples + "×" + width + " → " + units;
    }
}

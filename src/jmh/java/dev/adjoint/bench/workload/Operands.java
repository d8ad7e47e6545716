package dev.adjoint.bench.workload;

import java.util.Arrays;
import java.util.Random;

/**
 * The arrays of one pass, each in row-major order. What a pass does not read is there all the same.
 *
 * @param input what enters the layer
 * @param weights its filters
 * @param bias one number for each filter
 * @param delta the error that arrives at the output
 * @param result takes what the pass computes
 */
public record Operands(float[] input, float[] weights, float[] bias, float[] delta, float[] result) {
    /** Numbers in [−½, ½), the same for the same problem. */
    public static Operands random(Problem problem, Pass pass) {
        Random random = new Random(20_251_127);
        return new Operands(
                random(random, problem.inputs()),
                random(random, problem.weights()),
                random(random, problem.biases()),
                random(random, problem.outputs()),
                new float[problem.results(pass)]);
    }

    private static float[] random(Random random, int length) {
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    /** Forgets the result, so that what is not computed cannot look as if it were. */
    public void forget() {
        Arrays.fill(result, Float.NaN);
    }
}

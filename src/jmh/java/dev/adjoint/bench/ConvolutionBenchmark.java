package dev.adjoint.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A generated convolution, each pass, beside the loop nest in equation order that the same generator emits with
 * {@code unroll = none}: from arrays to arrays, every copy and border inside the timed call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ConvolutionBenchmark {
    @Param({"A", "B", "D", "E"})
    public Shape shape;

    @Param({"forward", "gradO", "gradW"})
    public String pass;

    /** How the class is generated: {@code nest} or {@code planned}. */
    @Param({"nest", "planned"})
    public String plan;

    private Pass timed;
    private float[] o;
    private float[] w;
    private float[] b;
    private float[] delta;
    private float[] x;
    private float[] gradO;
    private float[] gradW;

    @Setup
    public void prepare() {
        Random random = new Random(1);
        o = random(random, shape.lengthO());
        w = random(random, shape.lengthW());
        b = random(random, shape.filters);
        delta = random(random, shape.lengthX());
        x = new float[shape.lengthX()];
        gradO = new float[shape.lengthO()];
        gradW = new float[shape.lengthW()];
        Pass nest = GeneratedPass.of(shape, pass, "nest");
        nest.run(o, w, b, delta, x, gradO, gradW);
        float[] expected = result().clone();
        timed = plan.equals("nest") ? nest : GeneratedPass.of(shape, pass, plan);
        timed.run(o, w, b, delta, x, gradO, gradW);
        requireClose(expected, result());
    }

    private static float[] random(Random random, int length) {
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private float[] result() {
        return switch (pass) {
            case "forward" -> x;
            case "gradO" -> gradO;
            default -> gradW;
        };
    }

    /** What is timed is right. */
    private void requireClose(float[] expected, float[] found) {
        double scale = 0;
        double error = 0;
        for (int k = 0; k < expected.length; k++) {
            scale = Math.max(scale, Math.abs(expected[k]));
            error = Math.max(error, Math.abs(expected[k] - found[k]));
        }
        if (!(error <= 1e-4 * scale)) {
            throw new IllegalStateException(
                    shape + " " + pass + " is off by " + error + " of values up to " + scale + ": not timed");
        }
    }

    @Benchmark
    public void run() {
        timed.run(o, w, b, delta, x, gradO, gradW);
    }
}

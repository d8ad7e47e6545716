package dev.adjoint.bench;

import dev.adjoint.bench.contender.PeakLoop;
import dev.adjoint.bench.contender.PeakLoops;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How many multiplications and additions the core can do at most: what no contender can surpass. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeakBenchmark {
    private static final int ROUNDS = 100_000;

    private PeakLoop loop;

    @Setup
    public void prepare() {
        loop = PeakLoops.load();
        Note.leave(String.valueOf(ROUNDS * loop.flopsPerRound()));
    }

    @Benchmark
    public float run() {
        return loop.run(ROUNDS);
    }
}

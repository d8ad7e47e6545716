package dev.adjoint.bench;

import dev.adjoint.bench.contender.Contender;
import dev.adjoint.bench.contender.Contenders;
import dev.adjoint.bench.contender.Timed;
import dev.adjoint.bench.workload.Operands;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Reference;
import dev.adjoint.bench.workload.Workload;
import dev.adjoint.bench.workload.Workloads;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * One pass of one workload by one contender. Its result is compared with the {@link Reference} before it is timed, and
 * again afterwards, when it is the compiled code that computes it; of a first call, which must stay the first, only
 * afterwards.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PassBenchmark {
    @Param("D")
    public String workload;

    @Param("forward")
    public String pass;

    @Param("portable")
    public String contender;

    private Timed timed;
    private Operands operands;
    private double[] truth;
    private double error;

    @Setup
    public void prepare(BenchmarkParams params) {
        Workload what = Workloads.named(workload).orElseThrow();
        Pass which = Pass.of(pass).orElseThrow();
        Contender who = Contenders.all().stream()
                .filter(c -> c.name().equals(contender))
                .findFirst()
                .orElseThrow();
        operands = Operands.random(what.problem(), which);
        truth = Reference.of(what.problem(), which, operands);
        timed = who.prepare(what, which, operands);
        if (params.getMode() != Mode.SingleShotTime) {
            requireRight();
        }
    }

    @Benchmark
    public void run() {
        timed.run();
    }

    @TearDown
    public void requireRight() {
        operands.forget();
        timed.run();
        timed.deliver();
        error = Math.max(error, Reference.error(truth, operands.result()));
        Verdict verdict = new Verdict(error);
        Note.leave(verdict.line());
        if (!verdict.isRight()) {
            throw new IllegalStateException(contender + " computes " + workload + " " + pass + " with an error of "
                    + error + " of the largest value");
        }
    }
}

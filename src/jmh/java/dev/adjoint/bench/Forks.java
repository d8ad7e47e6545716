package dev.adjoint.bench;

import dev.adjoint.bench.contender.Contender;
import dev.adjoint.bench.contender.GeneratedContender;
import dev.adjoint.bench.contender.PeakLoops;
import dev.adjoint.bench.report.Cell;
import dev.adjoint.bench.report.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Starts JVMs that are measured, one at a time, by JMH. */
final class Forks {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * On one core a compiler in the background and the code that waits for it take turns, and a warm-up may end before
     * it is done. In the foreground it is done when the warm-up is; the code is the same.
     */
    private static final String COMPILES_AT_ONCE = "-Xbatch";

    private final Path directory;
    private final Effort effort;
    private final PrintStream log;
    private final List<RunResult> results = new ArrayList<>();

    /**
     * Forks.
     *
     * @param directory what was generated is below it
     * @param log takes all that JMH and the JVMs say
     */
    Forks(Path directory, Effort effort, PrintStream log) {
        this.directory = directory;
        this.effort = effort;
        this.log = log;
    }

    /** All that JMH has found so far. */
    List<RunResult> results() {
        return results;
    }

    /** One round of a contender in a cell. */
    Outcome time(Cell cell, Contender contender) throws IOException, RunnerException {
        ChainedOptionsBuilder options = cell(cell, contender)
                .warmupIterations(effort.warmups())
                .warmupTime(TimeValue.milliseconds(effort.warmup()))
                .measurementIterations(effort.iterations())
                .measurementTime(TimeValue.milliseconds(effort.iteration()))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(compiling(contender));
        Optional<RunResult> result = run(options);
        List<String> givenUp = CompilerLog.takeGivenUp(compilerLog(), GeneratedContender.PACKAGE);
        Optional<String> note = Note.take(note());
        Optional<Verdict> verdict = note.flatMap(Verdict::read);
        if (verdict.isPresent() && !verdict.get().isRight()) {
            return new Outcome.Wrong(verdict.get().error());
        }
        if (result.isEmpty() || verdict.isEmpty()) {
            return new Outcome.Failed("it broke down: see jmh.log");
        }
        Result<?> allocated = result.get().getSecondaryResults().get(ALLOCATED);
        return new Outcome.Measured(
                List.of(times(result.get())),
                allocated == null ? Double.NaN : allocated.getScore(),
                OptionalDouble.empty(),
                verdict.get().error(),
                givenUp);
    }

    /** Nanoseconds of the first call in a JVM. */
    OptionalDouble firstCall(Cell cell, Contender contender) throws IOException, RunnerException {
        Optional<RunResult> result = run(cell(cell, contender)
                .mode(Mode.SingleShotTime)
                .warmupIterations(0)
                .measurementIterations(1));
        Note.take(note());
        return result.map(r -> OptionalDouble.of(r.getPrimaryResult().getScore()))
                .orElse(OptionalDouble.empty());
    }

    /** Multiplications and additions per nanosecond that the core can do. */
    OptionalDouble peak() throws IOException, RunnerException {
        Optional<RunResult> result = run(options(PeakBenchmark.class, PeakLoops.JVM_ARGUMENTS)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(200))
                .measurementIterations(5)
                .measurementTime(TimeValue.milliseconds(200)));
        Optional<String> flops = Note.take(note());
        if (result.isEmpty() || flops.isEmpty()) {
            return OptionalDouble.empty();
        }
        double least = times(result.get()).stream().mapToDouble(t -> t).min().orElseThrow();
        return OptionalDouble.of(Long.parseLong(flops.get()) / least);
    }

    private String[] compiling(Contender contender) {
        List<String> words = new ArrayList<>(List.of(COMPILES_AT_ONCE));
        if (contender instanceof GeneratedContender) {
            words.addAll(CompilerLog.arguments(compilerLog()));
        }
        return words.toArray(String[]::new);
    }

    private Path compilerLog() {
        return directory.resolve("compiler.log");
    }

    private Path note() {
        return directory.resolve("note");
    }

    private ChainedOptionsBuilder cell(Cell cell, Contender contender) {
        return options(PassBenchmark.class, contender.jvmArguments())
                .param("workload", cell.workload().name())
                .param("pass", cell.pass().word())
                .param("contender", contender.name());
    }

    private ChainedOptionsBuilder options(Class<?> benchmark, List<String> jvmArguments) {
        List<String> words = new ArrayList<>(
                List.of("-D" + GeneratedContender.DIRECTORY + "=" + directory, "-D" + Note.FILE + "=" + note()));
        words.addAll(jvmArguments);
        return new OptionsBuilder()
                .include("\\b" + benchmark.getSimpleName() + "\\b")
                .jvmArgs(words.toArray(String[]::new))
                .forks(1)
                .threads(1)
                .shouldFailOnError(false);
    }

    private Optional<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        OutputFormat format = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
        Collection<RunResult> found = new Runner(options.build(), format).run();
        results.addAll(found);
        return found.stream().findFirst();
    }

    private static List<Double> times(RunResult result) {
        List<Double> times = new ArrayList<>();
        result.getBenchmarkResults()
                .forEach(fork -> fork.getIterationResults()
                        .forEach(iteration ->
                                times.add(iteration.getPrimaryResult().getScore())));
        return times;
    }
}

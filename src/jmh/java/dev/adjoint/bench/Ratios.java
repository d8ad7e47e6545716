package dev.adjoint.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks with JMH's own arguments and prints, beside each baseline, how many times faster the plan is. */
public final class Ratios {
    private Ratios() {}

    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
        Options options =
                new OptionsBuilder().parent(new CommandLineOptions(arguments)).build();
        Collection<RunResult> results = new Runner(options).run();
        Map<String, Map<String, Double>> rows = new TreeMap<>();
        for (RunResult result : results) {
            if (result.getParams().getBenchmark().contains("ConvolutionBenchmark")) {
                Shape shape = Shape.valueOf(result.getParams().getParam("shape"));
                double microseconds = result.getPrimaryResult().getScore();
                rows.computeIfAbsent(shape + "  " + result.getParams().getParam("pass"), k -> new TreeMap<>())
                        .put(result.getParams().getParam("plan"), shape.flops() / microseconds / 1000);
            }
        }
        System.out.printf(
                Locale.ROOT, "%n%-12s %20s %20s %8s%n", "pass", "equation order", "planned (GFLOP/s)", "ratio");
        rows.forEach((row, rates) -> {
            double nest = rates.getOrDefault("nest", Double.NaN);
            double planned = rates.getOrDefault("planned", Double.NaN);
            System.out.printf(Locale.ROOT, "%-12s %20.1f %20.1f %8.1f%n", row, nest, planned, planned / nest);
        });
    }
}

package dev.adjoint.bench;

import dev.adjoint.bench.report.Chart;
import dev.adjoint.bench.report.Data;
import dev.adjoint.bench.report.Results;
import dev.adjoint.bench.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** The files of a run: {@code results.md}, {@code results.svg}, {@code results.json}, and JMH's own {@code jmh.json}. */
final class Written {
    private static final List<String> SUFFIXES = List.of(".md", ".svg", ".json");

    private Written() {}

    static void to(Path directory, Results results, List<RunResult> found) throws IOException {
        Files.writeString(directory.resolve("results.md"), Table.markdown(results));
        Files.writeString(directory.resolve("results.svg"), Chart.svg(results));
        Files.writeString(directory.resolve("results.json"), Data.json(results));
        ResultFormatFactory.getInstance(
                        ResultFormatType.JSON, directory.resolve("jmh.json").toString())
                .writeOut(merged(found));
    }

    /** Copies what names no path of this machine to where it is kept, under a name. */
    static void keep(Path directory, Path kept, String name) throws IOException {
        Files.createDirectories(kept);
        for (String suffix : SUFFIXES) {
            Files.copy(
                    directory.resolve("results" + suffix),
                    kept.resolve(name + suffix),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The rounds of a contender in a cell as the forks of one result. */
    private static List<RunResult> merged(List<RunResult> found) {
        Map<String, List<RunResult>> same = new LinkedHashMap<>();
        found.forEach(r -> same.computeIfAbsent(r.getParams().id(), id -> new ArrayList<>())
                .add(r));
        return same.values().stream()
                .map(rounds -> {
                    List<BenchmarkResult> forks = new ArrayList<>();
                    rounds.forEach(r -> forks.addAll(r.getBenchmarkResults()));
                    return new RunResult(rounds.get(0).getParams(), forks);
                })
                .toList();
    }
}

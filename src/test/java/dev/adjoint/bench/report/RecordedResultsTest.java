package dev.adjoint.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README shows what was measured, and when, where and how. */
class RecordedResultsTest {
    private static final Path KEPT = Path.of("src/jmh/results");

    private static final List<String[]> PAIRS = List.of(
            new String[] {"vector", "onednn"},
            new String[] {"vector", "onednn-bare"},
            new String[] {"vector", "libtorch"},
            new String[] {"portable", "nest"});

    private final String readme = read(Path.of("README.md"));
    private final Map<String, RecordedResults> runs = runs();

    @Test
    void theTableIsMadeOfTheRecordedNumbers() {
        List<String> names =
                runs.keySet().stream().map(n -> n.replace("jdk", "JDK ")).toList();
        String table = RecordedResults.table(List.copyOf(runs.values()), names, PAIRS);
        assertThat(readme).as("renew the README's table of ratios").contains(table);
    }

    @Test
    void theCountsAreThoseOfTheNumbers() {
        runs.forEach((name, run) -> {
            int[] all = run.cells("vector", "onednn", 1);
            int[] bare = run.cells("vector", "onednn-bare", 1);
            assertThat(readme)
                    .as("how often vectors are at least as fast, in the run " + name)
                    .contains(all[0] + " of " + all[1] + " cells", bare[0] + " of " + bare[1]);
        });
    }

    @Test
    void theChartsAndTheCircumstancesAreThoseOfTheNumbers() {
        runs.forEach((name, run) -> {
            assertThat(readme)
                    .contains("(src/jmh/results/" + name + ".svg)", "(src/jmh/results/" + name + ".md)")
                    .contains(run.of("date"), run.of("processor"), run.of("command"));
            assertThat(read(KEPT.resolve(name + ".svg"))).startsWith("<svg").contains(run.of("date"));
            assertThat(read(KEPT.resolve(name + ".md"))).contains(run.of("date"));
            assertThat(run.of("java")).contains(name.replace("jdk", " "));
        });
    }

    /** What a call allocates is what JMH itself does: less than a vector for each of a call's kernels. */
    @Test
    void noCallOfAGeneratedClassAllocates() {
        runs.forEach((name, run) -> List.of("portable", "vector")
                .forEach(contender -> run.allocated(contender)
                        .forEach((cell, bytes) -> assertThat(bytes)
                                .as("bytes that %s allocates in a call of %s, in the run %s", contender, cell, name)
                                .isLessThan(4096))));
    }

    private static Map<String, RecordedResults> runs() {
        Map<String, RecordedResults> runs = new TreeMap<>();
        try (Stream<Path> files = Files.list(KEPT)) {
            files.filter(f -> f.toString().endsWith(".json"))
                    .forEach(f -> runs.put(
                            f.getFileName().toString().replace(".json", ""), RecordedResults.read(f)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(runs).as("recorded runs").isNotEmpty();
        return runs;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.adjoint.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README shows what was measured, and when, where and how. */
class RecordedResultsTest {
    private static final Path KEPT = Path.of("src/jmh/results");
    private static final List<String> NAMES = List.of("JDK 17", "JDK 25");
    private static final List<String[]> PAIRS = List.of(
            new String[] {"vector", "onednn"},
            new String[] {"vector", "onednn-bare"},
            new String[] {"vector", "libtorch"},
            new String[] {"portable", "nest"});

    private final String readme = read(Path.of("README.md"));
    private final List<RecordedResults> runs =
            List.of(RecordedResults.read(KEPT.resolve("jdk17.json")), RecordedResults.read(KEPT.resolve("jdk25.json")));

    @Test
    void theTableIsMadeOfTheRecordedNumbers() {
        String table = RecordedResults.table(runs, NAMES, PAIRS);
        assertThat(readme).as("renew the README's table of ratios").contains(table);
    }

    @Test
    void theCountsAreThoseOfTheTable() {
        for (RecordedResults run : runs) {
            int[] all = run.cells("vector", "onednn", 1);
            int[] bare = run.cells("vector", "onednn-bare", 1);
            assertThat(readme)
                    .as("how often vectors are at least as fast, in " + run.of("java"))
                    .contains(all[0] + " of " + all[1] + " cells")
                    .contains(bare[0] + " of " + bare[1]);
        }
    }

    @Test
    void theChartsAndTheCircumstancesAreThoseOfTheNumbers() {
        for (int k = 0; k < runs.size(); k++) {
            RecordedResults run = runs.get(k);
            String name = k == 0 ? "jdk17" : "jdk25";
            assertThat(readme)
                    .contains("(src/jmh/results/" + name + ".svg)")
                    .contains("(src/jmh/results/" + name + ".md)")
                    .contains(run.of("date"))
                    .contains(run.of("processor"));
            assertThat(readme.replace(" \\\n    ", " ")).contains(run.of("command"));
            String chart = read(KEPT.resolve(name + ".svg"));
            assertThat(chart).startsWith("<svg").contains(run.of("date"));
            assertThat(read(KEPT.resolve(name + ".md"))).contains(run.of("date"));
        }
        assertThat(runs.get(0).of("java")).contains("17");
        assertThat(runs.get(1).of("java")).contains("25");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

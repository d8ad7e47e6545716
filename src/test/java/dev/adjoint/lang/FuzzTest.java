package dev.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.CaretRenderer;
import dev.adjoint.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever the text, the outcome is a file or diagnostics with places inside the text; never an exception, never a hang.
 * {@code -Dadjoint.random.seed} and {@code -Dadjoint.random.count} draw others, or more.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final int COUNT = Integer.getInteger("adjoint.random.count", 1200);
    private static final int CUTS = 60;
    private static final Pattern TOKEN = Pattern.compile("\\s+|//[^\n]*|/\\*.*?\\*/|\\w+|.", Pattern.DOTALL);

    /** What the mutations splice in, besides pieces of the specs themselves. */
    private static final List<String> SPICE = List.of(
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            ";",
            "?",
            "=",
            "==",
            "<",
            "<=",
            "-",
            "^",
            "'",
            "#",
            ".",
            "0",
            "-1",
            "1e9",
            "9223372036854775807",
            "4294967296",
            "N",
            "i",
            "x",
            "delta",
            "grad ",
            "claim ",
            "output ",
            "let ",
            "def ",
            "generate ",
            "sum",
            "pad",
            "max",
            "argmax",
            " div ",
            " mod ",
            "abs",
            "d",
            "∂",
            "π",
            "δ",
            "\u0000",
            "\"",
            "\\u0041",
            "é",
            "😀",
            "/*",
            "*/",
            "//",
            "\r\n",
            "\t");

    private static final Map<String, String> SPECS = specs();
    private static final Importer LIBRARY = Importers.library();

    @Test
    void aHalfWrittenFileHasDiagnosticsAndNothingElse() {
        List<String> failures = SPECS.values().parallelStream()
                .flatMap(spec -> IntStream.rangeClosed(0, CUTS)
                        .mapToObj(k -> spec.substring(0, (int) ((long) spec.length() * k / CUTS))))
                .flatMap(text -> failure(text, new ConcurrentHashMap<>()).stream())
                .toList();
        assertThat(failures).isEmpty();
    }

    @Test
    void aMutatedFileIsReadOrRefusedWithPlacesInsideIt() {
        Map<String, Integer> outcomes = new ConcurrentHashMap<>();
        List<String> failures = IntStream.range(0, COUNT)
                .parallel()
                .mapToObj(k -> mutated(SEED + k))
                .flatMap(text -> failure(text, outcomes).stream())
                .toList();
        System.out.println("seed " + SEED + ", mutated specs: " + new TreeMap<>(outcomes));
        assertThat(failures).isEmpty();
        assertThat(outcomes.keySet()).as("mutations of both kinds").containsExactlyInAnyOrder("right", "refused");
    }

    private static Optional<String> failure(String text, Map<String, Integer> outcomes) {
        try {
            outcomes.merge(check(text) ? "right" : "refused", 1, Integer::sum);
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            String where =
                    Stream.of(e.getStackTrace()).limit(6).map(Object::toString).reduce("", (a, b) -> a + "\n  " + b);
            return Optional.of(e + where + "\nof the text\n" + text);
        }
    }

    /** True for a text that is right. */
    private static boolean check(String text) {
        List<Diagnostic> found;
        boolean right = true;
        try {
            found = Specs.parse("fuzz.layer", text, LIBRARY).warnings();
            assertThat(found).as("warnings of a file that was read").noneMatch(Diagnostic::isError);
        } catch (AdjointException e) {
            right = false;
            found = e.diagnostics();
            assertThat(found).as("a refusal says why").anyMatch(Diagnostic::isError);
        }
        Read.assertPlaces(text, "fuzz.layer", found);
        for (Diagnostic d : found) {
            assertThat(d.message()).doesNotContain("null", "dev.adjoint", "Exception", "<missing");
        }
        assertThat(new CaretRenderer(file -> Optional.of(text), false).render(found))
                .as("what a terminal shows")
                .doesNotContain("\u0000", "\u001b");
        return right;
    }

    private static String mutated(long seed) {
        Random random = new Random(seed * 0x9e3779b97f4a7c15L + 7);
        List<String> names = List.copyOf(SPECS.keySet());
        List<String> tokens = tokens(SPECS.get(names.get(random.nextInt(names.size()))));
        List<String> others = tokens(SPECS.get(names.get(random.nextInt(names.size()))));
        for (int edits = 1 + random.nextInt(3); edits > 0 && tokens.size() > 2; edits--) {
            int at = random.nextInt(tokens.size() - 1);
            switch (random.nextInt(6)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.add(at, tokens.get(at));
                case 2 -> tokens.set(at, tokens.set(random.nextInt(tokens.size()), tokens.get(at)));
                case 3 -> tokens.set(at, others.get(random.nextInt(others.size())));
                case 4 -> tokens.add(at, SPICE.get(random.nextInt(SPICE.size())));
                default -> {
                    int from = random.nextInt(others.size());
                    tokens.addAll(at, others.subList(from, Math.min(others.size(), from + random.nextInt(20))));
                }
            }
        }
        return String.join("", tokens);
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    private static Map<String, String> specs() {
        Map<String, String> specs = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("specs"))) {
            for (Path file : files.sorted().toList()) {
                specs.put(file.getFileName().toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return specs;
    }
}

package dev.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.CaretRenderer;
import dev.adjoint.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a user is told of each mistake: a spec, named by the code that it triggers first and foremost, and beside it
 * what the terminal shows, places, notes and help included. A new case is a new spec; {@code -Dadjoint.renew=true}
 * writes what is shown, to be read before it is committed.
 */
class MistakesTest {
    static final Path CASES = Path.of("src/test/resources/dev/adjoint/lang/mistakes");

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files
                    .map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".layer"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aMistakeIsToldAtItsPlace(String file) throws IOException {
        String text = Files.readString(CASES.resolve(file));
        Path expected = CASES.resolve(file.replace(".layer", ".txt"));
        List<Diagnostic> found = found(file, text);
        Read.assertPlaces(text, file, found);
        assertThat(found)
                .extracting(Diagnostic::code)
                .as("the codes of %s", file)
                .contains(file.substring(0, 4));
        String shown = new CaretRenderer(name -> name.equals(file) ? Optional.of(text) : Optional.empty(), false)
                .render(found);
        if (Boolean.getBoolean("adjoint.renew")) {
            Files.writeString(expected, shown);
        }
        assertThat(shown)
                .as("what is shown of %s; renew it with mvn test -Dtest=MistakesTest -Dadjoint.renew=true", file)
                .isEqualTo(Files.exists(expected) ? Files.readString(expected) : "");
    }

    private static List<Diagnostic> found(String file, String text) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(file, text);
        try (Stream<Path> imported = Files.list(CASES.resolve("imported"))) {
            for (Path each : imported.sorted().toList()) {
                files.put(each.getFileName().toString(), Files.readString(each));
            }
        }
        try {
            Specs.parse(file, text, Importers.texts(files).and(Importers.library()));
        } catch (AdjointException e) {
            return e.diagnostics();
        }
        throw new AssertionError("no mistake was found in " + file);
    }
}

package dev.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of messages is complete, and every code of the language is triggered by a test. */
class CodesTest {
    private static final Path TABLE = Path.of("src/main/resources/adjoint/messages.md");
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z][0-9]{3}) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern QUOTED = Pattern.compile("\"([A-Z][0-9]{3})\"");

    /** Of files that are no text, or too much of it, HostileTextTest. */
    private static final Set<String> ELSEWHERE = Set.of("L001", "L002", "L003");

    private static Map<String, String> table() throws IOException {
        Map<String, String> meanings = new TreeMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                assertThat(meanings.put(row.group(1), row.group(2)))
                        .as("a second row of %s", row.group(1))
                        .isNull();
            }
        }
        return meanings;
    }

    @Test
    void everyCodeHasItsRow() throws IOException {
        Set<String> used =
                new TreeSet<>(Stream.of(Codes.values()).map(Enum::name).toList());
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                QUOTED.matcher(Files.readString(file)).results().forEach(m -> used.add(m.group(1)));
            }
        }
        assertThat(table().keySet())
                .as("the codes that messages have, and the rows of %s", TABLE)
                .containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void theTableSaysWhatTheCodesSay() throws IOException {
        Map<String, String> table = table();
        for (Codes code : Codes.values()) {
            assertThat(table.get(code.name())).as("the row of %s", code).isEqualTo(code.summary());
        }
    }

    @Test
    void everyCodeOfTheLanguageIsTriggeredByATest() throws IOException {
        Set<String> triggered = new TreeSet<>(ELSEWHERE);
        triggered.addAll(MistakesTest.cases().map(f -> f.substring(0, 4)).collect(Collectors.toSet()));
        List<String> codes = Stream.of(Codes.values()).map(Enum::name).toList();
        assertThat(triggered)
                .as("a spec in %s for each code, named after it", MistakesTest.CASES)
                .containsExactlyElementsOf(codes);
    }
}

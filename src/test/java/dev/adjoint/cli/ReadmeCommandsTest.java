package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's table of commands speaks of commands and options that there are. */
class ReadmeCommandsTest {
    @ParameterizedTest
    @ValueSource(strings = {"derive", "verify", "generate", "check", "build"})
    void everyOptionOfItsRowIsOneOfTheCommand(String command) throws IOException {
        String row = Files.readString(Path.of("README.md"))
                .lines()
                .filter(line -> line.startsWith("| `" + command + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the README has no row for `adjoint " + command + "`"));
        List<String> options = Pattern.compile("(?<![\\w-])--?[a-z]+")
                .matcher(row)
                .results()
                .map(MatchResult::group)
                .toList();
        String help = Ran.adjoint(command, "--help").out();
        assertThat(options).allSatisfy(option -> assertThat(help).containsPattern(option + "[ ,=]"));
    }
}

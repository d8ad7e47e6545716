package dev.adjoint.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What HotSpot says of the methods that it compiles, in a file of its own. A method that it gives up on is interpreted
 * from then on, or compiled by its first compiler alone, which makes no vectors.
 */
final class CompilerLog {
    /** Such as {@code 506 670 % 4 a.b.Layer::block @ 235 (816 bytes)   COMPILE SKIPPED: out of nodes (not retryable)}. */
    private static final Pattern GIVEN_UP =
            Pattern.compile("\\s([\\w.$]+::[\\w$]+)\\s.*COMPILE SKIPPED: ([^(]*[^(\\s])\\s*(?:\\(.*)?");

    private CompilerLog() {}

    /** What a JVM has to be told. */
    static List<String> arguments(Path file) {
        return List.of(
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+PrintCompilation",
                "-XX:-DisplayVMOutput",
                "-XX:+LogVMOutput",
                "-XX:LogFile=" + file);
    }

    /** Methods below a package that the compiler gave up on, and why; the file is taken away. */
    static List<String> takeGivenUp(Path file, String in) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.flatMap(line -> givenUp(line, in).stream())
                    .distinct()
                    .sorted()
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    private static Optional<String> givenUp(String line, String in) {
        Matcher matcher = GIVEN_UP.matcher(line);
        return matcher.find() && matcher.group(1).startsWith(in + ".")
                ? Optional.of(matcher.group(1).substring(in.length() + 1) + ": " + matcher.group(2))
                : Optional.empty();
    }
}

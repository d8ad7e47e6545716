package dev.adjoint.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Under which a run was made.
 *
 * @param date the day
 * @param processor its model
 * @param extensions the vector extensions that it has, as far as they are known
 * @param cores of the machine
 * @param pinned the cores that this process may use, as the system writes them; empty if that is not known
 * @param system the operating system and its architecture
 * @param jvm its name and version of the JVM
 * @param command what was typed
 * @param effort how long each was timed
 */
public record Circumstances(
        LocalDate date,
        String processor,
        List<String> extensions,
        int cores,
        String pinned,
        String system,
        String jvm,
        String command,
        String effort) {
    private static final List<String> EXTENSIONS =
            List.of("avx2", "fma", "avx512f", "amx_tile", "asimd", "sve", "sve2");

    /** Those of this process. */
    public static Circumstances here(String command, String effort) {
        return of(
                System.getProperties().stringPropertyNames().stream()
                        .collect(Collectors.toMap(Function.identity(), System::getProperty)),
                lines(Path.of("/proc/cpuinfo")),
                lines(Path.of("/proc/self/status")),
                command,
                effort);
    }

    /** From what Java and, where there is one, Linux says. */
    static Circumstances of(
            Map<String, String> properties,
            List<String> processors,
            List<String> status,
            String command,
            String effort) {
        String architecture = properties.getOrDefault("os.arch", "?");
        List<String> flags = List.of(field(processors, "flags")
                .or(() -> field(processors, "Features"))
                .orElse("")
                .split(" "));
        long cores = processors.stream().filter(l -> l.startsWith("processor")).count();
        return new Circumstances(
                LocalDate.now(),
                field(processors, "model name").orElse(architecture),
                EXTENSIONS.stream().filter(flags::contains).toList(),
                cores > 0 ? (int) cores : Runtime.getRuntime().availableProcessors(),
                field(status, "Cpus_allowed_list").orElse(""),
                properties.getOrDefault("os.name", "?") + " " + architecture,
                properties.getOrDefault("java.vm.name", "Java") + " "
                        + properties.getOrDefault("java.vm.version", properties.getOrDefault("java.version", "?")),
                command,
                effort);
    }

    /** Whether the process is held to one core. */
    public boolean isPinned() {
        return pinned.matches("\\d+");
    }

    /** The day and the machine, in a line. */
    public String machine() {
        String vector = extensions.isEmpty() ? "" : " with " + String.join(", ", extensions);
        String held = isPinned() ? ", held to core " + pinned : "";
        return date + ", " + processor + vector + ", " + cores + (cores == 1 ? " core" : " cores") + held;
    }

    /** The system and how long each was timed, in a line. */
    public String manner() {
        return system + ", " + jvm + ", " + effort;
    }

    private static Optional<String> field(List<String> lines, String name) {
        return lines.stream()
                .filter(l -> l.split(":", 2)[0].strip().equals(name) && l.contains(":"))
                .map(l -> l.split(":", 2)[1].strip())
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.toList();
        } catch (IOException | UncheckedIOException e) {
            // Another system than Linux.
            return List.of();
        }
    }
}

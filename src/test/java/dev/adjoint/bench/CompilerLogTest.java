package dev.adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerLogTest {
    /** As JDK 17 and 25 write it. */
    private static final List<String> LINES = List.of(
            "    506  670 %     4       a.generated.vector.Layer_B::block4x4 @ 235 (816 bytes)",
            "    508  670 %     4       a.generated.vector.Layer_B::block4x4 @ 235 (816 bytes)   COMPILE SKIPPED: out of nodes parsing method (retry at different tier)",
            "594  679       4       a.generated.vector.Layer_B::block4x4 (816 bytes)   COMPILE SKIPPED: out of nodes parsing method (retry at different tier)",
            "    600  680       4       a.generated.Layer_C::rows (9 bytes)   COMPILE SKIPPED: unsupported calling sequence",
            "    610  681       4       other.Layer_D::rows (9 bytes)   COMPILE SKIPPED: out of nodes (not retryable)");

    @TempDir
    Path directory;

    @Test
    void methodsOfAPackageThatWereGivenUpAreNamedOnceWithTheReason() throws IOException {
        Path file = Files.write(directory.resolve("log"), LINES);
        assertThat(CompilerLog.takeGivenUp(file, "a.generated"))
                .containsExactly(
                        "Layer_C::rows: unsupported calling sequence",
                        "vector.Layer_B::block4x4: out of nodes parsing method");
        assertThat(file).as("what was read").doesNotExist();
    }

    @Test
    void aJvmThatSaidNothingGaveUpNothing() throws IOException {
        assertThat(CompilerLog.takeGivenUp(directory.resolve("none"), "a")).isEmpty();
    }
}

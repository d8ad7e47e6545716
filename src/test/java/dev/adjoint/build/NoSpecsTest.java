package dev.adjoint.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.diagnostic.AdjointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory without specs: an error to who names one, the end of all its classes to who builds a project. */
class NoSpecsTest {
    @TempDir
    private Path directory;

    private Path specs;
    private Path spec;
    private Path generated;

    @BeforeEach
    void generateOnce() throws IOException {
        specs = directory.resolve("specs");
        spec = specs.resolve("scale.layer");
        generated = directory.resolve("generated/acme/Scaling.java");
        Files.createDirectories(specs);
        Files.writeString(
                spec,
                "package acme;\nlayer Scale[N] { input o[N] output x[i < N] = 2*o[i] }\ngenerate Scaling = Scale\n");
        run(request());
        assertThat(generated).exists();
    }

    @Test
    void theClassesGoWithTheLastSpec() throws IOException {
        Files.delete(spec);
        run(request().orNone());
        assertThat(generated).doesNotExist();
    }

    @Test
    void theClassesGoWithTheDirectory() throws IOException {
        Files.delete(spec);
        Files.delete(specs);
        run(request().orNone());
        assertThat(generated).doesNotExist();
    }

    @Test
    void anEmptyDirectoryIsAnErrorUnlessItIsExpected() throws IOException {
        Files.delete(spec);
        assertThatThrownBy(() -> run(request()))
                .isInstanceOf(AdjointException.class)
                .hasMessageContaining("no spec in");
        assertThat(generated).exists();
    }

    private BuildRequest request() {
        return BuildRequest.of(specs)
                .into(directory.resolve("generated"))
                .relativeTo(directory)
                .recordedIn(directory.resolve("record"));
    }

    private static void run(BuildRequest request) {
        Build.run(request, Progress.NONE);
    }
}

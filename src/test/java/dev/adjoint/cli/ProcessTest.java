package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as the shell sees it: the exit status, the streams, UTF-8 whatever the locale. */
class ProcessTest {
    @TempDir
    private Path temp;

    @Test
    void aProcessEndsWithTheStatusAndWritesUtf8() throws Exception {
        Path spec = Files.writeString(
                temp.resolve("conv.layer"),
                "layer C[H, K] { input o[H] param w[K]" + " output x[i < H-K+1] = sum[k < K](w[k] * o[i+k]) }");
        Ran derived = adjoint("derive", spec.toString(), "--of", "o");
        assertThat(derived.err()).isEmpty();
        assertThat(derived.status()).isZero();
        assertThat(derived.out()).contains("grad o[p] = ").contains("rotated by 180°");

        Ran refused = adjoint("derive", temp.resolve("none").toString());
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).contains("error[B001]").doesNotContain("\u001b");
    }

    private Ran adjoint(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=US-ASCII",
                "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(args));
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("it ends").isTrue();
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}

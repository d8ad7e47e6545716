package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.adjoint.build.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a user hands over: status 2, one clear message, no stack trace, no hang, nothing lost. */
@Timeout(60)
class BadInputTest {
    private static final String GOOD = """
            package t;
            layer L[N] { input x[N] output y[i < N] = 2 * x[i] }
            generate Twice = L
            """;

    @TempDir
    private Path temp;

    private interface Setup {
        void in(Path directory) throws IOException;
    }

    private static Arguments input(String name, String message, Setup setup) {
        return Arguments.of(name, message, setup);
    }

    static Stream<Arguments> specs() {
        return Stream.of(
                input("none.layer", "error[B001]: %s: no such file or directory", d -> {}),
                input(
                        "link.layer",
                        "error[B001]: %s is a link that leads nowhere",
                        d -> Files.createSymbolicLink(d.resolve("link.layer"), d.resolve("gone"))),
                input(
                        "loop.layer",
                        "error[B001]: %s is a link that leads nowhere",
                        d -> Files.createSymbolicLink(d.resolve("loop.layer"), d.resolve("loop.layer"))),
                input("dir.layer", "error[B005]: no spec in %s", d -> Files.createDirectory(d.resolve("dir.layer"))),
                input(
                        "below",
                        "error[B002]: %s/dir.layer is a directory, not a spec",
                        d -> Files.createDirectories(d.resolve("below/dir.layer"))),
                input(
                        "half.layer",
                        "expected a statement or `}`, found the end of the file\n --> %s:2:24\n",
                        d -> Files.writeString(d.resolve("half.layer"), "package t;\nlayer L[N] { input x[N]")),
                input(
                        "latin1.layer",
                        "error[B004]: this is not UTF-8 text\n --> %s:2:4\n",
                        d -> Files.write(
                                d.resolve("latin1.layer"), "// a\n// \u00e9".getBytes(StandardCharsets.ISO_8859_1))),
                input(
                        "utf16.layer",
                        "error[B004]: this is not UTF-8 text",
                        d -> Files.write(d.resolve("utf16.layer"), GOOD.getBytes(StandardCharsets.UTF_16))),
                input("zeros.layer", "error[L", d -> Files.write(d.resolve("zeros.layer"), new byte[1000])),
                input(
                        "large.layer",
                        "error[B015]: %s is larger than any spec",
                        d -> Files.write(d.resolve("large.layer"), new byte[5 << 20])),
                input(
                        "deep.layer",
                        "error[L012]: this is nested more than 100 deep",
                        d -> Files.writeString(
                                d.resolve("deep.layer"),
                                "layer L { input x output y = " + "(".repeat(50_000) + "x" + ")".repeat(50_000)
                                        + " }")),
                input(
                        "good.layer/a.layer",
                        "error[B001]: %s: no such file or directory",
                        d -> Files.writeString(d.resolve("good.layer"), GOOD)),
                input("", "error[B005]: no spec in %s", d -> {}));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("specs")
    void aBadSpecIsToldToEveryCommand(String name, String message, Setup setup) throws IOException {
        Path directory = Files.createDirectories(temp.resolve("specs"));
        setup.in(directory);
        Path spec = directory.resolve(name);
        Path out = temp.resolve("out");
        for (Ran ran : new Ran[] {
            Ran.adjoint("derive", spec),
            Ran.adjoint("check", spec),
            Ran.adjoint("generate", spec, "--into", out),
            Ran.adjoint("build", spec, "--into", out)
        }) {
            assertRefused(ran, message.replace("%s", spec.toString()));
        }
        assertThat(out).doesNotExist();
        Ran json = Ran.adjoint("build", spec, "--into", out, "--format", "json");
        assertThat(json.status()).isEqualTo(2);
        assertThat(((Map<?, ?>) json.json()).get("status")).isEqualTo(2.0);
        assertThat(json.err()).isEmpty();
    }

    @Test
    void aPipeIsNotReadAndDoesNotHang() throws Exception {
        Path pipe = temp.resolve("pipe.layer");
        assumeTrue(makePipe(pipe), "this system has no named pipes");
        assertRefused(Ran.adjoint("derive", pipe), "error[B002]: " + pipe + " is neither a file nor a directory");
        assertRefused(Ran.adjoint("check", temp), "error[B002]: " + pipe + " is neither a file nor a directory");
        Path spec = Files.writeString(temp.resolve("good.layer"), GOOD);
        assertRefused(Ran.adjoint("generate", spec, "--into", pipe), "error[B006]: " + pipe + " is not a directory");
    }

    private static boolean makePipe(Path pipe) throws InterruptedException {
        try {
            Process process = new ProcessBuilder("mkfifo", pipe.toString()).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"good.layer", "good.layer/below", "out/t/Twice.java"})
    void anOutputDirectoryThatIsAFileIsTold(String into) throws IOException {
        Path spec = Files.writeString(temp.resolve("good.layer"), GOOD);
        Ran.adjoint("generate", spec, "--into", temp.resolve("out"));
        Map<String, String> before = Trees.read(temp);
        Ran ran = Ran.adjoint("generate", spec, "--into", temp.resolve(into));
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).containsPattern("error\\[B0(06|10)\\]: .*(is not a directory|good.layer is in the way)");
        assertThat(Trees.read(temp)).isEqualTo(before);
    }

    @Test
    void anOutputDirectoryThatCannotBeMadeIsTold() throws IOException {
        Path spec = Files.writeString(temp.resolve("good.layer"), GOOD);
        Path into = temp.resolve("a").resolve("x".repeat(300));
        assertRefused(
                Ran.adjoint("build", spec, "--into", into),
                "error[B010]: " + into + " cannot be written: File name too long; nothing was changed");
        assertThat(temp.resolve("a")).doesNotExist();
    }

    @Test
    void anEditedFileIsToldWithWhatToDo() throws IOException {
        Path spec = Files.writeString(temp.resolve("good.layer"), GOOD);
        Path out = temp.resolve("out");
        Ran.adjoint("generate", spec, "--into", out);
        Path java = out.resolve("t/Twice.java");
        Files.writeString(java, "// mine\n");
        assertRefused(
                Ran.adjoint("generate", spec, "--into", out),
                "error[B007]: " + java + " was edited after Adjoint had written it; nothing was written\n"
                        + " = help: move your changes elsewhere");
        assertThat(java).hasContent("// mine\n");
        Files.delete(java);
        assertThat(Ran.adjoint("generate", spec, "--into", out).out()).contains("1 file written");
    }

    @Test
    void aMisspeltLayerOrTensorIsGuessed() throws IOException {
        Path spec = Files.writeString(temp.resolve("good.layer"), GOOD);
        assertRefused(Ran.adjoint("derive", spec, "twice"), "did you mean `Twice`?");
        assertRefused(Ran.adjoint("derive", spec, "Dense"), " = help: there are: L, Twice");
        assertRefused(Ran.adjoint("derive", spec, "--of", "w"), "did you mean `x`?");
    }

    /** The message is on the error stream alone, and nobody sees the inside of the tool. */
    private static void assertRefused(Ran ran, String message) {
        assertThat(ran.status()).as(ran.err()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains(message)
                .containsPattern("\n\\d+ errors?\n$")
                .doesNotContain("\tat ", "Exception", "bug");
    }
}

package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.build.BuildRequest;
import dev.adjoint.build.BuildResult;
import dev.adjoint.build.Changes;
import dev.adjoint.build.ClassResult;
import dev.adjoint.build.LayerResult;
import dev.adjoint.build.Trees;
import dev.adjoint.check.ClassReport;
import dev.adjoint.diagnostic.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each command of the command line: what it prints, on which stream, with which status. */
class CommandTest {
    private static final String SPEC = """
            package t;
            layer Scale[N] { input x[N] param a output y[i < N] = a * x[i] }
            layer Twice[N] { input x[N] output y[i < N] = 2 * x[i] }
            generate Scale4 = Scale[N = 4]
            """;

    @TempDir
    private Path temp;

    private Path spec;

    @BeforeEach
    void write() throws IOException {
        spec = Files.writeString(temp.resolve("scale.layer"), SPEC);
    }

    @Test
    void derivePrintsEveryGradientOfEveryLayer() {
        Ran ran = Ran.adjoint("derive", spec);
        assertThat(ran).isEqualTo(new Ran(0, """
                layer Scale[N]
                    y[i < N] = a * x[i]

                  grad x[i] = delta[i] * a
                      delta scaled by a

                  grad a = sum[i < N](delta[i] * x[i])
                      inner product of delta and x

                layer Twice[N]
                    y[i < N] = 2 * x[i]

                  grad x[i] = 2 * delta[i]
                """, ""));
    }

    @Test
    void derivePrintsOneLayerOneClassOrOneTensor() {
        assertThat(Ran.adjoint("derive", spec, "Twice").out())
                .contains("layer Twice")
                .doesNotContain("Scale");
        assertThat(Ran.adjoint("derive", spec, "Scale4").out()).contains("y[i < 4] = ");
        assertThat(Ran.adjoint("derive", spec, "--of", "a").out())
                .contains("grad a = ")
                .doesNotContain("grad x", "Twice");
        assertThat(Ran.adjoint("derive", temp, "Twice").out()).contains("grad x[i] = 2 * delta[i]");
    }

    @Test
    void derivePrintsAPageOfOneLayer() {
        assertThat(Ran.adjoint("derive", spec, "Scale", "--format", "html").out())
                .startsWith("<!DOCTYPE html>")
                .contains("Layer Scale", "Emitted in Scale4.java");
        assertThat(Ran.adjoint("derive", spec, "Scale", "--format", "latex").out())
                .contains("\\documentclass");
        assertThat(Ran.adjoint("derive", spec, "Twice", "--format", "markdown").out())
                .startsWith("# Layer Twice");
    }

    @Test
    void deriveWritesPagesIntoADirectory() {
        Path out = temp.resolve("pages");
        Ran first = Ran.adjoint("derive", spec, "--format", "html", "-o", out);
        assertThat(first).isEqualTo(new Ran(0, "3 files in " + out + ", 0 unchanged\n", ""));
        assertThat(Trees.read(out)).containsOnlyKeys("t/Scale.html", "t/Twice.html", "index.html", ".adjoint-manifest");
        assertThat(Ran.adjoint("derive", spec, "--format", "html", "-o", out).out())
                .contains("3 unchanged");
        assertThat(Ran.adjoint("derive", spec, "--format", "latex", "-o", out).status())
                .isZero();
        assertThat(Trees.read(out)).containsKeys("t/Scale.html", "t/Scale.tex");
    }

    @Test
    void deriveWritesOneFile() throws IOException {
        Path page = temp.resolve("scale.html");
        assertThat(Ran.adjoint("derive", spec, "Scale", "--format", "html", "-o", page))
                .isEqualTo(new Ran(0, "", ""));
        assertThat(page).content().contains("Layer Scale");
        Path text = temp.resolve("scale.txt");
        assertThat(Ran.adjoint("derive", spec, "-o", text)).isEqualTo(new Ran(0, "", ""));
        assertThat(text).content().isEqualTo(Ran.adjoint("derive", spec).out());
    }

    @Test
    void severalLayersAreNoPage() {
        Ran ran = Ran.adjoint("derive", spec, "--format", "html");
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("a page holds one layer, and here are 2").contains("Try: adjoint derive --help");
        Ran wrong = Ran.adjoint("check", spec, "--format", "html");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("this command prints text, json, not 'html'");
    }

    @Test
    void deriveShowsWarningsBesideTheResult() throws IOException {
        Files.writeString(spec, "layer L[H, W, K] { input x[H*W*K] output y[i < H, j < W] = x[i*j] }");
        Ran ran = Ran.adjoint("derive", spec);
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).contains("grad x[").doesNotContain("warning");
        assertThat(ran.err()).contains("warning[L041]").endsWith("1 warning\n");
        assertThat(member(Ran.adjoint("derive", spec, "--format", "json").json(), "diagnostics"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
    }

    @Test
    void generateExplainsHowAClassComputesAndWritesNothing() throws IOException {
        Path conv = Files.writeString(temp.resolve("conv.layer"), """
                package t;
                import adjoint.conv.Conv2d;
                generate C = Conv2d[C = 8, H = 20, W = 20, D = 8, K1 = 3, K2 = 3] { target = vector }
                """);
        Ran ran = Ran.adjoint("generate", conv, "--explain");
        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .startsWith("t.C: Conv2d with N = 1, C = 8, H = 20")
                .contains("  plain Java\n    x: runs over")
                .contains("  Vector API\n    x: vectors of o (")
                .containsPattern("      of \\d+ ways, in estimated cycles:\n +[\\d,]+  vectors of o")
                .contains("because a block keeps");
        assertThat(Ran.adjoint("generate", conv, "--explain", "--format", "json")
                        .out())
                .contains("\"plan\": \"vectors of o (");
        assertThat(temp).isDirectoryNotContaining("glob:**.java");
    }

    @Test
    void generateWritesTheClassesAndThenNothing() {
        Path out = temp.resolve("out");
        Ran first = Ran.adjoint("generate", spec, "--into", out);
        assertThat(first.status()).isZero();
        assertThat(first.err()).isEqualTo("read    1 spec\nderive  2 layers\nemit    1 class\n");
        assertThat(first.out())
                .contains("layer  spec", "Scale  ")
                .containsPattern("2 layers, 3 gradients, 1 class; 1 file written, 0 unchanged, 0 deleted in .*out; ")
                .doesNotContain("error");
        assertThat(Trees.read(out)).containsOnlyKeys("t/Scale4.java", ".adjoint-manifest");
        assertThat(Ran.adjoint("generate", spec, "--into", out).out()).contains("0 files written, 1 unchanged");
    }

    @Test
    void buildChecksAndWritesBelowJava() {
        Path out = temp.resolve("out");
        Ran ran = Ran.adjoint("build", spec, "--into", out);
        assertThat(ran.status()).isZero();
        assertThat(ran.err()).endsWith("check   1 class\n");
        assertThat(ran.out())
                .contains("largest error", "2 layers, 3 gradients, 1 class, all checked; 0 claims; 1 file written");
        assertThat(Trees.read(out)).containsOnlyKeys("java/t/Scale4.java", ".adjoint-manifest");
    }

    @Test
    void buildWritesNothingWhileAClaimIsWrong() throws IOException {
        Path out = temp.resolve("out");
        Files.writeString(spec, SPEC.replace("a * x[i]", "a * x[i] claim grad x[i] = delta[i] claim grad a = CLAIM"));
        String right = "sum[i](delta[i] * x[i])";
        Files.writeString(spec, Files.readString(spec).replace("CLAIM", right));
        Ran wrong = Ran.adjoint("build", spec, "--into", out);
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(wrong.out()).contains("2 claims: 1 proved, 1 refuted; nothing written; ");
        assertThat(wrong.err()).contains("prove   2 claims\n", "error[V001]: REFUTED", "\n1 error\n");
        assertThat(out).doesNotExist();

        Files.writeString(spec, Files.readString(spec).replace("delta[i] claim", "a * delta[i] claim"));
        Ran mended = Ran.adjoint("build", spec, "--into", out);
        assertThat(mended.status()).as(mended.err()).isZero();
        assertThat(mended.out()).contains("2 claims, all proved; 1 file written");
    }

    @Test
    void checkWritesNothing() {
        Map<String, String> before = Trees.read(temp);
        Ran ran = Ran.adjoint("check", temp);
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).contains("1 class, all checked; ").doesNotContain("written");
        assertThat(Trees.read(temp)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClassThatFailsItsCheckIsStatusOne(boolean json) {
        ClassReport report =
                new ClassReport("t.Scale4", List.of(), List.of("gradX[1] is 3, numeric 4"), List.of(), 0.1);
        ClassResult failed =
                new ClassResult("t.Scale4", "scale.layer", Place.at(spec.toString(), 4, 10), Optional.of(report));
        LayerResult layer = new LayerResult("Scale", "scale.layer", 2, List.of(failed), Duration.ofMillis(7));
        BuildResult result = new BuildResult(
                List.of(layer), Optional.empty(), Changes.NONE, List.of(), false, Duration.ofMillis(12));
        BuildRequest request = BuildRequest.of(spec).into(temp.resolve("out")).checked();
        Ran ran = Ran.with(false, terminal -> {
            Common common = new Common(terminal);
            common.format = json ? Common.Format.JSON : Common.Format.TEXT;
            return Summary.print(common, request, Optional.empty(), result);
        });
        assertThat(ran.status()).isEqualTo(1);
        if (json) {
            assertThat(member(ran.json(), "status")).isEqualTo(1.0);
            assertThat(ran.err()).isEmpty();
        } else {
            assertThat(ran.out())
                    .containsPattern("Scale  scale.layer +2 +1 +failed +7 ms")
                    .endsWith("1 layer, 2 gradients, 1 class, 1 failed; nothing written; 12 ms\n");
            assertThat(ran.err())
                    .contains("error[B020]: t.Scale4 fails its check: gradX[1] is 3, numeric 4")
                    .contains("4 | generate Scale4 = Scale[N = 4]");
        }
    }

    @Test
    void everyMemberOfEveryDocumentIsInTheHelp() {
        Path out = temp.resolve("out");
        Set<String> names = new TreeSet<>();
        for (Ran ran : List.of(
                Ran.adjoint("derive", spec, "--steps", "--format", "json"),
                Ran.adjoint("derive", temp.resolve("none"), "--format", "json"),
                Ran.adjoint("generate", spec, "--into", out, "--format=json"),
                Ran.adjoint("build", spec, "--into", out, "--format", "JSON"),
                Ran.adjoint("check", spec, "--format", "json"),
                Ran.adjoint("chekc", spec, "--format", "json"))) {
            assertThat(ran.err()).isEmpty();
            assertThat(member(ran.json(), "status")).isEqualTo((double) ran.status());
            assertThat(member(ran.json(), "diagnostics")).isInstanceOf(List.class);
            names.addAll(JsonReader.names(ran.json()));
        }
        names.addAll(JsonReader.names(JsonReader.read(badSpecInJson().out())));
        assertThat(names).contains("place", "endColumn", "steps", "largestError", "written");
        assertThat(names)
                .allSatisfy(name -> assertThat(Ran.adjoint("--help").out()).containsPattern("\\b" + name + "\\b"));
    }

    private Ran badSpecInJson() {
        try {
            return Ran.adjoint("check", Files.writeString(temp.resolve("bad.layer"), "layer"), "--format", "json");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                        | a command is missing, one of derive, verify, generate, check, build",
                "biuld                     | Did you mean: adjoint build?",
                "derive                    | Missing required parameter: 'FILE'",
                "generate specs            | Missing required option: '--into=DIR', --tune or --explain",
                "generate x --tune --explain | --explain writes nothing: leave out --tune, or --explain",
                "generate x --tune --candidates 0 | a number from 1 to 1000 is expected, not '0'",
                "generate x --tune --size H  | --size",
                "generate x --size H=3       | --tune",
                "verify x --require true   | expected one of [PROVED, TESTED] (case-insensitive) but was 'true'",
                "verify x --budget 0       | a number of steps, at least 1 and below 2^63, is expected, not '0'",
                "verify x --budget much    | a number of steps, at least 1 and below 2^63, is expected, not 'much'",
                "derive x --format xml     | this command prints text, json, markdown, latex, html, not 'xml'",
                "verify x --format html    | this command prints text, json, not 'html'",
                "derive x --stepps         | --steps",
                "check a b                 | Unmatched argument at index 2: 'b'",
            })
    void badUsageIsStatusTwoOnTheErrorStream(String line, String words) {
        Ran ran = Ran.adjoint((Object[]) (line.isEmpty() ? new String[0] : line.split(" ")));
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("error: ")
                .contains(words)
                .containsPattern("Try: adjoint( derive| verify| generate| check)? --help\n$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"derive", "verify", "generate", "check", "build"})
    void everyCommandHasHelpWithAnExample(String command) {
        Ran ran = Ran.adjoint(command, "--help");
        assertThat(ran.status()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("Usage: adjoint " + command).contains("  adjoint " + command + " ");
        assertThat(ran.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(Ran.adjoint("--help").out()).contains("  " + command + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "derive -V"})
    void theVersionIsPrinted(String line) {
        Ran ran = Ran.adjoint((Object[]) line.split(" "));
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).isNotBlank();
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void coloursAreForTerminalsOrOnDemand() throws IOException {
        Files.writeString(spec, "layer L[N] {");
        String escape = "\u001b[";
        assertThat(Ran.adjoint("derive", spec).err()).doesNotContain(escape);
        assertThat(Ran.watched("derive", spec).err()).contains(escape);
        assertThat(Ran.watched("derive", spec, "--color", "never").err()).doesNotContain(escape);
        assertThat(Ran.adjoint("derive", spec, "--color", "always").err()).contains(escape);
        assertThat(Ran.adjoint("--help").out()).doesNotContain(escape);
        assertThat(Ran.adjoint("biuld").err()).doesNotContain(escape);
    }

    @Test
    void progressIsALineThatVanishesOnATerminal() {
        String err =
                Ran.watched("generate", spec, "--into", temp.resolve("out")).err();
        assertThat(err).contains("2/2 Twice").endsWith("\r\u001b[K").doesNotContain("\n");
        assertThat(Ran.watched("generate", spec, "--into", temp.resolve("out"), "--format", "json")
                        .err())
                .isEmpty();
    }

    @Test
    void aBugSaysThatItIsOne() {
        Ran ran = Ran.with(
                false,
                terminal -> new Common(terminal).run(c -> {
                    throw new IllegalStateException("unforeseen");
                }));
        assertThat(ran.status()).isEqualTo(70);
        assertThat(ran.err()).contains("a bug of Adjoint, not of your spec", "unforeseen", "on Java ");
        Ran json = Ran.with(false, terminal -> {
            Common common = new Common(terminal);
            common.format = Common.Format.JSON;
            return common.run(c -> {
                throw new OutOfMemoryError();
            });
        });
        assertThat(member(json.json(), "status")).isEqualTo(70.0);
    }

    private static Object member(Object document, String name) {
        return ((Map<?, ?>) document).get(name);
    }
}

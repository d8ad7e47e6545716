package dev.adjoint.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run over a directory of specs: all of it or nothing, and nothing at all if nothing changed. */
class BuildTest {
    private static final String TWICE = "layer L[N] { input x[N] output y[i < N] = 2 * x[i] }\n";

    @TempDir
    private Path temp;

    @Test
    void aRunThatWouldChangeNothingEndsAtOnce() throws IOException {
        spec("a.layer", "package t;\n" + TWICE + "generate A = L\n");
        BuildRequest request = request().recordedIn(temp.resolve("record"));
        assertThat(run(request).upToDate()).isFalse();
        BuildResult again = run(request);
        assertThat(again.upToDate()).isTrue();
        assertThat(again.layers()).isEmpty();
        assertThat(again.changes()).isEqualTo(Changes.NONE);

        Files.delete(temp.resolve("out/t/A.java"));
        assertThat(run(request).changes().written()).as("a file was missing").containsExactly("t/A.java");
        assertThat(run(request).upToDate()).isTrue();

        spec("a.layer", "package t;\n" + TWICE.replace("2", "3") + "generate A = L\n");
        assertThat(run(request).changes().written()).as("the spec changed").containsExactly("t/A.java");
        spec("a.layer", ("package t;\n" + TWICE.replace("2", "3") + "generate A = L\n").replace("\n", "\r\n"));
        assertThat(run(request).upToDate()).as("line ends are no change").isTrue();
        assertThat(run(request.inFolder("java/")).upToDate())
                .as("an option changed")
                .isFalse();
    }

    @Test
    void anEditedFileIsToldThoughNoSpecChanged() throws IOException {
        spec("a.layer", "package t;\n" + TWICE + "generate A = L\n");
        BuildRequest request = request().recordedIn(temp.resolve("record"));
        run(request);
        Files.writeString(temp.resolve("out/t/A.java"), "edited");
        assertCodes(request, "B007");
    }

    @Test
    void twoSpecsOfTheSameClassAreToldWithBothPlaces() {
        spec("a.layer", "package t;\n" + TWICE + "generate A = L\n");
        spec("b.layer", "package t;\n" + TWICE.replace("L[", "M[") + "\ngenerate A = M\n");
        Diagnostic collision = assertCodes(request(), "B009").get(0);
        assertThat(collision.place()).hasToString(shown("b.layer") + ":4:10");
        assertThat(collision.notes().get(0).place()).hasToString(shown("a.layer") + ":3:10");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    @Test
    void classesThatDifferInCaseOnlyAreTold() {
        spec("a.layer", "package t;\n" + TWICE + "generate Conv = L\n");
        spec("b.layer", "package t;\n" + TWICE.replace("L[", "M[") + "generate CONV = M\n");
        assertThat(assertCodes(request(), "B009").get(0).message()).contains("upper case from lower");
    }

    @Test
    void allErrorsOfAllSpecsAreToldAndNothingIsWritten() {
        spec("a.layer", "package t;\n" + TWICE + "generate A = L\n");
        run(request());
        Map<String, String> before = Trees.read(temp.resolve("out"));
        spec("a.layer", "package t;\n" + TWICE.replace("2", "3") + "generate A = L\n");
        spec("b.layer", "package t;\nlayer M[N] { input x[N] output y[i < N] = z[i] }\n");
        spec("c.layer", "package t;\nlayer K[N] { input x[N]");
        List<Diagnostic> told = refused(request()).diagnostics();
        assertThat(told).hasSize(2).allMatch(Diagnostic::isError);
        assertThat(told.toString()).contains("b.layer").contains("c.layer");
        assertThat(Trees.read(temp.resolve("out"))).isEqualTo(before);
    }

    @Test
    void aSpecThatGoesTakesItsClassesWithIt() throws IOException {
        spec("a.layer", "package t;\n" + TWICE + "generate A = L\n");
        spec("b/b.layer", "package t.b;\n" + TWICE + "generate B = L\n");
        run(request());
        Files.delete(temp.resolve("specs/b/b.layer"));
        assertThat(run(request()).changes().deleted()).containsExactly("t/b/B.java");
        assertThat(temp.resolve("out/t/b")).doesNotExist();
    }

    @Test
    void aSpecAloneLeavesTheClassesOfTheOthers() {
        spec("a.layer", "package t;\n" + TWICE + "generate A = L\n");
        spec("b.layer", "package t;\n" + TWICE.replace("L[", "M[") + "generate B = M\n");
        run(request());
        Map<String, String> all = Trees.read(temp.resolve("out"));
        run(BuildRequest.of(temp.resolve("specs/b.layer")).into(temp.resolve("out")));
        assertThat(Trees.read(temp.resolve("out"))).isEqualTo(all);
    }

    @Test
    void aSpecAloneFindsWhatItImportsBesideIt() {
        spec("a.layer", "package q.a;\n" + TWICE);
        spec("b.layer", "package q.b;\nimport q.a.L;\ngenerate B = L\n");
        spec("half.layer", "package q.c;\nlayer M[N] { inp");
        Path alone = temp.resolve("specs/b.layer");
        BuildRequest request = BuildRequest.of(alone).into(temp.resolve("out")).recordedIn(temp.resolve("record"));
        assertThat(run(request).changes().written()).containsExactly("q/b/B.java");
        assertThat(run(request).upToDate()).isTrue();
        spec("a.layer", "package q.a;\n" + TWICE.replace("2", "3"));
        assertThat(run(request).changes().written())
                .as("what it imports changed")
                .containsExactly("q/b/B.java");
    }

    @Test
    void outputsAmongTheSpecsAreNoSpecs() {
        spec("a.layer", "package t;\n" + TWICE + "generate A = L\n");
        for (int run = 0; run < 2; run++) {
            run(BuildRequest.of(temp.resolve("specs")).into(temp.resolve("specs/gen")));
            run(BuildRequest.of(temp.resolve("specs")).into(temp.resolve("specs")));
        }
        assertThat(Trees.read(temp.resolve("specs")))
                .containsOnlyKeys("a.layer", "gen/t/A.java", "gen/.adjoint-manifest", "t/A.java", ".adjoint-manifest");
    }

    @Test
    void spacesUnicodeAndDotsInPathsDoNoHarm() {
        spec("ein Ordner/ü/ö k.layer", "package t;\n" + TWICE + "generate A = L\n");
        Path specs = temp.resolve("specs/ein Ordner/../ein Ordner/./ü/..");
        BuildResult result = run(BuildRequest.of(specs).into(temp.resolve("specs/../aus gabe/é")));
        assertThat(result.layers().get(0).spec()).isEqualTo("ein Ordner/ü/ö k.layer");
        assertThat(Trees.read(temp.resolve("aus gabe/é")).get("t/A.java"))
                .startsWith("// Generated by Adjoint from ein Ordner/ü/ö k.layer; do not edit.\n");
    }

    @Test
    void linksInACircleEnd() throws IOException {
        spec("a.layer", "package t;\n" + TWICE + "generate A = L\n");
        Files.createSymbolicLink(temp.resolve("specs/again"), temp.resolve("specs"));
        assertThat(run(request()).classes()).hasSize(1);
    }

    @Test
    void progressTellsEveryPhaseAndEveryThing() {
        spec("a.layer", "package t;\n" + TWICE + "generate A = L\ngenerate B = L[N = 3]\n");
        List<String> heard = new ArrayList<>();
        Build.run(request().checked(), new Progress() {
            @Override
            public void begin(String phase, int items) {
                heard.add(phase + " " + items);
            }

            @Override
            public void item(String name) {
                heard.add(name);
            }

            @Override
            public void end() {
                heard.add("end");
            }
        });
        assertThat(heard.subList(0, 10))
                .containsExactly("read 1", "specs/a.layer", "end", "derive 1", "L", "end", "emit 2", "A", "B", "end");
        assertThat(heard.get(10)).isEqualTo("check 2");
        assertThat(heard.subList(11, 13)).containsExactlyInAnyOrder("t.A", "t.B");
        assertThat(heard.get(13)).isEqualTo("end");
    }

    private void spec(String name, String text) {
        try {
            Path file = temp.resolve("specs").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String shown(String name) {
        return temp.resolve("specs").resolve(name).toString().replace('\\', '/');
    }

    private BuildRequest request() {
        return BuildRequest.of(temp.resolve("specs")).into(temp.resolve("out"));
    }

    private static BuildResult run(BuildRequest request) {
        return Build.run(request, Progress.NONE);
    }

    private static AdjointException refused(BuildRequest request) {
        AdjointException refused = catchThrowableOfType(AdjointException.class, () -> run(request));
        assertThat(refused).as("it is refused").isNotNull();
        return refused;
    }

    private static List<Diagnostic> assertCodes(BuildRequest request, String... codes) {
        List<Diagnostic> told = refused(request).diagnostics();
        assertThat(told).extracting(Diagnostic::code).containsExactly(codes);
        return told;
    }
}

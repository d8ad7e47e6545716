package dev.adjoint.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.plan.Choice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record of plans beside a spec decides what is emitted, is an input of the build, and says what it cannot decide. */
class RecordedPlansTest {
    private static final String SPEC = """
            package t;
            import adjoint.dense.Dense;
            generate D = Dense[N = 3, I = 16, K = 32] { target = vector }
            generate P = Dense
            """;

    @TempDir
    private Path temp;

    @BeforeEach
    void write() {
        write("d.layer", SPEC);
    }

    @Test
    void theRecordedPlanIsEmittedAndExplained() {
        Map<String, String> modelled = generated("out");
        Choice choice = choice("x");
        String other = choice.considered().get(choice.considered().size() / 2).plan();
        assertThat(other).isNotEqualTo(choice.plan());
        write("d.plans", "D.x: " + other + "\n");
        Map<String, String> recorded = generated("out");
        assertThat(recorded.get("t/DVector.java"))
                .contains("because it is recorded")
                .isNotEqualTo(modelled.get("t/DVector.java"));
        assertThat(recorded.get("t/D.java")).isEqualTo(modelled.get("t/D.java"));
        assertThat(recorded.get("t/P.java")).isEqualTo(modelled.get("t/P.java"));
        assertThat(choice("x").plan()).isEqualTo(other);
        assertThat(choice("x").because()).startsWith("it is recorded: ");
        assertThat(explanation().recorded()).containsExactly("x");
        assertThat(choice("gradW").because()).doesNotContain("recorded");
    }

    @Test
    void theSameSpecAndRecordAreTheSameBytesElsewhere() throws IOException {
        List<Choice> choices = explanation().plans().get("Vector API");
        StringBuilder record = new StringBuilder("# Every tensor has the last of its plans.\n");
        choices.stream()
                .filter(c -> c.considered().size() > 1)
                .forEach(c -> record.append("D.")
                        .append(c.target())
                        .append(": ")
                        .append(c.considered().get(c.considered().size() - 1).plan())
                        .append('\n'));
        write("d.plans", record.toString());
        Map<String, String> here = generated("out");
        Path there = Files.createDirectories(temp.resolve("elsewhere/specs"));
        Files.writeString(there.resolve("d.layer"), SPEC.replace("\n", "\r\n"));
        Files.writeString(there.resolve("d.plans"), record.toString().replace("\n", "\r\n"));
        BuildResult result = run(BuildRequest.of(there).into(temp.resolve("elsewhere/out")));
        assertThat(result.warnings()).isEmpty();
        assertThat(Trees.read(temp.resolve("elsewhere/out"))).isEqualTo(here);
    }

    @Test
    void aRecordIsAnInputOfTheBuild() throws IOException {
        BuildRequest request = request("out").recordedIn(temp.resolve("fingerprint"));
        run(request);
        assertThat(run(request).upToDate()).isTrue();
        Choice choice = choice("x");
        write("d.plans", "D.x: " + choice.considered().get(1).plan() + "\n");
        assertThat(run(request).changes().written()).containsExactly("t/DVector.java");
        assertThat(run(request).upToDate()).isTrue();
        write("d.plans", "D.x: " + choice.considered().get(2).plan() + "\nD.gradW: gone\n");
        for (int again = 0; again < 2; again++) {
            BuildResult result = run(request);
            assertThat(result.upToDate()).as("while a line has no effect").isFalse();
            assertThat(result.warnings()).extracting(Diagnostic::code).containsExactly("B024");
        }
        Files.delete(temp.resolve("specs/d.plans"));
        assertThat(run(request).changes().written()).containsExactly("t/DVector.java");
    }

    @Test
    void linesWithoutEffectAreWarningsAndTheModelDecides() {
        Map<String, String> modelled = generated("out");
        write("d.plans", """
                D.x: vectors of something else
                D.nothing: a plan
                Q.x: a plan
                P.x: a plan
                """);
        BuildResult result = run(request("out"));
        assertThat(Trees.read(temp.resolve("out"))).isEqualTo(modelled);
        assertThat(result.warnings()).noneMatch(Diagnostic::isError);
        assertThat(result.warnings()).extracting(Diagnostic::code).containsExactly("B022", "B023", "B024", "B023");
        assertThat(result.warnings())
                .extracting(d -> String.valueOf(d.place()).replaceFirst(".*d\\.plans", ""))
                .containsExactly(":3:1", ":2:1", ":1:1", ":4:1");
        assertThat(result.warnings()).allSatisfy(d -> assertThat(d.help()).isNotNull());
        assertThat(explanation().warnings()).hasSize(2);
    }

    @Test
    void aRecordThatCannotBeReadStopsTheBuild() {
        write("d.plans", "D.x = vectors\n");
        AdjointException refused = catchThrowableOfType(AdjointException.class, () -> run(request("out")));
        assertThat(refused.diagnostics()).extracting(Diagnostic::code).containsExactly("B021");
        assertThat(temp.resolve("out")).doesNotExist();
    }

    private Map<String, String> generated(String into) {
        assertThat(run(request(into)).warnings()).isEmpty();
        return Trees.read(temp.resolve(into));
    }

    private Explanation explanation() {
        return Explanation.of(BuildRequest.of(temp.resolve("specs"))).get(0);
    }

    private Choice choice(String tensor) {
        return explanation().plans().getOrDefault("Vector API", List.of()).stream()
                .filter(c -> c.target().equals(tensor))
                .findFirst()
                .orElseThrow();
    }

    private BuildRequest request(String into) {
        return BuildRequest.of(temp.resolve("specs")).into(temp.resolve(into));
    }

    private static BuildResult run(BuildRequest request) {
        return Build.run(request, Progress.NONE);
    }

    private void write(String name, String text) {
        try {
            Files.createDirectories(temp.resolve("specs"));
            Files.writeString(temp.resolve("specs").resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

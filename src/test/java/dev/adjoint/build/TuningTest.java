package dev.adjoint.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.adjoint.check.TuneSettings;
import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.plan.Choice;
import dev.adjoint.plan.Chooser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that are measured, in haste, where none is fast enough to take the place of what stands. */
class TuningTest {
    private static final int CANDIDATES = 2;

    @TempDir
    private Path temp;

    @Test
    void whatIsMeasuredIsRecordedAndBuiltFrom() {
        write("d.layer", """
                package t;
                layer L[N, I, K] { const o[N, I] param w[K, I] output x[n < N, k < K] = sum[i < I](w[k,i] * o[n,i]) }
                generate D = L[I = 16, K = 16] { target = vector }
                generate Open = L[N = 1] { target = vector }
                generate Plain = L
                """);
        String other = considered("x").get(considered("x").size() - 1);
        write("d.plans", "# By hand.\n\n# Ours.\nD.x: " + other + "\n\n# Leave this.\nOpen.x: as it was\n");
        List<String> heard = new ArrayList<>();
        TuneResult result = Tuning.run(request().at(Map.of("N", 4L)), heard(heard));
        assertThat(result.diagnostics()).extracting(Diagnostic::code).containsExactly("B025");
        assertThat(result.diagnostics().get(0).help()).contains("--size I=N --size K=N");
        Explanation explained = Explanation.of(BuildRequest.of(specs())).get(0);
        List<Choice> choices = explained.plans().getOrDefault("Vector API", List.of()).stream()
                .filter(c -> c.considered().size() > 1)
                .toList();
        assertThat(choices).extracting(Choice::target).containsExactly("x", "gradW");
        assertThat(result.choices())
                .extracting(TuneResult.Chosen::tensor)
                .containsExactlyElementsOf(choices.stream().map(Choice::target).toList());
        PlanRecord record = PlanRecord.parse(read("d.plans"), "d.plans");
        for (int k = 0; k < choices.size(); k++) {
            Choice choice = choices.get(k);
            TuneResult.Chosen chosen = result.choices().get(k);
            assertThat(chosen.compared())
                    .as("plans of %s that gave the values of the model's choice", chosen.tensor())
                    .isEqualTo(chosen.tensor().equals("x") ? CANDIDATES + 1 : CANDIDATES);
            assertThat(choice.considered()).extracting(Chooser.Candidate::plan).contains(chosen.plan());
            assertThat(record.of("D", chosen.tensor()).orElseThrow().plan()).isEqualTo(chosen.plan());
            assertThat(choice.plan()).as("what a build takes").isEqualTo(chosen.plan());
        }
        assertThat(record.of("D", "x").orElseThrow().plan())
                .as("what stands is not the model's choice, and nothing is faster by the margin")
                .isEqualTo(other);
        assertThat(explained.recorded()).hasSameSizeAs(choices);
        assertThat(heard).contains("tune " + choices.size(), "D.x", "D.gradW");
        assertThat(read("d.plans"))
                .startsWith("# By hand.\n\n# Ours.\nD.x: " + other + "\n# measured: the model's choice, of 2 plans")
                .contains("; N = 4; Vector API, ", ", Java ")
                .endsWith("\n\n# Leave this.\nOpen.x: as it was\n")
                .doesNotContain("\r", temp.toString());
        assertThat(specs()).isDirectoryNotContaining("glob:**.new");
        Map<String, String> first = generated("first");
        assertThat(generated("second")).isEqualTo(first);
        assertThat(first.get("t/DVector.java")).contains("because it is recorded");
    }

    @Test
    void whatCannotBeMeasuredIsSaid() {
        write("d.layer", """
                package t;
                import adjoint.dense.Dense;
                generate D = Dense[I = 16, K = 16] { target = vector }
                generate Plain = Dense[N = 1]
                """);
        assertThat(told(request().only("Plain").at(Map.of("Q", 3L))))
                .containsExactly("no class that was to be tuned has an open size `Q`");
        assertThat(told(request().only("Plain")))
                .containsExactly("no class has plans to choose between: nothing was tuned");
        AdjointException refused = catchThrowableOfType(
                AdjointException.class, () -> Tuning.run(request().only("E"), Progress.NONE));
        assertThat(refused.diagnostics()).extracting(Diagnostic::code).containsExactly("B017");
        write("d.layer", """
                package t;
                import adjoint.dense.Dense;
                generate D = Dense[I = ?, K = 16] { target = vector }
                """);
        assertThat(told(request())).containsExactly("D was not tuned: its sizes I are open");
        assertThat(told(request().at(Map.of("I", 0L))))
                .containsExactly("D was not tuned: it cannot have the sizes I = 0");
        assertThat(specs().resolve("d.plans")).doesNotExist();
    }

    /** Cheapest first. */
    private List<String> considered(String tensor) {
        return Explanation.of(BuildRequest.of(specs())).get(0).plans().getOrDefault("Vector API", List.of()).stream()
                .filter(c -> c.target().equals(tensor))
                .flatMap(c -> c.considered().stream())
                .map(Chooser.Candidate::plan)
                .toList();
    }

    private List<String> told(TuneRequest request) {
        return Tuning.run(request, Progress.NONE).diagnostics().stream()
                .map(Diagnostic::message)
                .toList();
    }

    private TuneRequest request() {
        return TuneRequest.of(specs())
                .with(TuneSettings.DEFAULT.hasty().withCandidates(CANDIDATES).withMargin(1e9));
    }

    private Map<String, String> generated(String into) {
        BuildResult result = Build.run(BuildRequest.of(specs()).into(temp.resolve(into)), Progress.NONE);
        assertThat(result.warnings()).extracting(Diagnostic::code).containsExactly("B024");
        return Trees.read(temp.resolve(into));
    }

    private static Progress heard(List<String> heard) {
        return new Progress() {
            @Override
            public void begin(String phase, int items) {
                heard.add(phase + " " + items);
            }

            @Override
            public void item(String name) {
                heard.add(name);
            }

            @Override
            public void end() {}
        };
    }

    private Path specs() {
        return temp.resolve("specs");
    }

    private String read(String name) {
        try {
            return Files.readString(specs().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Files.createDirectories(specs());
            Files.writeString(specs().resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

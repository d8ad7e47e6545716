package dev.adjoint.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.prove.Word;
import dev.adjoint.report.Judgement;
import dev.adjoint.report.Require;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of layers, of specs and of Java, and when it is asked again. */
class VerifyTest {
    private static final String SPEC = """
            package t;
            layer Dense[N = 1, I, K] {
                input o[N, I]
                param b[K]
                const w[K, I]
                output x[n < N, k < K] = sum[i < I](w[k,i] * o[n,i]) + b[k]
                claim grad b[k] = sum[n](delta[n,k])
            }
            """;

    private static final String JAVA = """
            package t;
            class Net {
                /** verify t.Dense grad b (delta = dy, result = db, N = 1) */
                void one(float[] dy, float[] db) {
                    for (int k = 0; k < db.length; k++) db[k] = dy[k];
                }
            }
            """;

    @TempDir
    private Path temp;

    @Test
    void aRunThatPassedIsNotRepeatedUntilSomethingChanges() {
        spec(SPEC);
        java(JAVA);
        VerifyRequest request = request();
        assertThat(run(request).upToDate()).isFalse();
        VerifyResult again = run(request);
        assertThat(again.upToDate()).isTrue();
        assertThat(again.passes()).isTrue();
        assertThat(again.judgements()).isEmpty();

        java(JAVA.replace("dy[k]", "2*dy[k]"));
        assertThat(run(request).passes()).as("the Java changed").isFalse();
        assertThat(run(request).upToDate()).as("what failed fails again").isFalse();
        java(JAVA);
        assertThat(run(request).passes()).isTrue();
        spec(SPEC + "\n");
        assertThat(run(request).upToDate()).as("the spec changed").isFalse();
        assertThat(run(request).upToDate()).isTrue();
        assertThat(run(request.budget(7)).upToDate()).as("the budget changed").isFalse();
        assertThat(run(request.require(Require.TESTED)).upToDate())
                .as("what passes changed")
                .isFalse();
    }

    @Test
    void whatASpecImportsIsPartOfIt() {
        String twice = "package u; def twice(a[N])[n < N] = 2*a[n]";
        spec("""
                package t;
                import u.twice;
                layer L[N] { input x[N] output y[n < N] = 2*x[n] claim grad x = twice(delta) }
                """);
        write("specs/u.layer", twice);
        VerifyRequest alone =
                VerifyRequest.of(temp.resolve("specs/dense.layer")).recordedIn(temp.resolve("record"));
        for (VerifyRequest request : List.of(request(), alone)) {
            write("specs/u.layer", twice);
            assertThat(run(request).passes()).isTrue();
            assertThat(run(request).upToDate()).isTrue();
            write("specs/u.layer", twice.replace("2*", "3*"));
            VerifyResult changed = run(request);
            assertThat(changed.upToDate()).as("the import changed").isFalse();
            assertThat(changed.passes()).isFalse();
        }
    }

    @Test
    void whatIsTooLargeToDecideSaysWhereItFails() {
        spec("""
                package t;
                layer Row[W, K] {
                    input o[W]
                    param w[K]
                    output x[j < W-K+1] = sum[n < K](w[n] * o[j+n])
                    claim grad o[q] = sum[n](pad(delta[q-K+1+n]) * w[n])
                }
                generate Large = Row[W = 100000, K = 3000]
                """);
        Judgement large = run(request().layer("Large")).judgements().get(0);
        assertThat(large.title()).isEqualTo("UNKNOWN for W = 100000, K = 3000");
        assertThat(large.reason()).endsWith("; with its sizes left open it is refuted, at W = 2, K = 2");
    }

    @Test
    void aMethodForSomeSizesIsJudgedAtThose() {
        spec(SPEC);
        java(JAVA);
        List<Judgement> judgements = run(request()).judgements();
        assertThat(judgements).extracting(Judgement::title).containsExactly("PROVED", "PROVED for N = 1");
        assertThat(judgements.get(1).assumptions())
                .as("what the title says is not said again")
                .isEmpty();
        assertThat(judgements.get(1).place().toString()).endsWith("t/Net.java:4:5");

        java(JAVA.replace(", N = 1", ""));
        Judgement forAll = run(request()).judgements().get(1);
        assertThat(forAll.word()).as("of two samples it adds but one").isEqualTo(Word.REFUTED);
        assertThat(forAll.failure().orElseThrow().sizes()).containsEntry("N", 2L);
    }

    @Test
    void javadocsMaySpeakOfTheLibrary() {
        spec(SPEC);
        java(JAVA.replace("t.Dense", "adjoint.dense.Dense"));
        List<Judgement> judgements = run(request()).judgements();
        assertThat(judgements)
                .extracting(j -> j.layer().packageName() + " " + j.question().statement())
                .as("the claims of the library are not asked again")
                .containsExactly("t grad b[k] = sum[n](delta[n,k])", "adjoint.dense grad b by t.Net#one");
        assertThat(judgements.get(1).title()).isEqualTo("PROVED for N = 1");
    }

    @Test
    void aJavadocThatSpeaksOfNoLayerIsAnError() {
        spec(SPEC);
        java(JAVA.replace("t.Dense", "t.Dnse"));
        assertThatThrownBy(() -> run(request())).isInstanceOfSatisfying(AdjointException.class, e -> {
            assertThat(e.diagnostics().get(0).code()).isEqualTo("B019");
            assertThat(e.diagnostics().get(0).help()).contains("t.Dense");
            assertThat(String.valueOf(e.diagnostics().get(0).place())).contains("t/Net.java:3:");
        });
    }

    @Test
    void whereThereAreNoSpecsThereIsNothingToVerify() {
        VerifyResult result = run(VerifyRequest.of(temp.resolve("specs")).orNone());
        assertThat(result.judgements()).isEmpty();
        assertThat(result.passes()).isTrue();
    }

    private VerifyRequest request() {
        return VerifyRequest.of(temp.resolve("specs"))
                .java(List.of(temp.resolve("java"), temp.resolve("none")))
                .orNone()
                .recordedIn(temp.resolve("record"));
    }

    private static VerifyResult run(VerifyRequest request) {
        return Verify.run(request, Progress.NONE);
    }

    private void spec(String text) {
        write("specs/dense.layer", text);
    }

    private void java(String text) {
        write("java/t/Net.java", text);
    }

    private void write(String name, String text) {
        try {
            Path file = temp.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

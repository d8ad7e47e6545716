package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code adjoint verify}: what it says of right claims, of wrong ones and of those that it cannot decide. */
class VerifyCommandTest {
    private static final String RIGHT = """
            package t;
            layer Row[W, K] {
                input o[W]
                param w[K]
                output x[j < W-K+1] = sum[n < K](w[n] * o[j+n])
                /** (7) */
                claim grad w[n] = sum[j](delta[j] * o[j+n])
                CLAIM
            }
            generate Row3 = Row[K = 3]
            """;
    private static final String WRONG = "claim grad o[q] = sum[n](pad(delta[q-K+1+n]) * w[n])";
    /** True, and beyond a proof of one step. */
    private static final String HARD = "claim grad o[q] = sum[n < K](pad(delta[q-n]) * w[n])";

    @TempDir
    private Path temp;

    private Path spec;

    @BeforeEach
    void write() throws IOException {
        spec(WRONG);
    }

    private void spec(String claim) throws IOException {
        spec = Files.writeString(temp.resolve("row.layer"), RIGHT.replace("CLAIM", claim));
    }

    @Test
    void theTableComesFirstAndBeneathItWhatIsWrong() {
        Ran ran = Ran.adjoint("verify", spec);
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("read    1 spec\nprove   2 claims\n");
        assertThat(ran.out().replace(spec.toString(), "row.layer"))
                .startsWith("""
                        PROVED   Row  (7) grad w[n] = sum[j](delta[j] * o[j+n])       row.layer:7
                        REFUTED  Row  grad o[q] = sum[n](pad(delta[q-K+1+n]) * w[n])  row.layer:8

                        error[V001]: REFUTED: this says that grad o[0] is 1 where it is 0
                         --> row.layer:8:5
                          |
                        8 |     claim grad o[q] = sum[n](pad(delta[q-K+1+n]) * w[n])
                          |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                          = note: at W = 2, K = 2, element q = 0: derived 0, claimed 1
                                  grad o  0   1    w  0   1     delta  0
                                          X   .      (0) [1]          <1>
                                  all 0: o
                                  X the element that differs, ( ) in a missing term, [ ] in an extra term, < > in both
                          = note: missing: delta[0]*w[0]
                          = note: extra: delta[0]*w[1]
                          = note: derived: grad o[q] = sum[n < K](pad(delta[q-n]) * w[n])
                          = note: mistake: \
                        """)
                .containsPattern("= note: mistake: .*along `n` it runs forwards where it must run backwards\\n")
                .contains("= help: proved instead: grad o[q] = sum[n < K](pad(delta[q-n]) * w[n])\n")
                .endsWith("\n2 claims: 1 proved, 1 refuted\n");
    }

    @Test
    void whatIsProvedIsStatusZeroWithItsAssumptions() throws IOException {
        spec("assume 2*K <= W");
        Ran ran = Ran.adjoint("verify", spec);
        assertThat(ran.status()).isZero();
        assertThat(ran.out())
                .contains("PROVED  Row  (7) grad w[n] = ")
                .contains("\n        if 2*K <= W\n")
                .endsWith("\n1 claim, proved\n")
                .doesNotContain("error", " ms");
        assertThat(Ran.adjoint("verify", spec, "--times").out()).containsPattern("row.layer:7 +\\d+ ms\n");
    }

    @Test
    void javaThatIsNotThereIsAnError() {
        Ran ran = Ran.adjoint("verify", spec, "--java", temp.resolve("src"), "--java", spec);
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("error[B001]: " + temp.resolve("src") + ": no such file or directory")
                .contains("error[B001]: " + spec + " is not a directory of Java sources", "src/main/java");
    }

    @Test
    void aMethodWhoseSourceIsNotThereIsUnknownAndSaysHowToNameIt() throws IOException {
        spec("verify grad o by com.acme.Conv#input(delta = dy)");
        Ran ran = Ran.adjoint("verify", spec);
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out())
                .contains("error[J001]: UNKNOWN: the source of the class `com.acme.Conv` is not there")
                .contains("help: `--java DIRECTORY` says where sources are");
    }

    @Test
    void whereNothingIsClaimedItSaysHowToClaim() throws IOException {
        Files.writeString(spec, "layer A[N] { input x[N] output y[i < N] = x[i] }");
        Ran ran = Ran.adjoint("verify", spec);
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).startsWith("0 claims; ").contains("`claim grad w[m] = …`");
    }

    @Test
    void theSameVerdictsInTheSameWordsEachTime() {
        assertThat(Ran.adjoint("verify", spec)).isEqualTo(Ran.adjoint("verify", spec));
        assertThat(Ran.adjoint("verify", spec, "--format", "json"))
                .isEqualTo(Ran.adjoint("verify", spec, "--format", "json"));
    }

    @Test
    void aClassIsJudgedAtItsOwnSizesAndSaysSo() throws IOException {
        spec(HARD);
        Ran ran = Ran.adjoint("verify", spec, "--layer", "Row3");
        assertThat(ran.status()).as(ran.out()).isZero();
        assertThat(ran.out())
                .containsPattern("PROVED for K = 3  Row  grad o.q. = .*")
                .doesNotContain("PROVED  ");
        Ran unknown = Ran.adjoint("verify", spec, "--layer", "Rwo");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).contains("error[B017]", "did you mean `Row`?");
    }

    @Test
    void aBudgetThatIsUsedUpIsUnknownWithTheReason() throws IOException {
        spec(HARD);
        Ran ran = Ran.adjoint("verify", spec, "--budget", "1");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out())
                .contains("error[V003]: UNKNOWN: the budget of 1 steps is used up", "= help: a larger budget")
                .doesNotContain("PROVED", "REFUTED");
        assertThat(Ran.adjoint("verify", spec).status()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "claim grad o[p,q] = 0                  | error[L032]: grad o has 1 axis, here are 2 indices",
                "claim grad v[n] = 0                    | error[L022]: `v` is not known here",
                "claim grad w[n] = delta[j] * o[j+n]    | the indices of a claim stand on its left; sum over others: sum[j]",
            })
    void whatCannotBeAClaimIsAnErrorOfTheSpec(String claim, String message) throws IOException {
        spec(claim);
        Ran ran = Ran.adjoint("verify", spec);
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains(message);
    }

    @Test
    void aClaimWithoutAValueSomewhereIsRefutedThere() throws IOException {
        spec("claim x[j] = x[j] * (W-K) / (W-K)");
        Ran ran = Ran.adjoint("verify", spec);
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).contains("REFUTED: this has no value where x[0] is 0", "at W = 1, K = 1, element j = 0");
    }

    @Test
    void theDocumentHoldsEverything() {
        Ran ran = Ran.adjoint("verify", spec, "--format", "json", "--times");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).isEmpty();
        Map<?, ?> document = (Map<?, ?>) ran.json();
        assertThat(document.get("status")).isEqualTo(1.0);
        assertThat(document.get("require")).isEqualTo("proved");
        assertThat((List<?>) document.get("diagnostics")).hasSize(1);
        List<?> claims = (List<?>) document.get("claims");
        Map<?, ?> proved = (Map<?, ?>) claims.get(0);
        assertThat(proved.get("verdict")).isEqualTo("PROVED");
        assertThat(proved.get("label")).isEqualTo("7");
        assertThat(proved.get("passes")).isEqualTo(true);
        assertThat(proved.get("counterexample")).isNull();
        Map<?, ?> refuted = (Map<?, ?>) claims.get(1);
        assertThat(refuted.get("verdict")).isEqualTo("REFUTED");
        assertThat(refuted.get("statement")).isEqualTo("grad o[q] = sum[n](pad(delta[q-K+1+n]) * w[n])");
        Map<?, ?> failure = (Map<?, ?>) refuted.get("counterexample");
        assertThat(failure.get("sizes"))
                .isEqualTo(List.of(Map.of("name", "W", "value", 2.0), Map.of("name", "K", "value", 2.0)));
        assertThat(failure.get("derived")).isEqualTo("0");
        assertThat(failure.get("missing")).isEqualTo(List.of("delta[0]*w[0]"));
        Set<String> names = new TreeSet<>(JsonReader.names(document));
        String help = Ran.adjoint("--help").out();
        assertThat(names).contains("milliseconds", "shape", "granted");
        assertThat(names).allSatisfy(name -> assertThat(help).containsPattern("\\b" + name + "\\b"));
    }

    @Test
    void aJavaMethodIsJudgedWhereItStands() throws IOException {
        spec("verify grad w by t.Net#weights(delta = dy, result = dw)");
        Path java = Files.createDirectories(temp.resolve("src/t"));
        Files.writeString(java.resolve("Net.java"), """
                package t;
                class Net {
                    void weights(float[] dy, float[] o, float[] dw, int W, int K) {
                        for (int n = 0; n < K; n++)
                            for (int j = 0; j < W - K + 1; j++)
                                dw[n] += dy[j] * o[j];
                    }
                }
                """);
        Ran ran = Ran.adjoint("verify", spec, "--java", temp.resolve("src"));
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out())
                .containsPattern("REFUTED  Row  grad w by t.Net#weights +.*Net.java:3\n")
                .containsPattern("error\\[V001\\]: REFUTED: this says that grad w\\[\\d\\] is .*\n --> .*Net.java:3:5")
                .contains("the method computes grad w[n] = sum[j < W-K+1](delta[j] * o[j])")
                .containsPattern("note: it is held to that here\n --> .*row.layer:8:5");
        Ran unread = Ran.adjoint("verify", spec);
        assertThat(unread.status()).isEqualTo(1);
        assertThat(unread.out()).contains("UNKNOWN: the source of the class `t.Net` is not there");
    }
}

package dev.adjoint.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import dev.adjoint.prove.Verdict;
import dev.adjoint.prove.Word;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of verdicts that are no proofs, and whether they pass. */
class VerdictDetailsTest {
    private final Layer layer = Specs.parse(
                    "s.layer",
                    "layer S[N] { input x[N] output y[i < N] = 2 * x[i] claim grad x[i] = delta[i] + delta[i] }",
                    Importers.library())
            .layers()
            .get(0);
    private final Claim claim = layer.claims().get(0);

    private Judgement judgement(Word word, String reason) {
        Verdict verdict = new Verdict(claim, word, Map.of(), List.of("N <= 9"), reason, null, null);
        return new Judgement(
                layer, Question.of(claim), Optional.of(verdict), reason, Optional.empty(), Duration.ofMillis(3));
    }

    @Test
    void aTestPassesIfThatIsEnough() {
        List<Judgement> tested = List.of(judgement(Word.TESTED, "equal at random points"));
        Diagnostic strict = VerdictDetails.of(tested, Require.PROVED).get(0);
        assertThat(strict.code()).isEqualTo("V002");
        assertThat(strict.isError()).isTrue();
        assertThat(strict.message()).isEqualTo("TESTED, not proved: equal at random points");
        assertThat(strict.help()).contains("--require tested");
        Diagnostic lenient = VerdictDetails.of(tested, Require.TESTED).get(0);
        assertThat(lenient.severity()).isEqualTo(Diagnostic.Severity.NOTE);
    }

    @Test
    void whatIsUnknownNeverPasses() {
        for (Require require : Require.values()) {
            Diagnostic unknown = VerdictDetails.of(List.of(judgement(Word.UNKNOWN, "why")), require)
                    .get(0);
            assertThat(unknown.isError()).isTrue();
            assertThat(unknown.message()).isEqualTo("UNKNOWN: why");
        }
    }

    @Test
    void ofAProofThereIsNothingMoreToSay() {
        assertThat(VerdictDetails.of(List.of(judgement(Word.PROVED, "")), Require.PROVED))
                .isEmpty();
    }

    @Test
    void assumptionsStandOnceBeneathTheRowsThatShareThem() {
        List<Judgement> two = List.of(judgement(Word.PROVED, ""), judgement(Word.PROVED, ""));
        assertThat(VerdictTable.of(two, Path.of(""), true)).isEqualTo("""
                PROVED  S  grad x[i] = delta[i] + delta[i]  s.layer:1  3 ms
                PROVED  S  grad x[i] = delta[i] + delta[i]  s.layer:1  3 ms
                        if N <= 9
                """);
        assertThat(VerdictTable.summary(two)).isEqualTo("2 claims, all proved");
        assertThat(VerdictTable.summary(List.of())).isEqualTo("0 claims");
        assertThat(VerdictTable.summary(List.of(two.get(0), judgement(Word.UNKNOWN, ""))))
                .isEqualTo("2 claims: 1 proved, 1 unknown");
    }
}

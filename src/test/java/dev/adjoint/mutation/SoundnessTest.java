package dev.adjoint.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;
import dev.adjoint.prove.Counterexample;
import dev.adjoint.prove.Diagnosis;
import dev.adjoint.prove.Verdict;
import dev.adjoint.prove.Word;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Right verdicts pass, and each way to be wrong is seen. */
class SoundnessTest {
    private static final Seed SEED = Seeds.of("test.layer", """
                    layer Correlate[H, K] {
                        assume K <= H
                        input o[H]
                        param w[K]
                        output x[i < H-K+1] = sum[k < K](w[k] * o[i+k])
                        claim grad w[k] = sum[i](delta[i] * o[i+k])
                    }
                    """).get(0);
    private static final Mutant WRONG = mutant("sum[i < H-K+1](delta[i] * o[i])");
    private static final Mutant TRUE = mutant("sum[i](o[i+k] * delta[i])");

    /** At H = 2, K = 1: {@code Σ delta·o = 1·5 + 2·7 = 19}; at H = 2, K = 2, k = 1: {@code 1·7 = 7}, claimed 5. */
    private static final Map<String, List<String>> DATA =
            Map.of("delta", List.of("1"), "o", List.of("5", "7"), "w", List.of("0", "0"));

    private static Mutant mutant(String right) {
        Tree tree = TreeReader.read(right);
        return SEED.mutant(List.of(new Edit("replace subtree", "", 0, tree))).orElseThrow();
    }

    private static Verdict verdict(Mutant mutant, Word word, @Nullable Counterexample c, @Nullable Diagnosis d) {
        return new Verdict(mutant.claim(), word, Map.of(), List.of(), "for a test", c, d);
    }

    private static Counterexample at(long h, long k, long element, String derived, String claimed) {
        return new Counterexample(
                Map.of("H", h, "K", k), DATA, Map.of(), Map.of("k", element), derived, claimed, List.of(), List.of());
    }

    private static Optional<String> complaint(Mutant mutant, Verdict verdict) {
        return Soundness.complaint(mutant, new ValueChange(1).of(mutant), verdict, 1);
    }

    private static Optional<String> refuted(Counterexample c) {
        return complaint(WRONG, verdict(WRONG, Word.REFUTED, c, null));
    }

    @Test
    void rightVerdictsPass() {
        assertThat(new ValueChange(1).of(WRONG).change()).isEqualTo(Change.CHANGES);
        assertThat(new ValueChange(1).of(TRUE).change()).isEqualTo(Change.KEEPS);
        assertThat(complaint(TRUE, verdict(TRUE, Word.PROVED, null, null))).isEmpty();
        assertThat(complaint(TRUE, verdict(TRUE, Word.UNKNOWN, null, null))).isEmpty();
        assertThat(refuted(at(2, 2, 1, "7", "5"))).isEmpty();
        assertThat(refuted(at(2, 2, 1, "14/2", "5.0"))).isEmpty();
        assertThat(refuted(at(2, 2, 1, "[6.9, 7.1]", "five"))).isEmpty();
    }

    @Test
    void aWrongClaimIsNotProvedNorTested() {
        assertThat(complaint(WRONG, verdict(WRONG, Word.PROVED, null, null))).isPresent();
        assertThat(complaint(WRONG, verdict(WRONG, Word.TESTED, null, null))).isPresent();
    }

    @Test
    void aProofForSomeSizesIsLookedAtForThese() {
        Verdict one = new Verdict(WRONG.claim(), Word.PROVED, Map.of("K", 1L), List.of(), "", null, null);
        assertThat(complaint(WRONG, one)).as("for K = 1 there is no shift").isEmpty();
        Verdict two = new Verdict(WRONG.claim(), Word.PROVED, Map.of("K", 2L), List.of(), "", null, null);
        assertThat(complaint(WRONG, two)).as("for K = 2 there is one").isPresent();
    }

    @Test
    void aCounterexampleIsOne() {
        assertThat(complaint(WRONG, verdict(WRONG, Word.REFUTED, null, null)))
                .get()
                .asString()
                .contains("no counterexample");
        assertThat(refuted(at(2, 2, 0, "5", "5"))).get().asString().contains("do not differ");
        assertThat(refuted(at(2, 2, 2, "7", "5"))).get().asString().contains("no element");
        assertThat(refuted(at(2, 3, 1, "7", "5"))).get().asString().contains("does not allow");
        assertThat(refuted(at(3, 2, 1, "7", "5"))).get().asString().contains("entries");
        assertThat(refuted(at(2, 2, 1, "8", "5"))).get().asString().contains("derived value");
        assertThat(refuted(at(2, 2, 1, "7", "6"))).get().asString().contains("claimed value");
        assertThat(refuted(at(2, 2, 1, "[1, 2]", "5"))).get().asString().contains("derived value");
    }

    @Test
    void aTrueClaimIsNotRefuted() {
        assertThat(complaint(TRUE, verdict(TRUE, Word.REFUTED, at(2, 2, 1, "7", "7"), null)))
                .isPresent();
    }

    @Test
    void aMistakeIsNamedIfWhatIsMendedIsTrue() {
        Counterexample c = at(2, 2, 1, "7", "5");
        Map<String, String> mended = new LinkedHashMap<>();
        mended.put("sum[i](o[i+k] * delta[i])", "named");
        mended.put("sum[i](delta[i] * o[i+k+k])", "not");
        mended.put("sum[i](delta[i] * o[i+K-1])", "not");
        mended.put("sum[i](", "not");
        mended.forEach((right, named) -> {
            Judge judge = (layer, claim) ->
                    verdict(WRONG, Word.REFUTED, c, new Diagnosis(List.of("the shift is missing"), right));
            Measurement measurement = new Measurement(judge, new ValueChange(1));
            assertThat(measurement.add(WRONG, 1)).as("a wrong claim").isTrue();
            assertThat(measurement.unnamed()).as(right).hasSize(named.equals("named") ? 0 : 1);
            assertThat(measurement.wrong()).isEmpty();
        });
    }

    /** Over the library: who says that all is proved is wrong as often as an edit changes a value. */
    @Test
    void whoProvesEverythingIsFoundOut() {
        Judge credulous = (Layer layer, Claim claim) ->
                new Verdict(claim, Word.PROVED, Map.of(), List.of(), "I believe it", null, null);
        Measurement measurement = new Measurement(credulous, new ValueChange(1));
        List<Seed> small = Seeds.below(Path.of("specs")).stream()
                .filter(s -> s.layer().sizes().size() <= 4)
                .toList();
        Mutations mutations = new Mutations(small, 1);
        MeasureDiagnosis.measure(measurement, mutations, 20, 1, 1);
        assertThat(measurement.wrong()).hasSize(20);
        assertThat(measurement.unnamed()).hasSize(20);
        assertThat(measurement.table("all proved")).contains("still true at all sizes looked at: {PROVED=");
    }
}

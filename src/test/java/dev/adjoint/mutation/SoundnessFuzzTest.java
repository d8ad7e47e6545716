package dev.adjoint.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.adjoint.prove.Verdict;
import dev.adjoint.prove.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Claims that are one or two edits away from a true one get not one wrong verdict: what is proved is equal by exact
 * evaluation, what is refuted has a counterexample that dual numbers confirm, what an edit leaves true is never refuted,
 * what it makes wrong never proved. {@code -Dadjoint.random.seed} and {@code -Dadjoint.fuzz.count} draw others, or more.
 */
class SoundnessFuzzTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final int COUNT = Integer.getInteger("adjoint.fuzz.count", 40);

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void noVerdictIsWrong(int edits) {
        assumeTrue(Judge.prover().isPresent(), "no prover is plugged in");
        Judge prover = Judge.prover().orElseThrow();
        List<Seed> seeds = Stream.of("specs", "src/test/resources/adjoint/mutation")
                .flatMap(d -> Seeds.below(Path.of(d)).stream())
                .toList();
        ValueChange change = new ValueChange(SEED);
        Map<String, Integer> counts = new TreeMap<>();
        List<String> complaints = new ArrayList<>();
        for (Mutant mutant : new Mutations(seeds, SEED).draw(COUNT, edits)) {
            Answer answer = change.of(mutant);
            Verdict verdict;
            try {
                verdict = prover.judge(mutant.layer(), mutant.claim());
            } catch (RuntimeException | StackOverflowError bug) {
                complaints.add("no verdict, but " + bug + " at " + bug.getStackTrace()[0] + "\n    " + mutant);
                continue;
            }
            if (verdict.reason().contains("please report")) {
                complaints.add(verdict.reason() + "\n    " + mutant);
            }
            Soundness.complaint(mutant, answer, verdict, SEED).ifPresent(complaints::add);
            counts.merge(answer.change() + " " + verdict.word(), 1, Integer::sum);
        }
        System.out.println("seed " + SEED + ", " + edits + " edits: " + counts);
        assertThat(complaints).as("wrong verdicts, seed %d", SEED).isEmpty();
        assertThat(counts.keySet())
                .as("verdicts among which some are no UNKNOWN")
                .contains(Change.CHANGES + " " + Word.REFUTED);
    }
}

package dev.adjoint.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.expr.Printer;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Claims of the library in other words are as true: none is refuted, nearly all are proved. What is not proved is printed
 * by what was done to it: a law of the normal form may be missing. {@code -Dadjoint.random.seed} and {@code
 * -Dadjoint.random.count} draw others, or more.
 */
class RewordedClaimsTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final int COUNT = Integer.getInteger("adjoint.fuzz.count", 6) * 10;
    /** Steps of a proof; far fewer than usual, to get on. */
    private static final long BUDGET = 6_000;

    private record Subject(Layer layer, Claim claim) {}

    private record Outcome(String kinds, Word word, String text) {}

    @ParameterizedTest(name = "{0} rewordings")
    @CsvSource({"1, 95", "3, 85"})
    void whatIsTrueInOtherWordsIsProved(int rewordings, int least) throws IOException {
        List<Subject> subjects = new ArrayList<>();
        for (Path file : LibraryProvedTest.files()) {
            for (Layer layer : Specs.load(file, Importers.library()).layers()) {
                layer.claims().forEach(claim -> subjects.add(new Subject(layer, claim)));
            }
        }
        List<Outcome> outcomes = new Random(SEED)
                .ints(COUNT, 0, subjects.size()).boxed().toList().parallelStream()
                        .map(k -> outcome(subjects.get(k), rewordings, SEED + 31L * k))
                        .flatMap(Optional::stream)
                        .toList();
        Map<String, int[]> byKind = new TreeMap<>();
        int proved = 0;
        for (Outcome outcome : outcomes) {
            proved += outcome.word() == Word.PROVED ? 1 : 0;
            for (String kind : outcome.kinds().split(", ")) {
                int[] counts = byKind.computeIfAbsent(kind, k -> new int[2]);
                counts[0] += outcome.word() == Word.PROVED ? 1 : 0;
                counts[1]++;
            }
            if (outcome.word() != Word.PROVED) {
                System.out.println("    " + outcome.word() + " [" + outcome.kinds() + "] " + outcome.text());
            }
        }
        StringBuilder table = new StringBuilder();
        byKind.forEach((kind, c) -> table.append("; ").append(kind).append(' ').append(c[0] + " of " + c[1]));
        System.out.println("seed " + SEED + ", " + rewordings + " rewordings: " + proved + " of " + outcomes.size()
                + " proved" + table);
        assertThat(outcomes.stream().filter(o -> o.word() == Word.REFUTED))
                .as("claims refuted that are true, seed %d", SEED)
                .isEmpty();
        assertThat(proved * 100)
                .as("share of true claims proved, of %d", outcomes.size())
                .isGreaterThanOrEqualTo(least * outcomes.size());
    }

    private static Optional<Outcome> outcome(Subject subject, int rewordings, long seed) {
        Random random = new Random(seed);
        Claim claim = subject.claim();
        Rewordings words = new Rewordings(random, claim.indices());
        List<String> kinds = new ArrayList<>();
        for (int k = 0; k < rewordings; k++) {
            Optional<Rewordings.Reworded> reworded = words.once(claim.right());
            if (reworded.isEmpty()) {
                return Optional.empty();
            }
            kinds.add(reworded.get().kind());
            claim = new Claim(
                    claim.left(), reworded.get().expr(), claim.indices(), claim.doc(), claim.text(), claim.place());
        }
        Layer layer = subject.layer();
        Verdict verdict = new Prover(layer, Derive.derive(layer), BUDGET).judge(claim, false);
        String text = layer.name() + ": " + Printer.print(claim.left()) + " = " + Printer.print(claim.right()) + ": "
                + verdict.reason() + (verdict.counterexample() == null ? "" : " " + verdict.counterexample());
        return Optional.of(new Outcome(String.join(", ", kinds), verdict.word(), text));
    }
}

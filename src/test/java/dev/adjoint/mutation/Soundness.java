package dev.adjoint.mutation;

import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;
import dev.adjoint.prove.Counterexample;
import dev.adjoint.prove.Verdict;
import dev.adjoint.prove.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What is wrong with a verdict, by exact evaluation. An UNKNOWN is never wrong. */
final class Soundness {
    private static final int SIZE_SETS = 5;
    private static final long MOST_ENTRIES = 200;

    private Soundness() {}

    /** What is wrong with a verdict on an edited claim; empty if nothing is. */
    static Optional<String> complaint(Mutant mutant, Answer answer, Verdict verdict, long seed) {
        Optional<String> complaint = complaint(mutant.layer(), mutant.claim(), answer, verdict, seed);
        return complaint.map(c -> verdict.title() + ", but " + c + "\n    " + mutant + "\n    " + verdict.reason());
    }

    /** What is wrong with a verdict on a claim of which it is known whether it is true. */
    static Optional<String> complaint(Layer layer, Claim claim, Answer answer, Verdict verdict, long seed) {
        return switch (verdict.word()) {
            case PROVED, TESTED -> held(layer, claim, answer, verdict, seed);
            case REFUTED -> refuted(layer, claim, answer, verdict.counterexample());
            case UNKNOWN -> verdict.reason().isBlank() ? Optional.of("no reason is given") : Optional.empty();
        };
    }

    private static Optional<String> held(Layer layer, Claim claim, Answer answer, Verdict verdict, long seed) {
        boolean forAll = verdict.word() == Word.TESTED || verdict.sizes().isEmpty();
        if (forAll && answer.change() == Change.CHANGES) {
            return Optional.of("it is wrong: " + answer.where());
        }
        Map<String, Long> fixed = forAll ? Map.of() : verdict.sizes();
        List<Map<String, Long>> sizes = SizeDraws.draw(layer, fixed, SIZE_SETS, MOST_ENTRIES, new Random(seed));
        Answer seen = Truth.at(layer, claim, sizes, seed);
        return seen.change() == Change.CHANGES ? Optional.of("the equations give: " + seen.where()) : Optional.empty();
    }

    private static Optional<String> refuted(
            Layer layer, Claim claim, Answer answer, @org.jspecify.annotations.Nullable Counterexample c) {
        if (c == null) {
            return Optional.of("there is no counterexample");
        }
        Optional<String> why = Confirmation.whyNot(layer, claim, c);
        if (why.isPresent()) {
            return Optional.of("the counterexample is none, " + why.get() + "; " + c);
        }
        // A confirmed counterexample outweighs sizes at which no difference was seen. Where it rests on rounded
        // numbers,
        // other data at its own sizes have to show the difference too.
        boolean rational = Rational.is(layer) && Rational.is(claim.left()) && Rational.is(claim.right());
        return answer.change() == Change.KEEPS
                        && !rational
                        && Truth.at(layer, claim, List.of(c.sizes()), 1).change() == Change.KEEPS
                ? Optional.of("no difference is seen at other data; look at the counterexample " + c)
                : Optional.empty();
    }
}

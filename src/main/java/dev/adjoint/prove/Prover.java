package dev.adjoint.prove;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Derive;
import dev.adjoint.expr.Printer;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says of a layer's claims whether they hold. A claim is first evaluated at a few points, in double; where its sides seem
 * to differ, in intervals, and once more from the layer's equations alone: a wrong one falls there. If it stands, it is
 * proved in normal form; if that fails, it is tested at random points of a prime field. Serves one thread.
 */
public final class Prover {
    /** Steps that a proof may take, if nothing else is said. */
    public static final long BUDGET = 20_000;

    private static final long SEED = 20160905;

    private final Layer layer;
    private final Meaning meaning;
    private final Refuter refuter;
    private final Attempts attempts;
    private final long budget;

    public Prover(Layer layer) {
        this(layer, Derive.derive(layer), BUDGET);
    }

    /**
     * @param derivation the gradients of the layer
     * @param budget steps that a proof may take; the same number gives the same verdict everywhere
     */
    public Prover(Layer layer, Derivation derivation, long budget) {
        this.layer = layer;
        this.meaning = new Meaning(layer, derivation);
        this.refuter = new Refuter(meaning);
        this.attempts = new Attempts(meaning, budget);
        this.budget = budget;
    }

    /** The verdict on one claim of a layer. */
    public static Verdict judge(Layer layer, Claim claim) {
        return new Prover(layer).judge(claim);
    }

    /** The verdict on a claim about the layer. */
    public Verdict judge(Claim claim) {
        return judge(claim, true);
    }

    /** The same, with or without a search for the mistake in a refuted claim. */
    public Verdict judge(Claim claim, boolean diagnose) {
        try {
            return judged(claim, diagnose);
        } catch (RuntimeException | StackOverflowError bug) {
            return verdict(claim, Word.UNKNOWN, Attempts.failure(bug));
        }
    }

    private Verdict judged(Claim claim, boolean diagnose) {
        Refuter.Sides sides = refuter.sides(claim);
        Optional<Refuter.Failure> failure = refuter.search(sides);
        if (failure.isPresent()) {
            return refuted(claim, sides, failure.get(), diagnose);
        }
        Attempts.Attempt attempt = attempts.prove(claim);
        if (attempt.proved()) {
            return verdict(claim, Word.PROVED, attempt.reason());
        }
        Optional<Refuter.Failure> rare = refuter.searchSmall(sides);
        if (rare.isPresent()) {
            return refuted(claim, sides, rare.get(), diagnose);
        }
        if (!attempt.defined()) {
            return verdict(claim, Word.UNKNOWN, attempt.reason());
        }
        Optional<FieldTest.Agreement> agreement = FieldTest.of(sides, meaning, refuter.samples(), SEED);
        if (agreement.isPresent()) {
            return verdict(claim, Word.TESTED, tested(agreement.get()));
        }
        return refuter.searchClosely(sides)
                .map(close -> refuted(claim, sides, close, diagnose))
                .orElseGet(() -> verdict(claim, Word.UNKNOWN, attempt.reason()));
    }

    private Verdict refuted(Claim claim, Refuter.Sides sides, Refuter.Failure failure, boolean diagnose) {
        Refuter.Failure small = refuter.smallest(sides, failure);
        Optional<String> doubt = refuter.doubt(claim, sides, small);
        if (doubt.isPresent()) {
            return verdict(claim, Word.UNKNOWN, doubt.get());
        }
        Optional<Diagnosis> diagnosis = diagnose
                ? new Diagnoser(meaning, refuter.samples(), claim, sides, proofs()).diagnosis()
                : Optional.empty();
        return new Verdict(
                claim,
                Word.REFUTED,
                Map.of(),
                List.of(),
                "the two sides differ at a point",
                refuter.told(claim, sides, small),
                diagnosis.orElse(null));
    }

    /** Proves mended claims; all of them together may take as many steps as one claim. */
    private Predicate<Claim> proofs() {
        Attempts brief = new Attempts(meaning, Math.max(1, budget / 4));
        long[] left = {budget / 2};
        return mended -> {
            if (left[0] <= 0) {
                return false;
            }
            Attempts.Attempt attempt = brief.prove(mended);
            left[0] -= attempt.spent();
            return attempt.proved();
        };
    }

    private static String tested(FieldTest.Agreement agreement) {
        Set<String> sizes = new LinkedHashSet<>();
        agreement.sizes().forEach(s -> sizes.add(s.toString().replace('{', '(').replace('}', ')')));
        boolean none = agreement.sizes().get(0).isEmpty();
        return "equal at random points modulo 2^61-1" + (none ? "" : " for the sizes " + String.join(", ", sizes))
                + "; the chance of an error there is below 2^-" + agreement.bits();
    }

    private Verdict verdict(Claim claim, Word word, String reason) {
        List<String> assumptions = new ArrayList<>();
        layer.assumptions().forEach(a -> assumptions.add(Printer.print(a)));
        ValueLaw.of(layer).forEach(law -> assumptions.add(law.text()));
        layer.openReads().forEach(r -> assumptions.add(Printer.print(r.inside())));
        return new Verdict(claim, word, Map.of(), assumptions, reason, null, null);
    }
}

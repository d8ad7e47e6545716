package dev.adjoint.report;

import dev.adjoint.prove.Word;
import java.util.Arrays;
import java.util.Optional;

/** What passes: the weakest word that a statement may have earned. */
public enum Require {
    /** Proofs alone. */
    PROVED,
    /** Proofs, and equality at random points. */
    TESTED;

    /** {@code proved} or {@code tested}, in whatever case. */
    public static Optional<Require> named(String name) {
        return Arrays.stream(values())
                .filter(r -> r.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Whether a statement of which this was shown passes. */
    public boolean isMetBy(Word word) {
        return word == Word.PROVED || this == TESTED && word == Word.TESTED;
    }

    public boolean isMetBy(Judgement judgement) {
        return isMetBy(judgement.word());
    }
}

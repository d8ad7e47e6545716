package dev.adjoint.report;

import dev.adjoint.prove.Word;

/** What passes: the weakest word that a statement may have earned. */
public enum Require {
    /** Proofs alone. */
    PROVED,
    /** Proofs, and equality at random points. */
    TESTED;

    /** Whether a statement of which this was shown passes. */
    public boolean isMetBy(Word word) {
        return word == Word.PROVED || this == TESTED && word == Word.TESTED;
    }

    public boolean isMetBy(Judgement judgement) {
        return isMetBy(judgement.word());
    }
}

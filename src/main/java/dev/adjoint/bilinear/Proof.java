package dev.adjoint.bilinear;

import dev.adjoint.prove.Verdict;
import dev.adjoint.prove.Word;
import java.util.List;

/**
 * A statement and what the prover says of it.
 *
 * @param statement layers in the language, with claims
 * @param verdicts one for each claim, at least one
 */
public record Proof(String statement, List<Verdict> verdicts) {
    public Proof {
        verdicts = List.copyOf(verdicts);
    }

    /** Whether each claim is proved: only then may what was stated be relied on. */
    public boolean isProved() {
        return !verdicts.isEmpty() && verdicts.stream().allMatch(v -> v.word() == Word.PROVED);
    }
}

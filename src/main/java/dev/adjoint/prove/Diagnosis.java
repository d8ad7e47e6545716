package dev.adjoint.prove;

import java.util.List;

/**
 * The mistake in a refuted claim: an edit that makes it true, and is proved to.
 *
 * @param mistakes what was done wrong, one line for each of the edits, as {@code w is not rotated by 180°: this
 *     correlates where the gradient convolves}
 * @param mended the right-hand side that holds, in the language
 */
public record Diagnosis(List<String> mistakes, String mended) {
    public Diagnosis {
        mistakes = List.copyOf(mistakes);
    }
}

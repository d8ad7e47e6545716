package dev.adjoint.mutation;

import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An edited claim that the language accepts, about the same elements.
 *
 * @param seed the true claim
 * @param edits one, or two in sequence
 * @param right the right-hand side that came out
 * @param layer the layer, with this claim alone
 * @param claim as it was resolved
 */
record Mutant(Seed seed, List<Edit> edits, Tree right, Layer layer, Claim claim) {
    Mutant {
        edits = List.copyOf(edits);
    }

    /** {@code delete factor}; of two edits both. */
    String kind() {
        return edits.stream().map(Edit::kind).collect(Collectors.joining(", then "));
    }

    @Override
    public String toString() {
        return layer.name() + ": " + claim.text() + "   [" + kind() + "]   was: " + seed.right();
    }
}

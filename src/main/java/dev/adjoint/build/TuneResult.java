package dev.adjoint.build;

import dev.adjoint.diagnostic.Diagnostic;
import java.util.List;

/**
 * What was measured.
 *
 * @param choices of each class and tensor, in the order of specs
 * @param written the records that changed, as the user would name them
 * @param diagnostics what was left out, as warnings; what failed, as errors
 */
public record TuneResult(List<Chosen> choices, List<String> written, List<Diagnostic> diagnostics) {
    /**
     * A choice that was measured.
     *
     * @param className as the spec has it
     * @param tensor as {@code gradW}
     * @param plan its name
     * @param modelled whether the model would have chosen the same
     * @param speedup how many times as fast as the model's choice it is
     * @param compared how many plans gave the same values, and were measured
     */
    public record Chosen(
            String className, String tensor, String plan, boolean modelled, double speedup, int compared) {}

    public TuneResult {
        choices = List.copyOf(choices);
        written = List.copyOf(written);
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean failed() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }
}

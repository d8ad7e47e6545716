package dev.adjoint.check;

import java.util.List;

/**
 * What the exact check of one derivation found.
 *
 * @param layer its name
 * @param trials at how many choices of sizes and data
 * @param compared how many values
 * @param undefined at how many points the definition itself has no value, as 1/0
 * @param tooLarge the gradients whose definition is too large to be evaluated at these sizes
 * @param untested the steps that were compared at no point
 * @param failures in words; none if derivation and definition agree
 */
public record ExactReport(
        String layer,
        int trials,
        long compared,
        long undefined,
        List<String> tooLarge,
        List<String> untested,
        List<String> failures) {
    public ExactReport {
        tooLarge = List.copyOf(tooLarge);
        untested = List.copyOf(untested);
        failures = List.copyOf(failures);
    }

    public boolean passed() {
        return failures.isEmpty();
    }
}

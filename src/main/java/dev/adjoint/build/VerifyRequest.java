package dev.adjoint.build;

import dev.adjoint.prove.Prover;
import dev.adjoint.report.Require;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which claims are to be judged, and what passes.
 *
 * @param specs which specs
 * @param java source directories with the Java that is held to compute what layers do
 * @param layer the name of a layer, or of a class that is generated of one, with its sizes bound; all layers if empty
 * @param budget steps that each proof may take; the same number gives the same verdicts everywhere
 * @param record a file that keeps the fingerprint of the last run that passed, so that one that would find the same
 *     ends at once; null for none
 */
public record VerifyRequest(
        BuildRequest specs,
        List<Path> java,
        Optional<String> layer,
        long budget,
        Require require,
        @Nullable Path record) {
    public VerifyRequest {
        java = List.copyOf(java);
        if (budget < 1) {
            throw new IllegalArgumentException("a proof takes at least one step, not " + budget);
        }
    }

    /** Every claim of a spec, or of the specs of a directory; proofs alone pass. */
    public static VerifyRequest of(Path from) {
        return new VerifyRequest(
                BuildRequest.of(from), List.of(), Optional.empty(), Prover.BUDGET, Require.PROVED, null);
    }

    public VerifyRequest layer(String name) {
        return new VerifyRequest(specs, java, Optional.of(name), budget, require, record);
    }

    public VerifyRequest java(List<Path> directories) {
        return new VerifyRequest(specs, directories, layer, budget, require, record);
    }

    /**
     * Lets each proof take so many steps.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public VerifyRequest budget(long steps) {
        return new VerifyRequest(specs, java, layer, steps, require, record);
    }

    public VerifyRequest require(Require weakest) {
        return new VerifyRequest(specs, java, layer, budget, weakest, record);
    }

    public VerifyRequest recordedIn(Path file) {
        return new VerifyRequest(specs, java, layer, budget, require, file);
    }

    /** It is all right if there is no spec, or if a directory is not there. */
    public VerifyRequest orNone() {
        return new VerifyRequest(specs.orNone(), java, layer, budget, require, record);
    }

    /** What, beside the specs, decides the verdicts and whether they pass. */
    List<String> options() {
        return List.of(
                SpecScan.nameOf(specs.from(), specs.base()),
                layer.orElse(""),
                Long.toString(budget),
                require.toString());
    }
}

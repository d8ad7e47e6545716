package dev.adjoint.build;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.report.Judgement;
import dev.adjoint.report.Require;
import dev.adjoint.report.VerdictDetails;
import java.time.Duration;
import java.util.List;

/**
 * What was found of the claims.
 *
 * @param judgements in the order of specs and of their text; empty if nothing had changed since the last run
 * @param warnings about the specs
 * @param upToDate whether nothing had changed since a run that passed, so that nothing was done
 */
public record VerifyResult(
        List<Judgement> judgements, Require require, List<Diagnostic> warnings, boolean upToDate, Duration time) {
    public VerifyResult {
        judgements = List.copyOf(judgements);
        warnings = List.copyOf(warnings);
    }

    /** Whether every verdict is as strong as required. */
    public boolean passes() {
        return judgements.stream().allMatch(require::isMetBy);
    }

    /** What there is to say of each statement that was not proved: errors of those that do not pass, else notes. */
    public List<Diagnostic> details() {
        return VerdictDetails.of(judgements, require);
    }
}

package dev.adjoint.cli;

import dev.adjoint.prove.Prover;
import dev.adjoint.report.Require;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the commands that judge claims. */
final class ProofOptions {
    @Option(
            names = "--require",
            paramLabel = "WORD",
            defaultValue = "proved",
            description = "What claims must have earned: proved, the default, or tested. Anything weaker is status 1.")
    Require require = Require.PROVED;

    long budget = Prover.BUDGET;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--budget",
            paramLabel = "STEPS",
            description = "Steps that each proof may take, " + Prover.BUDGET
                    + " if left out; a proof that needs more is given up.")
    void budget(String steps) {
        try {
            budget = Long.parseLong(steps);
        } catch (NumberFormatException noNumber) {
            budget = 0;
        }
        if (budget < 1) {
            throw new ParameterException(
                    Objects.requireNonNull(command).commandLine(),
                    "Invalid value for option '--budget': a number of steps, at least 1 and below 2^63, is expected,"
                            + " not '" + steps + "'");
        }
    }
}

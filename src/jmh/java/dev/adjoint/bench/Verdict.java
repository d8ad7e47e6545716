package dev.adjoint.bench;

import dev.adjoint.bench.workload.Reference;
import java.util.Optional;

/**
 * Whether a result is right, as a {@link Note} says it.
 *
 * @param error a part of the largest value
 */
record Verdict(double error) {
    boolean isRight() {
        return error <= Reference.TOLERANCE;
    }

    String line() {
        return "error " + error;
    }

    static Optional<Verdict> read(String line) {
        return line.startsWith("error ")
                ? Optional.of(new Verdict(Double.parseDouble(line.substring("error ".length()))))
                : Optional.empty();
    }
}

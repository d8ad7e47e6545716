package dev.adjoint.bench.workload;

import java.util.Arrays;
import java.util.Optional;

/** What of a layer is computed. */
public enum Pass {
    /** The output, from input and parameters. */
    FORWARD("forward"),
    /** The gradient of the input, from the error that arrives. */
    INPUT("input"),
    /** The gradient of the weights; that of the bias is not asked for. */
    WEIGHTS("weights");

    private final String word;

    Pass(String word) {
        this.word = word;
    }

    /** How the command line and the tables call it. */
    public String word() {
        return word;
    }

    /** The pass of that name. */
    public static Optional<Pass> of(String word) {
        return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst();
    }
}

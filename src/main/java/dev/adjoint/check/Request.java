package dev.adjoint.check;

import java.io.Serializable;
import java.util.List;

/**
 * What the other JVM is asked to do: one class, one choice of sizes, one choice of data.
 *
 * @param classes the directory of the class as it was emitted
 * @param twin the directory of the same class in double; the same directory if that is what was emitted
 * @param sizes the constructor's arguments
 * @param refused arguments that the constructor has to refuse
 * @param step the first step of numeric differentiation
 */
record Request(
        String classes,
        String twin,
        String className,
        int[] sizes,
        List<int[]> refused,
        List<Given> given,
        List<Result> outputs,
        List<Wanted> gradients,
        double step)
        implements Serializable {

    /**
     * A tensor that the caller passes in.
     *
     * @param values of a real tensor; empty for an integer one
     * @param entries of an integer tensor; empty for a real one
     * @param limit of an integer tensor the first integer that is too large; 0 for a real one
     */
    record Given(String name, double[] values, int[] entries, long limit) implements Serializable {
        boolean isInteger() {
            return limit > 0;
        }

        int length() {
            return isInteger() ? entries.length : values.length;
        }
    }

    /** An output, with the error that arrives at it. */
    record Result(String name, double[] delta) implements Serializable {}

    /**
     * A gradient.
     *
     * @param entries the flat positions to be differentiated numerically
     */
    record Wanted(String name, int length, int[] entries) implements Serializable {}

    /** The same class with the same sizes and other data or entries. */
    Request with(List<Given> otherGiven, List<Result> otherOutputs) {
        return new Request(classes, twin, className, sizes, refused, otherGiven, otherOutputs, gradients, step);
    }
}

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
        List<Integer> sizes,
        List<int[]> refused,
        List<Given> given,
        List<Result> outputs,
        List<Wanted> gradients,
        double step)
        implements Question<Outcome> {

    @Override
    public Outcome answer() throws Instance.Broken {
        return Examination.of(this);
    }

    @Override
    public Outcome failed(String failure) {
        return Outcome.failed(failure);
    }

    /**
     * A tensor that the caller passes in: a real one has values; an integer one has entries and a limit, the first integer
     * that is too large, which is 0 for a real one.
     */
    static final class Given implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final double[] values;
        private final int[] entries;
        private final long limit;

        Given(String name, double[] values, int[] entries, long limit) {
            this.name = name;
            this.values = values;
            this.entries = entries;
            this.limit = limit;
        }

        String name() {
            return name;
        }

        double[] values() {
            return values;
        }

        int[] entries() {
            return entries;
        }

        long limit() {
            return limit;
        }

        boolean isInteger() {
            return limit > 0;
        }

        int length() {
            return isInteger() ? entries.length : values.length;
        }
    }

    /** An output, with the error that arrives at it. */
    static final class Result implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final double[] delta;

        Result(String name, double[] delta) {
            this.name = name;
            this.delta = delta;
        }

        String name() {
            return name;
        }

        double[] delta() {
            return delta;
        }
    }

    /** A gradient, with the flat positions to be differentiated numerically. */
    static final class Wanted implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final int length;
        private final int[] entries;

        Wanted(String name, int length, int[] entries) {
            this.name = name;
            this.length = length;
            this.entries = entries;
        }

        String name() {
            return name;
        }

        int length() {
            return length;
        }

        int[] entries() {
            return entries;
        }
    }

    /** The same class with the same sizes and other data or entries. */
    Request with(List<Given> otherGiven, List<Result> otherOutputs) {
        return new Request(classes, twin, className, sizes, refused, otherGiven, otherOutputs, gradients, step);
    }
}

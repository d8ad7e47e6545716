package dev.adjoint.check;

import java.io.Serializable;
import java.util.List;

/**
 * What the other JVM found.
 *
 * @param failures where the class broke its contract, in words
 * @param emitted what the class computed
 * @param twin what the same class computed in double; the same values if it is in double
 * @param slopes of each gradient the numeric derivatives at the wanted entries
 */
record Outcome(List<String> failures, Values emitted, Values twin, List<Slopes> slopes) implements Serializable {
    /** Results in the order of the request; both lists are empty if nothing was computed. */
    record Values(List<double[]> outputs, List<double[]> gradients) implements Serializable {
        static final Values NONE = new Values(List.of(), List.of());
    }

    /**
     * Numeric derivatives: the flat positions at which they were taken, their values, and whether the left and the right
     * slope differ, so that there is no derivative to compare with. Arrays make it a class: they are not equal by content.
     */
    static final class Slopes implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int[] entries;
        private final double[] values;
        private final boolean[] kinks;

        Slopes(int[] entries, double[] values, boolean[] kinks) {
            this.entries = entries;
            this.values = values;
            this.kinks = kinks;
        }

        int[] entries() {
            return entries;
        }

        double[] values() {
            return values;
        }

        boolean[] kinks() {
            return kinks;
        }
    }

    static Outcome failed(String failure) {
        return new Outcome(List.of(failure), Values.NONE, Values.NONE, List.of());
    }

    boolean ran() {
        return !twin.outputs().isEmpty();
    }
}

package dev.adjoint.check;

import dev.adjoint.check.ClassReport.Comparison;
import dev.adjoint.check.ClassReport.Reference;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/** Compares one tensor with one reference, entry by entry, and says where they differ. */
final class Comparer {
    /** Two orders of summation in double. */
    static final double EXACT = 1e-9;
    /** A thousand roundings in float that all go one way, and some to spare. */
    static final double SINGLE = 2e-4;

    private static final int MOST_MESSAGES = 3;

    private final String where;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** @param where the sizes and the seed, for messages */
    Comparer(String where) {
        this.where = where;
    }

    List<Comparison> comparisons() {
        return comparisons;
    }

    List<String> failures() {
        return failures;
    }

    /** What the entries at some positions are compared with. */
    interface Expected {
        double at(int k);
    }

    /**
     * @param name of the tensor, as the class has it
     * @param entries the positions that are compared; {@code expected} is asked for the k-th of them
     * @param kinks which of them have no numeric derivative; empty if all have
     */
    void compare(
            String name,
            Tensor shaped,
            long[] shape,
            double[] emitted,
            int[] entries,
            Expected expected,
            boolean[] kinks,
            Reference reference,
            double tolerance) {
        double[] values = new double[entries.length];
        double squares = 0;
        int finite = 0;
        for (int k = 0; k < entries.length; k++) {
            values[k] = expected.at(k);
            if (Double.isFinite(values[k])) {
                squares += values[k] * values[k];
                finite++;
            }
        }
        double scale = Math.max(noise(reference), finite == 0 ? 0 : Math.sqrt(squares / finite));
        double largest = 0;
        int compared = 0;
        int skipped = 0;
        int undefined = 0;
        int wrong = 0;
        for (int k = 0; k < entries.length; k++) {
            double found = emitted[entries[k]];
            double wanted = values[k];
            if (k < kinks.length && kinks[k]) {
                skipped++;
                continue;
            }
            if (!Double.isFinite(wanted)) {
                undefined++;
                boolean numeric = reference == Reference.NUMERIC;
                if (numeric || Double.isNaN(wanted) || wanted == found) {
                    continue;
                }
            }
            compared++;
            double error = relative(found, wanted, scale);
            largest = Math.max(largest, error);
            if (!(error <= tolerance) && wrong++ < MOST_MESSAGES) {
                failures.add(entry(name, shaped, shape, entries[k]) + ": emitted " + found + ", " + word(reference)
                        + " " + wanted + " (" + where + ")");
            }
        }
        if (wrong > MOST_MESSAGES) {
            failures.add(
                    name + ": " + (wrong - MOST_MESSAGES) + " more of " + compared + " entries differ (" + where + ")");
        }
        comparisons.add(new Comparison(name, reference, compared, emitted.length, largest, skipped, undefined));
    }

    /**
     * Data are drawn around 1. A tensor that is smaller than this is what terms of that size leave when they cancel, as
     * in the gradient of a softmax over one value, and its rounding errors are those of the terms: of sums in double
     * where exact formulas stand beside it, of differences or of float elsewhere.
     */
    private static double noise(Reference reference) {
        return switch (reference) {
            case EQUATION, FORMULA -> 1e-5;
            case NUMERIC, DOUBLE -> 1e-3;
        };
    }

    /** Relative to the wanted value or to the tensor's root mean square, whichever is larger; infinite for NaN. */
    static double relative(double found, double wanted, double scale) {
        if (found == wanted) {
            return 0;
        }
        double error = Math.abs(found - wanted) / Math.max(Math.abs(wanted), scale);
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }

    private static String word(Reference reference) {
        return switch (reference) {
            case EQUATION -> "equation";
            case FORMULA -> "derived formula";
            case NUMERIC -> "numeric";
            case DOUBLE -> "in double";
        };
    }

    /** {@code gradW[1,0,2,1]}. */
    private static String entry(String name, Tensor shaped, long[] shape, int position) {
        if (shaped.rank() == 0) {
            return name;
        }
        StringJoiner index = new StringJoiner(",", name + "[", "]");
        Arrays.stream(Tensors.index(shape, position)).forEach(i -> index.add(Long.toString(i)));
        return index.toString();
    }
}

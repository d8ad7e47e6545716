package dev.adjoint.check;

import java.util.List;
import java.util.Map;

/**
 * What the check of one class found.
 *
 * @param className fully qualified
 * @param trials one for each choice of sizes and data
 * @param failures in words; none if the class passed
 * @param notes what could not be checked, and why
 */
public record ClassReport(
        String className, List<Trial> trials, List<String> failures, List<String> notes, double seconds) {

    /**
     * The class at one choice of sizes and data.
     *
     * @param sizes every size that was open
     * @param seed of the data
     * @param data what kind of data was drawn, as {@code distinct values}
     */
    public record Trial(Map<String, Long> sizes, long seed, String data, List<Comparison> comparisons) {
        public Trial {
            sizes = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(sizes));
            comparisons = List.copyOf(comparisons);
        }
    }

    /**
     * One tensor, compared with one reference.
     *
     * @param tensor as the class names it: {@code x}, {@code gradW}
     * @param reference what it was compared with
     * @param compared how many entries were
     * @param entries how many there are
     * @param largestError relative to the entry or to the tensor's root mean square, whichever is larger
     * @param kinks entries at which the numeric derivative does not exist
     * @param undefined entries at which the reference is not finite
     */
    public record Comparison(
            String tensor,
            Reference reference,
            int compared,
            int entries,
            double largestError,
            int kinks,
            int undefined) {}

    /** What an emitted value is compared with. */
    public enum Reference {
        /** The equation, evaluated in double. */
        EQUATION,
        /** The derived formula, evaluated in double. */
        FORMULA,
        /** Central differences of the forward pass. */
        NUMERIC,
        /** The same class in double. */
        DOUBLE
    }

    public ClassReport {
        trials = List.copyOf(trials);
        failures = List.copyOf(failures);
        notes = List.copyOf(notes);
    }

    /** What two checks of the same class found together. */
    ClassReport and(ClassReport other) {
        return new ClassReport(
                className,
                java.util.stream.Stream.concat(trials.stream(), other.trials.stream())
                        .toList(),
                java.util.stream.Stream.concat(failures.stream(), other.failures.stream())
                        .toList(),
                java.util.stream.Stream.concat(notes.stream(), other.notes.stream())
                        .distinct()
                        .toList(),
                seconds + other.seconds);
    }

    public boolean passed() {
        return failures.isEmpty();
    }

    /** The largest error of the double-precision class against any reference but itself. */
    public double largestError() {
        return largest(true);
    }

    /** The largest error of the numeric comparison alone. */
    public double largestNumericError() {
        return trials.stream()
                .flatMap(t -> t.comparisons().stream())
                .filter(c -> c.reference() == Reference.NUMERIC)
                .mapToDouble(Comparison::largestError)
                .max()
                .orElse(0);
    }

    /** The largest error of the class in float against the same class in double; 0 if it is in double. */
    public double largestFloatError() {
        return largest(false);
    }

    private double largest(boolean inDouble) {
        return trials.stream()
                .flatMap(t -> t.comparisons().stream())
                .filter(c -> c.reference() == Reference.DOUBLE != inDouble)
                .mapToDouble(Comparison::largestError)
                .max()
                .orElse(0);
    }

    /** How many numeric derivatives were skipped at kinks. */
    public int kinks() {
        return trials.stream()
                .flatMap(t -> t.comparisons().stream())
                .mapToInt(Comparison::kinks)
                .sum();
    }
}

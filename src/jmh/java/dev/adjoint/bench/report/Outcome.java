package dev.adjoint.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** What came of one contender in one cell. */
public sealed interface Outcome {
    /**
     * It was timed.
     *
     * @param nanoseconds a pass, of each iteration of each fork
     * @param bytes allocated on the Java heap by one pass
     * @param firstCall nanoseconds of the first call in a JVM, if that was measured
     * @param error of the result, the larger of those before and after the timing: a part of the largest value
     * @param givenUp generated methods that the compiler gave up on, and why
     */
    record Measured(
            List<List<Double>> nanoseconds, double bytes, OptionalDouble firstCall, double error, List<String> givenUp)
            implements Outcome {
        public Measured {
            nanoseconds = nanoseconds.stream().map(List::copyOf).toList();
            givenUp = List.copyOf(givenUp);
        }

        /** The same, and how long the first call in a JVM took. */
        public Measured withFirstCall(double nanoseconds) {
            return new Measured(nanoseconds(), bytes, OptionalDouble.of(nanoseconds), error, givenUp);
        }

        /** The median over all iterations: noise only ever slows down, and does so now and then. */
        public double median() {
            double[] sorted = nanoseconds.stream()
                    .flatMap(List::stream)
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }

        /** Half the distance of the quartiles over the median. */
        public double spread() {
            double[] sorted = nanoseconds.stream()
                    .flatMap(List::stream)
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            Arrays.sort(sorted);
            int quarter = sorted.length / 4;
            return (sorted[sorted.length - 1 - quarter] - sorted[quarter]) / 2 / median();
        }
    }

    /** Its result is wrong; nothing was timed, or what was is not shown. */
    record Wrong(double error) implements Outcome {}

    /** It has no such pass, or none here. */
    record Absent(String reason) implements Outcome {}

    /** It broke down. */
    record Failed(String reason) implements Outcome {}
}

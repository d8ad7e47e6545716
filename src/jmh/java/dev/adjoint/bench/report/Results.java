package dev.adjoint.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that a run found.
 *
 * @param circumstances when, where and how
 * @param peaks multiplications and additions per nanosecond that the core did in registers, before each round and after
 *     the last: what no contender can surpass, and how undisturbed the core was
 * @param contenders their names, in the order of the columns, and what each is
 * @param baseline the contender that the others are compared with
 * @param outcomes of each cell, in the order of the rows, by the name of the contender
 */
public record Results(
        Circumstances circumstances,
        List<Double> peaks,
        Map<String, String> contenders,
        String baseline,
        Map<Cell, Map<String, Outcome>> outcomes) {
    public Results {
        peaks = List.copyOf(peaks);
        contenders = new LinkedHashMap<>(contenders);
        outcomes = new LinkedHashMap<>(outcomes);
    }

    /** The rows. */
    public List<Cell> cells() {
        return List.copyOf(outcomes.keySet());
    }

    /** What a contender came to in a cell, if it was timed there. */
    public Optional<Outcome.Measured> measured(Cell cell, String contender) {
        Outcome outcome = outcomes.getOrDefault(cell, Map.of()).get(contender);
        return outcome instanceof Outcome.Measured m ? Optional.of(m) : Optional.empty();
    }

    /** How many times faster than the baseline a contender is, if both were timed. */
    public OptionalDouble ratio(Cell cell, String contender) {
        Optional<Outcome.Measured> one = measured(cell, contender);
        Optional<Outcome.Measured> other = measured(cell, baseline);
        return one.isPresent() && other.isPresent()
                ? OptionalDouble.of(other.get().median() / one.get().median())
                : OptionalDouble.empty();
    }
}

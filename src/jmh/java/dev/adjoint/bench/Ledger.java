package dev.adjoint.bench;

import dev.adjoint.bench.report.Cell;
import dev.adjoint.bench.report.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** What is known so far of each contender in each cell; the first bad news about it is the last. */
final class Ledger {
    private final Map<Cell, Map<String, Outcome>> outcomes = new LinkedHashMap<>();

    Ledger(List<Cell> cells) {
        cells.forEach(cell -> outcomes.put(cell, new LinkedHashMap<>()));
    }

    /** Whether it is still to be timed there. */
    boolean isOpen(Cell cell, String contender) {
        Outcome known = of(cell).get(contender);
        return known == null || known instanceof Outcome.Measured;
    }

    void close(Cell cell, String contender, Outcome badNews) {
        of(cell).put(contender, badNews);
    }

    /** One more JVM was timed. */
    void add(Cell cell, String contender, Outcome.Measured round) {
        Optional<Outcome.Measured> before = measured(cell, contender);
        List<List<Double>> times =
                new ArrayList<>(before.map(Outcome.Measured::nanoseconds).orElse(List.of()));
        times.addAll(round.nanoseconds());
        double error =
                Math.max(round.error(), before.map(Outcome.Measured::error).orElse(0.0));
        Set<String> givenUp =
                new TreeSet<>(before.map(Outcome.Measured::givenUp).orElse(List.of()));
        givenUp.addAll(round.givenUp());
        Outcome sum = new Outcome.Measured(times, round.bytes(), OptionalDouble.empty(), error, List.copyOf(givenUp));
        of(cell).put(contender, sum);
    }

    void addFirstCall(Cell cell, String contender, double nanoseconds) {
        measured(cell, contender).ifPresent(m -> of(cell).put(contender, m.withFirstCall(nanoseconds)));
    }

    Map<Cell, Map<String, Outcome>> outcomes() {
        return outcomes;
    }

    private Optional<Outcome.Measured> measured(Cell cell, String contender) {
        return of(cell).get(contender) instanceof Outcome.Measured m ? Optional.of(m) : Optional.empty();
    }

    private Map<String, Outcome> of(Cell cell) {
        return outcomes.computeIfAbsent(cell, c -> new LinkedHashMap<>());
    }
}

package dev.adjoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.bench.report.Cell;
import dev.adjoint.bench.report.Outcome;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Workloads;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What is known of a contender, round by round. */
class LedgerTest {
    private static final Cell CELL = new Cell(Workloads.named("A").orElseThrow(), Pass.FORWARD);

    private final Ledger ledger = new Ledger(List.of(CELL));

    @Test
    void roundsAddUp() {
        ledger.add(CELL, "portable", measured(1e-7, 5.0, 7.0));
        ledger.add(
                CELL,
                "portable",
                new Outcome.Measured(List.of(List.of(6.0)), 16, OptionalDouble.empty(), 3e-7, List.of("A::x: why")));
        ledger.addFirstCall(CELL, "portable", 99);
        assertThat(ledger.isOpen(CELL, "portable")).isTrue();
        assertThat(ledger.outcomes().get(CELL).get("portable"))
                .isEqualTo(new Outcome.Measured(
                        List.of(List.of(5.0, 7.0), List.of(6.0)),
                        16,
                        OptionalDouble.of(99),
                        3e-7,
                        List.of("A::x: why")));
    }

    @Test
    void badNewsIsTheLast() {
        ledger.add(CELL, "portable", measured(1e-7, 5.0));
        ledger.close(CELL, "portable", new Outcome.Wrong(0.5));
        ledger.addFirstCall(CELL, "portable", 99);
        assertThat(ledger.isOpen(CELL, "portable")).isFalse();
        assertThat(ledger.outcomes().get(CELL)).containsEntry("portable", new Outcome.Wrong(0.5));
    }

    private static Outcome.Measured measured(double error, Double... times) {
        return new Outcome.Measured(List.of(List.of(times)), 16, OptionalDouble.empty(), error, List.of());
    }
}

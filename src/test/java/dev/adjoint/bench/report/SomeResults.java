package dev.adjoint.bench.report;

import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Workloads;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Results that nobody measured. */
final class SomeResults {
    static final Cell E_FORWARD = cell("E", Pass.FORWARD);
    static final Cell E_INPUT = cell("E", Pass.INPUT);
    static final Cell RELU = cell("relu", Pass.FORWARD);

    private SomeResults() {}

    /** One contender four times as fast as the baseline, one wrong, one absent. */
    static Results some() {
        Map<String, String> contenders = new LinkedHashMap<>();
        contenders.put("vector", "generated");
        contenders.put("onednn", "a < b & \"c\"");
        contenders.put("libtorch", "PyTorch");
        Map<Cell, Map<String, Outcome>> outcomes = new LinkedHashMap<>();
        outcomes.put(
                E_FORWARD,
                Map.of("vector", measured(1e6), "onednn", measured(4e6), "libtorch", new Outcome.Wrong(0.5)));
        outcomes.put(
                E_INPUT,
                Map.of(
                        "vector", new Outcome.Absent("E010: not there yet"),
                        "onednn", measured(2e6),
                        "libtorch", measured(4e6)));
        Outcome.Measured relu = measured(80_000);
        Outcome.Measured givenUp = new Outcome.Measured(
                relu.nanoseconds(),
                relu.bytes(),
                relu.firstCall(),
                relu.error(),
                List.of("vector.Layer_relu::x: out of nodes"));
        outcomes.put(RELU, Map.of("vector", givenUp, "onednn", measured(40_000)));
        return new Results(circumstances(), List.of(256.0, 199.9), contenders, "onednn", outcomes);
    }

    static Circumstances circumstances() {
        return new Circumstances(
                LocalDate.of(2026, 11, 27),
                "A processor",
                List.of("avx2", "fma"),
                2,
                "1",
                "Linux amd64",
                "JVM 17",
                "mvn -q test-compile exec:exec@bench -Dbench=\"--quick\"",
                "1 × (2 × 3 ms)");
    }

    static Outcome.Measured measured(double nanoseconds) {
        return new Outcome.Measured(
                List.of(List.of(2 * nanoseconds, nanoseconds, nanoseconds)),
                24.4,
                OptionalDouble.of(5e6),
                1e-7,
                List.of());
    }

    private static Cell cell(String workload, Pass pass) {
        return new Cell(Workloads.named(workload).orElseThrow(), pass);
    }
}

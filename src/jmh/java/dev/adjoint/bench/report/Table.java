package dev.adjoint.bench.report;

import dev.adjoint.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results as Markdown, which a console shows as well. */
public final class Table {
    private final Results results;
    private final List<String> contenders;
    private final StringBuilder text = new StringBuilder();

    private Table(Results results) {
        this.results = results;
        this.contenders = List.copyOf(results.contenders().keySet());
    }

    /** All tables, with what must be known to read them. */
    public static String markdown(Results results) {
        Table table = new Table(results);
        table.head();
        table.rates();
        table.costs();
        table.legend();
        return table.text.toString();
    }

    private void head() {
        Circumstances at = results.circumstances();
        text.append("# Generated passes, and what one would take instead\n\n");
        text.append(at.machine()).append(", ").append(at.manner()).append(".\n");
        if (!results.peaks().isEmpty()) {
            text.append("\nMultiplying and adding in registers, before each round and after the last, the core did ")
                    .append(results.peaks().stream().map(Numbers::three).collect(Collectors.joining(", ")))
                    .append(" GFLOP/s; where these differ, others were using the core.\n");
        }
        text.append("\n```sh\n").append(at.command()).append("\n```\n");
    }

    private void rates() {
        List<Cell> counted = cells(true);
        if (!counted.isEmpty()) {
            text.append("\n## GFLOP/s\n\n");
            grid(counted, (cell, m) -> Numbers.three(cell.workload().problem().flops() / m.median()));
        }
        List<Cell> moved = cells(false);
        if (!moved.isEmpty()) {
            text.append("\n## Microseconds\n\n");
            grid(moved, (cell, m) -> Numbers.three(m.median() / 1000));
        }
    }

    private List<Cell> cells(boolean counted) {
        return results.cells().stream()
                .filter(c -> c.workload().problem().flops() > 0 == counted)
                .toList();
    }

    /** What each came to, and how many times faster than the baseline that is. */
    private void grid(List<Cell> cells, BiFunction<Cell, Outcome.Measured, String> value) {
        List<String> compared = contenders.stream()
                .filter(c -> !c.equals(results.baseline()))
                .filter(c ->
                        cells.stream().anyMatch(cell -> results.ratio(cell, c).isPresent()))
                .toList();
        List<String> head = new ArrayList<>(List.of("layer", "pass"));
        head.addAll(contenders);
        compared.forEach(c -> head.add(c + " ÷ " + results.baseline()));
        Grid grid = new Grid(2, head);
        for (Cell cell : cells) {
            List<String> row = row(cell);
            contenders.forEach(c -> row.add(shown(cell, c, value)));
            for (String contender : compared) {
                OptionalDouble ratio = results.ratio(cell, contender);
                row.add(ratio.isPresent() ? Numbers.three(ratio.getAsDouble()) : Numbers.NONE);
            }
            grid.add(row);
        }
        text.append(grid.markdown());
    }

    private void costs() {
        boolean first = results.cells().stream()
                .anyMatch(cell -> contenders.stream()
                        .anyMatch(c -> results.measured(cell, c)
                                .map(m -> m.firstCall().isPresent())
                                .orElse(false)));
        if (first) {
            costs(
                    "First call in a JVM, milliseconds",
                    m -> Numbers.three(m.firstCall().orElse(Double.NaN) / 1e6));
        }
        costs("Bytes that a call allocates on the Java heap", m -> Numbers.whole(m.bytes()));
        text.append("\nJMH itself allocates some kilobytes an iteration, which long calls divide by few.\n");
        givenUp();
    }

    /** What the compiler left to the interpreter, or to its smaller brother. */
    private void givenUp() {
        List<String> methods = results.cells().stream()
                .flatMap(cell -> contenders.stream().flatMap(c -> results.measured(cell, c).stream()))
                .flatMap(m -> m.givenUp().stream())
                .distinct()
                .toList();
        if (methods.isEmpty()) {
            text.append("\nThere is no generated method that the compiler gave up on.\n");
            return;
        }
        text.append("\n## Generated methods that the compiler gave up on\n\n");
        methods.forEach(m -> text.append("- `").append(m).append("`\n"));
    }

    private void costs(String title, Function<Outcome.Measured, String> value) {
        text.append("\n## ").append(title).append("\n\n");
        List<String> head = new ArrayList<>(List.of("layer", "pass"));
        head.addAll(contenders);
        Grid grid = new Grid(2, head);
        for (Cell cell : results.cells()) {
            List<String> row = row(cell);
            contenders.forEach(c -> row.add(shown(cell, c, (same, m) -> value.apply(m))));
            grid.add(row);
        }
        text.append(grid.markdown());
    }

    private static List<String> row(Cell cell) {
        return new ArrayList<>(List.of(cell.workload().name(), cell.pass().word()));
    }

    private String shown(Cell cell, String contender, BiFunction<Cell, Outcome.Measured, String> value) {
        Outcome outcome = results.outcomes().get(cell).get(contender);
        if (outcome instanceof Outcome.Measured m) {
            return value.apply(cell, m);
        }
        return outcome instanceof Outcome.Wrong ? "wrong" : outcome instanceof Outcome.Failed ? "failed" : Numbers.NONE;
    }

    private void legend() {
        text.append("\nTimes are medians; every result was compared with double precision.")
                .append(" Operations on a border of zeros are counted.\n\n");
        for (Map.Entry<String, String> contender : results.contenders().entrySet()) {
            text.append("- `").append(contender.getKey()).append("`: ").append(contender.getValue());
            text.append(absence(contender.getKey())).append('\n');
        }
        text.append('\n');
        for (Workload w :
                results.cells().stream().map(Cell::workload).distinct().toList()) {
            text.append("- ").append(w.name()).append(": ").append(w.problem().sizes());
            text.append(", ").append(w.about()).append('\n');
        }
    }

    /** Why a contender is nowhere in the tables, if it is not. */
    private String absence(String contender) {
        List<Outcome> all = results.outcomes().values().stream()
                .map(m -> m.get(contender))
                .filter(o -> o != null)
                .toList();
        boolean nowhere = !all.isEmpty() && all.stream().allMatch(Outcome.Absent.class::isInstance);
        return nowhere
                ? "; left out: "
                        + all.stream()
                                .map(o -> ((Outcome.Absent) o).reason())
                                .distinct()
                                .collect(Collectors.joining("; "))
                : "";
    }
}

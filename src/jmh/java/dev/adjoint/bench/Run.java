package dev.adjoint.bench;

import dev.adjoint.bench.contender.Contender;
import dev.adjoint.bench.contender.GeneratedContender;
import dev.adjoint.bench.contender.Generation;
import dev.adjoint.bench.contender.PeakLoops;
import dev.adjoint.bench.report.Cell;
import dev.adjoint.bench.report.Circumstances;
import dev.adjoint.bench.report.Outcome;
import dev.adjoint.bench.report.Results;
import dev.adjoint.bench.report.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;

/**
 * One run of the command. In each round every contender has one JVM of its own in each cell, cell by cell: what disturbs
 * the machine for a while disturbs all of a row alike, and what disturbs it once disturbs one round of several.
 */
final class Run {
    private static final Path KEPT = Path.of("src/jmh/results");

    private final Selection selection;
    private final List<Contender> contenders;
    private final Path directory;
    private final Ledger ledger;

    Run(Selection selection, List<Contender> contenders, Path directory) {
        this.selection = selection;
        this.contenders = contenders;
        this.directory = directory;
        this.ledger = new Ledger(selection.cells());
    }

    /**
     * Measures, writes and prints.
     *
     * @param arguments of the command, as they were typed
     * @return whether all that Adjoint generated works
     */
    boolean run(String arguments) throws IOException, RunnerException {
        Path generated = directory.resolve("generated");
        Files.createDirectories(generated);
        Circumstances here =
                Circumstances.here(Commands.line(arguments), selection.effort().words());
        if (!here.isPinned()) {
            System.out.println("not held to one core: for numbers to rely on, put taskset -c 1 before the command");
        }
        leaveOut();
        for (Contender contender : contenders) {
            if (contender instanceof GeneratedContender g) {
                generate(g, generated);
            }
        }
        PeakLoops.compile(generated);
        try (PrintStream log = new PrintStream(directory.resolve("jmh.log").toFile(), StandardCharsets.UTF_8)) {
            Forks forks = new Forks(generated, selection.effort(), log);
            List<Double> peaks = rounds(forks);
            if (selection.effort().firstCalls()) {
                firstCalls(forks);
            }
            Results results = results(here, peaks);
            Written.to(directory, results, forks.results());
            System.out.println("\n" + Table.markdown(results));
            System.out.println("written to " + directory);
        }
        if (selection.record().isPresent()) {
            Written.keep(directory, KEPT, selection.record().get());
        }
        return contenders.stream().filter(GeneratedContender.class::isInstance).noneMatch(this::isBroken);
    }

    private void leaveOut() {
        for (Contender contender : contenders) {
            Optional<String> absence = contender.absence();
            absence.ifPresent(reason -> System.out.println(contender.name() + " is left out: " + reason));
            for (Cell cell : selection.cells()) {
                if (absence.isPresent()) {
                    ledger.close(cell, contender.name(), new Outcome.Absent(absence.get()));
                } else if (!contender.takes(cell.workload().problem(), cell.pass())) {
                    ledger.close(cell, contender.name(), new Outcome.Absent("it has no such pass"));
                }
            }
        }
    }

    private void generate(GeneratedContender contender, Path generated) throws IOException {
        Map<String, Generation.Missing> missing = new Generation(generated).run(contender, selection.workloads());
        for (Generation.Missing reason : missing.values().stream().distinct().toList()) {
            List<String> names = missing.keySet().stream()
                    .filter(name -> missing.get(name).equals(reason))
                    .toList();
            String where = names.size() == selection.workloads().size() ? "" : " of " + String.join(", ", names);
            System.out.println(contender.name() + " is left out" + where + ": " + reason.reason());
        }
        for (Cell cell : selection.cells()) {
            Generation.Missing reason = missing.get(cell.workload().name());
            if (reason != null) {
                Outcome outcome =
                        reason.refused() ? new Outcome.Absent(reason.reason()) : new Outcome.Failed(reason.reason());
                ledger.close(cell, contender.name(), outcome);
            }
        }
    }

    /** All rounds; what the core could do before each and after the last. */
    private List<Double> rounds(Forks forks) throws IOException, RunnerException {
        long open = selection.cells().stream()
                .mapToLong(cell -> contenders.stream()
                        .filter(c -> ledger.isOpen(cell, c.name()))
                        .count())
                .sum();
        System.out.printf(
                Locale.ROOT,
                "%d to time, %s each: at least %.0f minutes%n",
                open,
                selection.effort().words(),
                Math.ceil(open * selection.effort().seconds() / 60));
        List<Double> peaks = new ArrayList<>();
        forks.peak().ifPresent(peaks::add);
        for (int round = 1; round <= selection.effort().rounds(); round++) {
            for (Cell cell : selection.cells()) {
                for (Contender contender : contenders) {
                    if (ledger.isOpen(cell, contender.name())) {
                        String words = time(forks, cell, contender);
                        System.out.printf(
                                "%d/%d  %-18s %-12s %s%n",
                                round, selection.effort().rounds(), cell, contender.name(), words);
                    }
                }
            }
            forks.peak().ifPresent(peaks::add);
        }
        return peaks;
    }

    /** One JVM; what it came to, in words. */
    private String time(Forks forks, Cell cell, Contender contender) throws IOException, RunnerException {
        Outcome outcome = forks.time(cell, contender);
        if (outcome instanceof Outcome.Measured measured) {
            ledger.add(cell, contender.name(), measured);
            long flops = cell.workload().problem().flops();
            return flops == 0
                    ? String.format(Locale.ROOT, "%.1f µs", measured.median() / 1000)
                    : String.format(Locale.ROOT, "%.1f GFLOP/s", flops / measured.median());
        }
        ledger.close(cell, contender.name(), outcome);
        return outcome instanceof Outcome.Wrong wrong
                ? String.format(Locale.ROOT, "WRONG by %.1e of the largest value", wrong.error())
                : "BROKE DOWN: see jmh.log";
    }

    private void firstCalls(Forks forks) throws IOException, RunnerException {
        for (Cell cell : selection.cells()) {
            for (Contender contender : contenders) {
                if (ledger.outcomes().get(cell).get(contender.name()) instanceof Outcome.Measured) {
                    forks.firstCall(cell, contender).ifPresent(t -> ledger.addFirstCall(cell, contender.name(), t));
                }
            }
        }
    }

    private Results results(Circumstances here, List<Double> peaks) {
        Map<String, String> shown = new LinkedHashMap<>();
        contenders.forEach(c -> shown.put(c.name(), c.about()));
        List<String> measured = shown.keySet().stream()
                .filter(name ->
                        ledger.outcomes().values().stream().anyMatch(row -> row.get(name) instanceof Outcome.Measured))
                .toList();
        String baseline = selection
                .against()
                .or(() -> Optional.of("onednn"))
                .filter(measured::contains)
                .or(() -> measured.stream().findFirst())
                .orElse("onednn");
        return new Results(here, peaks, shown, baseline, ledger.outcomes());
    }

    private boolean isBroken(Contender contender) {
        return ledger.outcomes().values().stream()
                .map(row -> row.get(contender.name()))
                .anyMatch(o -> o instanceof Outcome.Wrong || o instanceof Outcome.Failed);
    }
}

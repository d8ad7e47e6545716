package dev.adjoint.bench;

import dev.adjoint.bench.contender.Contender;
import dev.adjoint.bench.contender.Contenders;
import dev.adjoint.bench.contender.GeneratedContender;
import dev.adjoint.bench.contender.Generation;
import dev.adjoint.bench.contender.PeakLoops;
import dev.adjoint.bench.report.Cell;
import dev.adjoint.bench.report.Circumstances;
import dev.adjoint.bench.report.Outcome;
import dev.adjoint.bench.report.Results;
import dev.adjoint.bench.report.Table;
import dev.adjoint.bench.workload.Workload;
import dev.adjoint.bench.workload.Workloads;
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
import java.util.OptionalDouble;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The command {@code mvn -q test-compile exec:exec@bench}: measures what its arguments select, and writes the table, the
 * chart and all numbers. In each round every contender has one JVM of its own in each cell, cell by cell, so that what
 * disturbs the machine for a while disturbs all alike.
 */
public final class Bench {
    /** The system property that says where results go. */
    static final String DIRECTORY = "adjoint.bench.directory";

    private static final Path KEPT = Path.of("src/jmh/results");

    private final Selection selection;
    private final List<Contender> contenders;
    private final Ledger ledger;
    private final Path directory;

    private Bench(Selection selection, List<Contender> contenders, Path directory) {
        this.selection = selection;
        this.contenders = contenders;
        this.ledger = new Ledger(selection.cells());
        this.directory = directory;
    }

    /** Exit status 1 if a result was wrong or a contender broke down, 2 if the arguments make no sense. */
    public static void main(String[] arguments) throws IOException, RunnerException {
        List<Contender> all = Contenders.all();
        Selection selection;
        try {
            selection = Selection.parse(
                    List.of(arguments), all.stream().map(Contender::name).toList());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        if (selection.list()) {
            list(all);
            return;
        }
        Path directory = Path.of(System.getProperty(DIRECTORY, "target/bench")).toAbsolutePath();
        List<Contender> chosen = all.stream()
                .filter(c -> selection.contenders().contains(c.name()))
                .toList();
        boolean clean = new Bench(selection, chosen, directory).run(String.join(" ", arguments));
        System.exit(clean ? 0 : 1);
    }

    private static void list(List<Contender> contenders) {
        System.out.println("workloads");
        for (Workload w : Workloads.all()) {
            System.out.printf("  %-9s %-34s %s%n", w.name(), w.problem().sizes(), w.about());
        }
        System.out.println("contenders");
        for (Contender c : contenders) {
            System.out.printf("  %-12s %s%s%n", c.name(), c.about(), c.absence().map(a -> "; not here: " + a).orElse(""));
        }
        System.out.print(Selection.USAGE);
    }

    private boolean run(String arguments) throws IOException, RunnerException {
        Path generated = directory.resolve("generated");
        Files.createDirectories(generated);
        Circumstances here = Circumstances.here(
                Commands.line(arguments), selection.effort().words());
        if (!here.isPinned()) {
            System.out.println("not held to one core: for numbers to rely on, put taskset -c 1 before the command");
        }
        rejectAbsent();
        generate(generated);
        PeakLoops.compile(generated);
        PrintStream log = new PrintStream(directory.resolve("jmh.log").toFile(), StandardCharsets.UTF_8);
        Forks forks = new Forks(generated, selection.effort(), log);
        OptionalDouble peak = forks.peak();
        for (int round = 1; round <= selection.effort().rounds(); round++) {
            for (Cell cell : selection.cells()) {
                for (Contender contender : contenders) {
                    if (ledger.isOpen(cell, contender.name())) {
                        time(forks, cell, contender, round);
                    }
                }
            }
        }
        if (selection.effort().firstCalls()) {
            firstCalls(forks);
        }
        Results results = results(here, peak);
        Written.to(directory, results, forks.results());
        System.out.println();
        System.out.print(Table.markdown(results));
        if (selection.record().isPresent()) {
            Written.keep(directory, KEPT, selection.record().get());
        }
        return ledger.outcomes().values().stream()
                .flatMap(m -> m.values().stream())
                .noneMatch(o -> o instanceof Outcome.Wrong || o instanceof Outcome.Failed);
    }

    private void rejectAbsent() {
        for (Contender contender : contenders) {
            contender.absence().ifPresent(reason -> System.out.println(contender.name() + " is left out: " + reason));
            for (Cell cell : selection.cells()) {
                if (contender.absence().isPresent()) {
                    ledger.close(cell, contender.name(), new Outcome.Absent(contender.absence().get()));
                } else if (!contender.takes(cell.workload().problem(), cell.pass())) {
                    ledger.close(cell, contender.name(), new Outcome.Absent("it has no such pass"));
                }
            }
        }
    }

    private void generate(Path generated) throws IOException {
        for (Contender contender : contenders) {
            if (contender instanceof GeneratedContender g) {
                Map<String, String> refused = new Generation(generated).run(g, selection.workloads());
                List<String> reasons = refused.values().stream().distinct().toList();
                for (String reason : reasons) {
                    List<String> names = refused.entrySet().stream()
                            .filter(e -> e.getValue().equals(reason))
                            .map(Map.Entry::getKey)
                            .toList();
                    boolean all = names.size() == selection.workloads().size();
                    System.out.println(
                            g.name() + " is left out" + (all ? "" : " of " + String.join(", ", names)) + ": " + reason);
                }
                selection.cells().stream()
                        .filter(cell -> refused.containsKey(cell.workload().name()))
                        .forEach(cell -> ledger.close(
                                cell,
                                g.name(),
                                new Outcome.Absent(refused.get(cell.workload().name()))));
            }
        }
    }

    private void time(Forks forks, Cell cell, Contender contender, int round) throws IOException, RunnerException {
        Outcome outcome = forks.time(cell, contender);
        String words;
        if (outcome instanceof Outcome.Measured measured) {
            ledger.add(cell, contender.name(), measured);
            long flops = cell.workload().problem().flops();
            words = flops == 0
                    ? "%.1f µs".formatted(measured.median() / 1000)
                    : "%.1f GFLOP/s".formatted(flops / measured.median());
        } else {
            ledger.close(cell, contender.name(), outcome);
            words = outcome instanceof Outcome.Wrong w ? "WRONG by %.1e".formatted(w.error()) : "BROKE DOWN";
        }
        System.out.printf(Locale.ROOT, "%d/%d  %-18s %-12s %s%n", round, selection.effort().rounds(), cell,
                contender.name(), words);
    }

    private void firstCalls(Forks forks) throws IOException, RunnerException {
        for (Cell cell : selection.cells()) {
            for (Contender contender : contenders) {
                if (ledger.outcomes().get(cell).get(contender.name()) instanceof Outcome.Measured) {
                    forks.firstCall(cell, contender)
                            .ifPresent(t -> ledger.addFirstCall(cell, contender.name(), t));
                }
            }
        }
    }

    private Results results(Circumstances here, OptionalDouble peak) {
        Map<String, String> shown = new LinkedHashMap<>();
        List<String> measured = new ArrayList<>();
        for (Contender contender : contenders) {
            shown.put(contender.name(), contender.about());
            if (ledger.outcomes().values().stream()
                    .anyMatch(m -> m.get(contender.name()) instanceof Outcome.Measured)) {
                measured.add(contender.name());
            }
        }
        String baseline = selection.against()
                .filter(measured::contains)
                .or(() -> measured.stream().filter("onednn"::equals).findFirst())
                .or(() -> measured.stream().findFirst())
                .orElse("onednn");
        return new Results(here, peak, shown, baseline, ledger.outcomes());
    }
}

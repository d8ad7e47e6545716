package dev.adjoint.bench;

import dev.adjoint.bench.contender.Contender;
import dev.adjoint.bench.contender.Contenders;
import dev.adjoint.bench.workload.Workload;
import dev.adjoint.bench.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The command {@code taskset -c 1 mvn -q -Ppeers test-compile exec:exec@bench}: measures what its arguments select, and
 * writes the table, the chart and all numbers.
 */
public final class Bench {
    /** The system property that says where results go. */
    private static final String DIRECTORY = "adjoint.bench.directory";

    private Bench() {}

    /**
     * Exit status 1 if what Adjoint generated was wrong or broke down, 2 if the arguments make no sense. A peer's
     * mistakes are told in the table.
     */
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
        boolean sound = new Run(selection, chosen, directory).run(String.join(" ", arguments));
        System.exit(sound ? 0 : 1);
    }

    private static void list(List<Contender> contenders) {
        System.out.println("workloads");
        for (Workload w : Workloads.all()) {
            System.out.printf("  %-9s %-32s %s%n", w.name(), w.problem().sizes(), w.about());
        }
        System.out.println("contenders");
        for (Contender c : contenders) {
            String absence = c.absence().map(reason -> "; not here: " + reason).orElse("");
            System.out.printf("  %-12s %s%s%n", c.name(), c.about(), absence);
        }
        System.out.println("options");
        System.out.print(Selection.USAGE.indent(2));
    }
}

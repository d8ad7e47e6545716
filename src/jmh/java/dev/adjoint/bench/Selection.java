package dev.adjoint.bench;

import dev.adjoint.bench.report.Cell;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Workload;
import dev.adjoint.bench.workload.Workloads;
import dev.adjoint.diagnostic.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the command line asks for.
 *
 * @param workloads in the order of the tables
 * @param passes in their order
 * @param contenders their names in the order of the tables
 * @param effort how long each is timed
 * @param against the contender that the others are compared with, if it is named
 * @param record the name under which the results are kept in the repository, if they are
 * @param list whether only the choices are printed
 */
record Selection(
        List<Workload> workloads,
        List<Pass> passes,
        List<String> contenders,
        Effort effort,
        Optional<String> against,
        Optional<String> record,
        boolean list) {
    /** What the command line takes. */
    static final String USAGE = """
            --workloads A,D,…    workloads by name; all if left out
            --passes forward,…   of forward, input, weights; all if left out
            --contenders a,b,…   by name, or all; all but nest if left out
            --quick              one round, short: to look, not to publish
            --rounds N           JVMs that each is timed in
            --first-calls        measures the first call in a JVM too, as is done unless --quick
            --against NAME       compares with this contender; onednn if left out
            --record NAME        keeps the results in src/jmh/results
            --list               prints the choices and times nothing
            """;

    private static final String NEST = "nest";

    /**
     * Reads the command line.
     *
     * @param known the names of all contenders
     * @throws IllegalArgumentException if it asks for what there is not; the message says what there is
     */
    static Selection parse(List<String> words, List<String> known) {
        List<Workload> workloads = Workloads.all();
        List<Pass> passes = List.of(Pass.values());
        List<String> contenders = known.stream().filter(c -> !c.equals(NEST)).toList();
        Effort effort = words.contains("--quick") ? Effort.QUICK : Effort.FULL;
        Optional<String> against = Optional.empty();
        Optional<String> record = Optional.empty();
        boolean list = false;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--workloads" -> workloads = chosen("workload", value(option, rest), workloads, Workload::name);
                case "--passes" -> passes = chosen("pass", value(option, rest), passes, Pass::word);
                case "--contenders" -> {
                    String value = value(option, rest);
                    contenders = value.equals("all") ? known : chosen("contender", value, known, Function.identity());
                }
                case "--quick" -> {}
                case "--rounds" -> effort = effort.rounds(count(option, value(option, rest)));
                case "--first-calls" -> effort = effort.measuringFirstCalls();
                case "--against" ->
                    against = Optional.of(chosen("contender", value(option, rest), known, Function.identity())
                            .get(0));
                case "--record" -> record = Optional.of(fileName(value(option, rest)));
                case "--list" -> list = true;
                default -> throw new IllegalArgumentException("what is " + option + "?\n" + USAGE);
            }
        }
        return new Selection(workloads, passes, contenders, effort, against, record, list);
    }

    /** The cells, row by row. */
    List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Workload workload : workloads) {
            workload.problem().passes().stream()
                    .filter(passes::contains)
                    .forEach(pass -> cells.add(new Cell(workload, pass)));
        }
        return cells;
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value\n" + USAGE);
        }
        return rest.next();
    }

    private static int count(String option, String value) {
        if (!value.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException(option + " takes a number from 1, not " + value);
        }
        return Integer.parseInt(value);
    }

    private static String fileName(String value) {
        if (!value.matches("[\\w-]+")) {
            throw new IllegalArgumentException("--record takes letters, digits and hyphens, not " + value);
        }
        return value;
    }

    /** Those that are named, in the order of all. */
    private static <T> List<T> chosen(String kind, String value, Collection<T> all, Function<T, String> name) {
        List<String> names = all.stream().map(name).toList();
        Set<String> wanted = new TreeSet<>(Arrays.asList(value.split(",")));
        for (String one : wanted) {
            if (!names.contains(one)) {
                throw new IllegalArgumentException("no " + kind + " is called " + one
                        + Nearest.to(one, names).map(n -> "; perhaps " + n).orElse("") + ". There are "
                        + String.join(", ", names));
            }
        }
        return all.stream().filter(t -> wanted.contains(name.apply(t))).toList();
    }
}

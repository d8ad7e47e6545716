package dev.adjoint.mutation;

import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Layer;
import dev.adjoint.prove.Prover;
import dev.adjoint.prove.Verdict;
import dev.adjoint.prove.Word;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures how long verdicts take: all claims of {@code specs/} from a cold JVM, then each of them warm, then wrong claims
 * that are one edit away from them, refuted without a diagnosis and with one.
 *
 * <p>{@code taskset -c 1 mvn -q test-compile exec:exec@verdicts}. Times are wall-clock milliseconds.
 */
public final class MeasureVerdicts {
    private static final int WARM_UP = 8;
    private static final int WRONG = 200;

    private MeasureVerdicts() {}

    private record Time(double milliseconds, Verdict verdict, String title) {}

    public static void main(String[] arguments) {
        List<Seed> seeds = Seeds.below(Path.of("specs"));
        List<Time> cold = judged(seeds);
        double all = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.printf(
                Locale.ROOT, "%d claims, read, derived and judged from a cold JVM: %.1f s%n", cold.size(), all / 1000);
        for (int k = 0; k < WARM_UP; k++) {
            judged(seeds);
        }
        List<Time> warm = judged(seeds);
        print("a claim that is proved", warm, Word.PROVED);
        warm.stream()
                .sorted(Comparator.comparingDouble(t -> -t.milliseconds()))
                .limit(5)
                .forEach(t -> System.out.printf(Locale.ROOT, "        %8.1f  %s%n", t.milliseconds(), t.title()));

        List<Mutant> mutants = new ArrayList<>();
        Mutations mutations = new Mutations(seeds, 1);
        while (mutants.size() < WRONG) {
            mutations.next(1).ifPresent(mutants::add);
        }
        for (boolean diagnosed : new boolean[] {false, true}) {
            List<Time> times = new ArrayList<>();
            for (int round = 0; round < 2; round++) {
                times.clear();
                Map<Layer, Prover> provers = new IdentityHashMap<>();
                for (Mutant mutant : mutants) {
                    Prover prover = provers.computeIfAbsent(mutant.layer(), MeasureVerdicts::prover);
                    long start = System.nanoTime();
                    Verdict verdict = prover.judge(mutant.claim(), diagnosed);
                    times.add(new Time((System.nanoTime() - start) / 1e6, verdict, mutant.toString()));
                }
            }
            print(diagnosed ? "one that is refuted and diagnosed" : "one that is refuted", times, Word.REFUTED);
        }
    }

    private static Prover prover(Layer layer) {
        return new Prover(layer, Derive.derive(layer), Prover.BUDGET);
    }

    private static List<Time> judged(List<Seed> seeds) {
        Map<Layer, Prover> provers = new IdentityHashMap<>();
        List<Time> times = new ArrayList<>();
        for (Seed seed : seeds) {
            Prover prover = provers.computeIfAbsent(seed.layer(), MeasureVerdicts::prover);
            long start = System.nanoTime();
            Verdict verdict = prover.judge(seed.claim(), true);
            times.add(new Time((System.nanoTime() - start) / 1e6, verdict, seed.title()));
        }
        return times;
    }

    private static void print(String what, List<Time> times, Word word) {
        double[] sorted = times.stream()
                .filter(t -> t.verdict().word() == word)
                .mapToDouble(Time::milliseconds)
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%s, of %d: median %.1f ms, 90 %% below %.1f, all %.1f, in sum %.1f s%n",
                what,
                sorted.length,
                sorted[sorted.length / 2],
                sorted[sorted.length * 9 / 10],
                sorted[sorted.length - 1],
                java.util.Arrays.stream(sorted).sum() / 1000);
    }
}

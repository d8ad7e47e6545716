package dev.adjoint.mutation;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures how many mistakes are named: draws wrong claims, one and two edits away from the true ones of {@code specs/},
 * has each judged, and prints a table by the kind of edit.
 *
 * <p>{@code mvn -q test-compile exec:exec@diagnosis -Ddiagnosis="--count 400 --seed 1 --only Conv.* --list"}; {@code
 * --list} prints the unnamed ones. Exit status 1 if a verdict was wrong.
 */
public final class MeasureDiagnosis {
    private MeasureDiagnosis() {}

    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        int count = Integer.parseInt(option(words, "--count").orElse("400"));
        long seed = Long.parseLong(option(words, "--seed").orElse("1"));
        String only = option(words, "--only").orElse(".*");
        List<Seed> seeds = Seeds.below(Path.of("specs")).stream()
                .filter(s -> s.layer().name().matches(only))
                .toList();
        Optional<Judge> prover = Judge.prover();
        if (prover.isEmpty()) {
            System.out.println("no prover is plugged in: see Judge");
            System.exit(2);
        }
        boolean sound = true;
        for (int edits = 1; edits <= 2; edits++) {
            Measurement measurement = new Measurement(prover.orElseThrow(), new ValueChange(seed));
            Mutations mutations = new Mutations(seeds, seed);
            measure(measurement, mutations, count, edits, seed);
            String kinds = edits == 1 ? "single edits" : "paired edits, each counted at both of its kinds";
            System.out.println(measurement.table(kinds + " of " + seeds.size() + " claims, seed " + seed));
            System.out.printf(
                    Locale.ROOT, "of the edited claims the language accepts %.0f %%%n", 100 * mutations.acceptance());
            measurement.wrong().forEach(w -> System.out.println("WRONG VERDICT: " + w));
            if (words.contains("--list")) {
                measurement.unnamed().forEach(u -> System.out.println("unnamed: " + u));
            }
            sound &= measurement.wrong().isEmpty();
        }
        System.exit(sound ? 0 : 1);
    }

    /** Until so many wrong claims were judged, or none is found that was not drawn before. */
    static void measure(Measurement measurement, Mutations mutations, int count, int edits, long seed) {
        for (int wrong = 0; wrong < count; ) {
            Optional<Mutant> mutant = mutations.next(edits);
            if (mutant.isEmpty()) {
                return;
            }
            wrong += measurement.add(mutant.get(), seed) ? 1 : 0;
        }
    }

    private static Optional<String> option(List<String> words, String name) {
        int at = words.indexOf(name);
        return at < 0 || at + 1 >= words.size() ? Optional.empty() : Optional.of(words.get(at + 1));
    }
}

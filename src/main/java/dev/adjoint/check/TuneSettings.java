package dev.adjoint.check;

import java.time.Duration;
import java.util.List;

/**
 * How plans are measured.
 *
 * @param seed of data; the same seed measures on the same numbers
 * @param candidates how many plans are measured for each tensor: those that the model finds cheapest
 * @param margin by how much a plan has to be faster than the one that stands: 0.05 is a twentieth, and by -1
 *     whatever takes any time is fast enough
 * @param warmUp how long each plan runs at a time until it gets no faster
 * @param rounds in each of which every plan runs for a moment
 * @param moment how long it then runs
 * @param budget after which no further round begins, beyond the first few
 * @param timeout after which plans that have not come to an end have failed
 * @param jvmFlags of the JVM in which they run
 */
public record TuneSettings(
        long seed,
        int candidates,
        double margin,
        Duration warmUp,
        int rounds,
        Duration moment,
        Duration budget,
        Duration timeout,
        List<String> jvmFlags) {
    /**
     * About half a second for a plan whose passes are short. What runs waits for the compiler: else a busy machine would
     * have plans measured before they are compiled.
     */
    public static final TuneSettings DEFAULT = new TuneSettings(
            20170521L,
            10,
            0.05,
            Duration.ofMillis(150),
            15,
            Duration.ofMillis(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            List.of("-Xmx1g", "-XX:TieredStopAtLevel=4", "-Xbatch"));

    public TuneSettings {
        jvmFlags = List.copyOf(jvmFlags);
    }

    public TuneSettings withCandidates(int count) {
        return new TuneSettings(seed, count, margin, warmUp, rounds, moment, budget, timeout, jvmFlags);
    }

    public TuneSettings withMargin(double other) {
        return new TuneSettings(seed, candidates, other, warmUp, rounds, moment, budget, timeout, jvmFlags);
    }

    /** Measures badly, and fast: for those who want to see that something is measured at all. */
    public TuneSettings hasty() {
        Duration blink = Duration.ofMillis(1);
        return new TuneSettings(seed, candidates, margin, blink, 3, blink, budget, timeout, List.of("-Xmx512m"));
    }
}

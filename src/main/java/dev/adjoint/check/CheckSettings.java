package dev.adjoint.check;

import java.time.Duration;
import java.util.List;

/**
 * How classes are checked.
 *
 * @param seed of sizes and data; the same seed checks the same
 * @param sizeSets at how many choices of the open sizes each class is checked
 * @param timeout after which a class that does not answer has failed
 * @param jvmFlags of the JVM in which the classes run, as {@code -Xmx256m}
 * @param workers how many such JVMs run side by side
 * @param forwardWork the operations that one forward pass may take at sizes that can be chosen
 * @param numericWork the operations that the numeric derivatives of one class at one choice of sizes may take
 * @param exactWork the operations that one evaluation in this JVM may take; of larger tensors a random sample is compared
 */
public record CheckSettings(
        long seed,
        int sizeSets,
        Duration timeout,
        List<String> jvmFlags,
        int workers,
        double forwardWork,
        double numericWork,
        double exactWork) {
    public static final CheckSettings DEFAULT = new CheckSettings(
            20170521L,
            4,
            Duration.ofSeconds(60),
            List.of("-Xmx512m"),
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors())),
            2e4,
            3e8,
            6e5);

    public CheckSettings {
        jvmFlags = List.copyOf(jvmFlags);
    }

    public CheckSettings withSeed(long other) {
        return new CheckSettings(other, sizeSets, timeout, jvmFlags, workers, forwardWork, numericWork, exactWork);
    }

    public CheckSettings withSizeSets(int count) {
        return new CheckSettings(seed, count, timeout, jvmFlags, workers, forwardWork, numericWork, exactWork);
    }

    public CheckSettings withTimeout(Duration other) {
        return new CheckSettings(seed, sizeSets, other, jvmFlags, workers, forwardWork, numericWork, exactWork);
    }

    public CheckSettings withJvmFlags(List<String> flags) {
        return new CheckSettings(seed, sizeSets, timeout, flags, workers, forwardWork, numericWork, exactWork);
    }

    public CheckSettings withWorkers(int count) {
        return new CheckSettings(seed, sizeSets, timeout, jvmFlags, count, forwardWork, numericWork, exactWork);
    }
}

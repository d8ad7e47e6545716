package dev.adjoint.bench;

/**
 * How long each contender is timed in each cell.
 *
 * @param rounds JVMs that it is timed in; between two of them all others have their turn
 * @param warmups iterations in each JVM that are not counted, until what is compiled is compiled
 * @param warmup milliseconds of each of them
 * @param iterations that are counted
 * @param iteration milliseconds of each of them
 * @param firstCalls whether the first call in a JVM is measured too
 */
record Effort(int rounds, int warmups, int warmup, int iterations, int iteration, boolean firstCalls) {
    /** To publish. */
    static final Effort FULL = new Effort(3, 5, 400, 5, 300, true);

    /** To look. */
    static final Effort QUICK = new Effort(1, 3, 300, 3, 200, false);

    Effort rounds(int count) {
        return new Effort(count, warmups, warmup, iterations, iteration, firstCalls);
    }

    Effort measuringFirstCalls() {
        return new Effort(rounds, warmups, warmup, iterations, iteration, true);
    }

    /** Seconds that one contender takes in one cell, starting JVMs left out. */
    double seconds() {
        return rounds * (warmups * warmup + iterations * iteration) / 1000.0;
    }

    /** In words. */
    String words() {
        return "%d × (%d × %d ms warm-up, %d × %d ms)".formatted(rounds, warmups, warmup, iterations, iteration);
    }
}

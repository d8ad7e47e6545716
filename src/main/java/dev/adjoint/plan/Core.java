package dev.adjoint.plan;

/** The core that costs of vectors are reckoned for: of a server with AVX-512, about 2020. In cycles, and in bytes. */
final class Core {
    /** Vectors that it has at hand. */
    static final int REGISTERS = 32;

    /** Until a sum that was added to may be added to again. */
    static final double LATENCY = 4;

    /** What comes from memory at a time. */
    static final int LINE = 64;

    /** What stays in the first cache beside the rest. */
    static final double FIRST = 32 << 10;

    /** What stays in the second one. */
    static final double SECOND = 1 << 20;

    private Core() {}

    /** Whether it has at hand rows times columns of sums, what a row of them is multiplied by, and one number more. */
    static boolean holds(int rows, int columns) {
        return rows * columns + columns + 1 <= REGISTERS;
    }

    /** One tap of a block: two sums a cycle are added to, two vectors loaded, and each sum waits for what it was. */
    static double tap(double sums, double loads) {
        return Math.max(LATENCY, Math.max(sums, loads) / 2);
    }
}

package dev.adjoint.bench.contender;

/** A loop of nothing but fused multiplications and additions in registers. */
public interface PeakLoop {
    /** Multiplications and additions of one round. */
    long flopsPerRound();

    /**
     * Runs some rounds.
     *
     * @return a value that depends on all of them
     */
    float run(int rounds);
}

package dev.adjoint.bench.contender;

/** One pass over the operands that it was prepared with. */
@FunctionalInterface
public interface Timed {
    /** What is timed. */
    void run();

    /** Puts what the last run computed into the result of the operands, if the run itself does not; never timed. */
    default void deliver() {}
}

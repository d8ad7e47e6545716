package dev.adjoint.bench.contender;

import dev.adjoint.bench.workload.Operands;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Problem;
import dev.adjoint.bench.workload.Workload;
import java.util.List;
import java.util.Optional;

/** A way to compute the passes of a layer. */
public interface Contender {
    /** How the command line and the tables call it: one word. */
    String name();

    /** What it is, with the version of what it uses. */
    String about();

    /** Why it cannot run here; empty if it can. */
    default Optional<String> absence() {
        return Optional.empty();
    }

    /** What the JVM that runs it is told beside the usual. */
    default List<String> jvmArguments() {
        return List.of();
    }

    /** Whether it has such a pass. */
    default boolean takes(Problem problem, Pass pass) {
        return true;
    }

    /**
     * Makes all that is made once: instances, primitives, native memory. What a run reads, it reads from the arrays of
     * the operands each time, unless {@link #about} says otherwise.
     */
    Timed prepare(Workload workload, Pass pass, Operands operands);
}

package dev.adjoint.bench.contender;

import dev.adjoint.bench.workload.Operands;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Workload;
import java.util.Optional;

/** A peer that was not compiled. */
record AbsentContender(String name) implements Contender {
    @Override
    public String about() {
        return "native code";
    }

    @Override
    public Optional<String> absence() {
        return Optional.of("the profile peers is off (-Ppeers)");
    }

    @Override
    public Timed prepare(Workload workload, Pass pass, Operands operands) {
        throw new UnsupportedOperationException(name + " is not here");
    }
}

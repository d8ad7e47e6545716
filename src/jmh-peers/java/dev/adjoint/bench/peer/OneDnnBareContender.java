package dev.adjoint.bench.peer;

import dev.adjoint.bench.contender.Contender;
import dev.adjoint.bench.contender.Timed;
import dev.adjoint.bench.workload.Operands;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Workload;
import java.util.List;
import java.util.Optional;

/** The primitive of oneDNN alone, on data that lies in its own layout already: what a whole network in oneDNN gets. */
public final class OneDnnBareContender implements Contender {
    @Override
    public String name() {
        return "onednn-bare";
    }

    @Override
    public String about() {
        return "the primitive of oneDNN alone, data in its own layouts";
    }

    @Override
    public Optional<String> absence() {
        return Native.absence(OneDnnContender.LIBRARY);
    }

    @Override
    public List<String> jvmArguments() {
        return Native.JVM_ARGUMENTS;
    }

    @Override
    public Timed prepare(Workload workload, Pass pass, Operands operands) {
        OneDnn program = OneDnnPrimitives.of(workload.problem(), pass, operands);
        program.read();
        return new Timed() {
            @Override
            public void run() {
                program.execute();
            }

            @Override
            public void deliver() {
                program.write();
            }
        };
    }
}

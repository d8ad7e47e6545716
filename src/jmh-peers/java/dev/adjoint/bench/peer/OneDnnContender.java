package dev.adjoint.bench.peer;

import dev.adjoint.bench.contender.Contender;
import dev.adjoint.bench.contender.Timed;
import dev.adjoint.bench.workload.Operands;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Workload;
import java.util.List;
import java.util.Optional;

/** oneDNN as a Java program would use it: memory and primitives made once, arrays copied in and out in each call. */
public final class OneDnnContender implements Contender {
    static final String LIBRARY = "org.bytedeco.dnnl.global.dnnl";

    @Override
    public String name() {
        return "onednn";
    }

    @Override
    public String about() {
        return "oneDNN from float[] to float[], copies and reorders to its own layouts included";
    }

    @Override
    public Optional<String> absence() {
        return Native.absence(LIBRARY);
    }

    @Override
    public List<String> jvmArguments() {
        return Native.JVM_ARGUMENTS;
    }

    @Override
    public Timed prepare(Workload workload, Pass pass, Operands operands) {
        OneDnn program = OneDnnPrimitives.of(workload.problem(), pass, operands);
        return () -> {
            program.read();
            program.execute();
            program.write();
        };
    }
}

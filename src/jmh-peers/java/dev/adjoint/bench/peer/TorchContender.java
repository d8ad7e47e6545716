package dev.adjoint.bench.peer;

import dev.adjoint.bench.contender.Contender;
import dev.adjoint.bench.contender.Timed;
import dev.adjoint.bench.workload.Operands;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Workload;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's C++ library, eager, as a Java program would call it: arrays copied in and out in each call. */
public final class TorchContender implements Contender {
    @Override
    public String name() {
        return "libtorch";
    }

    @Override
    public String about() {
        return "PyTorch's libtorch from float[] to float[], eager, without recording";
    }

    @Override
    public Optional<String> absence() {
        return Native.absence("org.bytedeco.pytorch.global.torch");
    }

    @Override
    public List<String> jvmArguments() {
        return Native.JVM_ARGUMENTS;
    }

    @Override
    public Timed prepare(Workload workload, Pass pass, Operands operands) {
        torch.set_num_threads(1);
        // Where the processor does not suit it, it tries anew in each call and says so on the console.
        torch.globalContext().setUserEnabledNNPACK(false);
        Torch program = Torch.of(workload.problem(), pass, operands, new NoGradGuard());
        return program::run;
    }
}

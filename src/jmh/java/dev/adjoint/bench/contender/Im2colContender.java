package dev.adjoint.bench.contender;

import dev.adjoint.bench.workload.Convolution;
import dev.adjoint.bench.workload.Dense;
import dev.adjoint.bench.workload.Operands;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Problem;
import dev.adjoint.bench.workload.Workload;
import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What Java libraries without native code do: patches of the input become columns of a matrix (im2col), a BLAS in Java
 * multiplies it with the filters, and the gradient of the input adds the columns back (col2im).
 */
final class Im2colContender implements Contender {
    /** Warns that no native BLAS is there, which is not looked for. */
    private static final Logger LOGGER = Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder");

    @Override
    public String name() {
        return "im2col";
    }

    @Override
    public String about() {
        return "im2col and the BLAS in Java of dev.ludovic.netlib (VectorBLAS, whose sgemm is plain Java)";
    }

    /** The BLAS takes the Vector API for some of its routines, if it is there; sgemm is plain Java. */
    @Override
    public List<String> jvmArguments() {
        return Contenders.VECTOR_MODULE;
    }

    @Override
    public boolean takes(Problem problem, Pass pass) {
        return problem instanceof Convolution || problem instanceof Dense;
    }

    @Override
    public Timed prepare(Workload workload, Pass pass, Operands operands) {
        LOGGER.setLevel(Level.OFF);
        BLAS blas = JavaBLAS.getInstance();
        if (workload.problem() instanceof Dense dense) {
            return () -> dense(new Gemm(blas), dense, pass, operands);
        }
        return new Im2col(new Gemm(blas), (Convolution) workload.problem(), pass, operands);
    }

    private static void dense(Gemm gemm, Dense dense, Pass pass, Operands at) {
        int samples = dense.samples();
        int width = dense.width();
        int units = dense.units();
        switch (pass) {
            case FORWARD -> {
                for (int n = 0; n < samples; n++) {
                    System.arraycopy(at.bias(), 0, at.result(), n * units, units);
                }
                gemm.addTimesTransposed(samples, units, width, at.input(), 0, at.weights(), 0, at.result(), 0);
            }
            case INPUT -> gemm.times(samples, width, units, at.delta(), 0, at.weights(), 0, at.result(), 0, 0);
            case WEIGHTS -> gemm.transposedTimes(units, width, samples, at.delta(), 0, at.input(), 0, at.result(), 0);
        }
    }
}

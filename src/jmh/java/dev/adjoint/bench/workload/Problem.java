package dev.adjoint.bench.workload;

import java.util.List;

/** A layer with all its sizes. Tensors are flat arrays in row-major order, N images first, then channels. */
public sealed interface Problem permits Convolution, Dense, Pooling, Relu {
    /** The passes that there are, in their order. */
    List<Pass> passes();

    /** The number of entries of the input. */
    int inputs();

    /** The number of entries of the weights; 0 if there are none. */
    int weights();

    /** The number of entries of the bias; 0 if there is none. */
    int biases();

    /** The number of entries of the output, and of the error that arrives at it. */
    int outputs();

    /**
     * Multiplications and additions of any one pass, those with a border of zeros counted, as is the custom; 0 where
     * the time goes into moving data, and is reported as such.
     */
    long flops();

    /** The sizes in a few words. */
    String sizes();

    /** The number of entries of what a pass computes. */
    default int results(Pass pass) {
        return switch (pass) {
            case FORWARD -> outputs();
            case INPUT -> inputs();
            case WEIGHTS -> weights();
        };
    }
}

package dev.adjoint.bench.workload;

/** What each pass computes, in double precision, by the loops that define it. */
public final class Reference {
    /** A result may be off by this part of the largest value of the true one. */
    public static final double TOLERANCE = 1e-4;

    private Reference() {}

    /** The true result. */
    public static double[] of(Problem problem, Pass pass, Operands operands) {
        if (problem instanceof Convolution convolution) {
            return ConvolutionLoops.compute(convolution, pass, operands);
        }
        if (problem instanceof Dense dense) {
            return dense(dense, pass, operands);
        }
        if (problem instanceof Pooling pooling) {
            return PoolingLoops.compute(pooling, pass, operands);
        }
        return relu(pass, operands);
    }

    /**
     * How far the result of the operands is off: the largest difference over the largest value of the true result;
     * infinite if an entry is no number.
     */
    public static double error(double[] truth, float[] result) {
        double scale = 0;
        double error = 0;
        for (int k = 0; k < truth.length; k++) {
            double difference = Math.abs(truth[k] - result[k]);
            if (Double.isNaN(difference)) {
                return Double.POSITIVE_INFINITY;
            }
            scale = Math.max(scale, Math.abs(truth[k]));
            error = Math.max(error, difference);
        }
        return error == 0 ? 0 : error / scale;
    }

    private static double[] dense(Dense dense, Pass pass, Operands at) {
        double[] result = new double[dense.results(pass)];
        for (int n = 0; n < dense.samples(); n++) {
            for (int k = 0; k < dense.units(); k++) {
                int x = n * dense.units() + k;
                double sum = at.bias()[k];
                for (int i = 0; i < dense.width(); i++) {
                    int o = n * dense.width() + i;
                    int w = k * dense.width() + i;
                    switch (pass) {
                        case FORWARD -> sum += (double) at.weights()[w] * at.input()[o];
                        case INPUT -> result[o] += (double) at.weights()[w] * at.delta()[x];
                        case WEIGHTS -> result[w] += (double) at.input()[o] * at.delta()[x];
                    }
                }
                if (pass == Pass.FORWARD) {
                    result[x] = sum;
                }
            }
        }
        return result;
    }

    private static double[] relu(Pass pass, Operands at) {
        double[] result = new double[at.result().length];
        for (int k = 0; k < result.length; k++) {
            float value = pass == Pass.FORWARD ? at.input()[k] : at.delta()[k];
            result[k] = at.input()[k] > 0 ? value : 0;
        }
        return result;
    }
}

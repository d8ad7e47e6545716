package dev.adjoint.bench.workload;

import java.util.List;

/**
 * A convolution as its definition has it: every product of a weight and an entry of the input that reaches an output,
 * visited once. Each pass adds up the products of two of the three, at the place of the third.
 */
final class ConvolutionLoops {
    private final Convolution convolution;
    private final Visit visit;

    private ConvolutionLoops(Convolution convolution, Visit visit) {
        this.convolution = convolution;
        this.visit = visit;
    }

    /** One product: x[output] += w[weight] · o[input]. */
    private interface Visit {
        void product(int output, int weight, int input);
    }

    static double[] compute(Convolution convolution, Pass pass, Operands at) {
        double[] result = new double[convolution.results(pass)];
        if (pass == Pass.FORWARD) {
            int places = convolution.places();
            for (int k = 0; k < result.length; k++) {
                result[k] = at.bias()[k / places % convolution.filters()];
            }
        }
        Visit visit = switch (pass) {
            case FORWARD -> (x, w, o) -> result[x] += (double) at.weights()[w] * at.input()[o];
            case INPUT -> (x, w, o) -> result[o] += (double) at.weights()[w] * at.delta()[x];
            case WEIGHTS -> (x, w, o) -> result[w] += (double) at.input()[o] * at.delta()[x];
        };
        new ConvolutionLoops(convolution, visit).run();
        return result;
    }

    private void run() {
        int inside = convolution.channels() / convolution.groups();
        int filtersInside = convolution.filters() / convolution.groups();
        for (int n = 0; n < convolution.images(); n++) {
            for (int d = 0; d < convolution.filters(); d++) {
                for (int c = 0; c < inside; c++) {
                    int channel = d / filtersInside * inside + c;
                    planes(
                            (n * convolution.filters() + d) * convolution.places(),
                            (d * inside + c) * convolution.taps(),
                            (n * convolution.channels() + channel) * convolution.plane());
                }
            }
        }
    }

    /** All products of one plane of the output, one of a filter, and one of the input, which start at these places. */
    private void planes(int output, int weight, int input) {
        List<Axis> axes = convolution.threeAxes();
        Axis a = axes.get(0);
        Axis b = axes.get(1);
        for (int m = 0; m < a.kernel(); m++) {
            for (int k = 0; k < b.kernel(); k++) {
                for (int h = 0; h < a.outputs(); h++) {
                    for (int i = 0; i < b.outputs(); i++) {
                        int plane = a.read(h, m);
                        int row = b.read(i, k);
                        if (plane >= 0 && row >= 0) {
                            Axis c = axes.get(2);
                            row(
                                    c,
                                    output + (h * b.outputs() + i) * c.outputs(),
                                    weight + (m * b.kernel() + k) * c.kernel(),
                                    input + (plane * b.size() + row) * c.size());
                        }
                    }
                }
            }
        }
    }

    private void row(Axis axis, int output, int weight, int input) {
        for (int l = 0; l < axis.kernel(); l++) {
            for (int j = 0; j < axis.outputs(); j++) {
                int at = axis.read(j, l);
                if (at >= 0) {
                    visit.product(output + j, weight + l, input + at);
                }
            }
        }
    }
}

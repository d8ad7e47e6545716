package dev.adjoint.bench.contender;

import dev.adjoint.bench.workload.Axis;
import dev.adjoint.bench.workload.Convolution;
import dev.adjoint.bench.workload.Dense;
import dev.adjoint.bench.workload.Pass;
import dev.adjoint.bench.workload.Pooling;
import dev.adjoint.bench.workload.Problem;
import dev.adjoint.bench.workload.Relu;
import java.util.List;

/** A problem as a spec that generates a class for it, from layers of the library, and the calls of that class. */
public final class LayerText {
    private LayerText() {}

    /**
     * A spec.
     *
     * @param options of the {@code generate}, as {@code unroll = none}; may be empty
     */
    public static String spec(String packageName, String className, Problem problem, String options) {
        String layer = layer(problem);
        String name = layer.substring(layer.indexOf('.') + 1, layer.indexOf('['));
        return """
                package %s;
                import adjoint.%s;
                generate %s = %s { %s }
                """.formatted(
                        packageName,
                        layer.substring(0, layer.indexOf('[')),
                        className,
                        name + layer.substring(layer.indexOf('[')),
                        options);
    }

    /** The call of a pass on an instance, the operands being {@code at}. */
    public static String call(Problem problem, Pass pass) {
        if (problem instanceof Pooling || problem instanceof Relu) {
            String gradient = problem instanceof Relu ? "gradX" : "gradO";
            return pass == Pass.FORWARD
                    ? "forward(at.input(), at.result())"
                    : gradient + "(at.delta(), at.input(), at.result())";
        }
        return switch (pass) {
            case FORWARD -> "forward(at.input(), at.weights(), at.bias(), at.result())";
            case INPUT -> "gradO(at.delta(), at.input(), at.weights(), at.bias(), at.result())";
            case WEIGHTS -> "gradW(at.delta(), at.input(), at.weights(), at.bias(), at.result())";
        };
    }

    private static String layer(Problem problem) {
        if (problem instanceof Convolution convolution) {
            return convolution(convolution);
        }
        if (problem instanceof Dense dense) {
            return "dense.Dense[N = %d, I = %d, K = %d]".formatted(dense.samples(), dense.width(), dense.units());
        }
        if (problem instanceof Pooling pooling) {
            return "pool.%s[C = %d, H = %d, W = %d, K = %d, S = %d, P = %d]"
                    .formatted(
                            pooling.kind() == Pooling.Kind.MAX ? "MaxPool2d" : "AvgPool2d",
                            pooling.channels(),
                            pooling.rows().size(),
                            pooling.columns().size(),
                            pooling.rows().kernel(),
                            pooling.rows().stride(),
                            pooling.rows().padding());
        }
        return "activation.Relu[N = %d]".formatted(problem.inputs());
    }

    private static String convolution(Convolution c) {
        Axis axis = c.axes().get(0);
        String steps = "S = %d, P = %d".formatted(axis.stride(), axis.padding());
        if (c.axes().size() == 1) {
            return "conv.Conv1d[N = %d, C = %d, T = %d, D = %d, K = %d, %s, L = %d]"
                    .formatted(
                            c.images(), c.channels(), axis.size(), c.filters(), axis.kernel(), steps, axis.dilation());
        }
        if (c.axes().size() == 3) {
            require(axis.stride() == 1 && axis.padding() == 0 && axis.dilation() == 1 && c.groups() == 1, c);
            return "conv.Conv3d[N = %d, C = %d, %s, D = %d, %s]"
                    .formatted(c.images(), c.channels(), sizes(c, "T", "H", "W"), c.filters(), kernels(c, 0));
        }
        String start = "N = %d, %s".formatted(c.images(), sizes(c, "H", "W"));
        if (c.isDepthwise()) {
            require(axis.dilation() == 1, c);
            return "conv.DepthwiseConv2d[%s, C = %d, %s, %s]".formatted(start, c.channels(), kernels(c, 1), steps);
        }
        if (c.groups() > 1) {
            require(axis.dilation() == 1, c);
            return "conv.GroupedConv2d[%s, G = %d, CG = %d, DG = %d, %s, %s]"
                    .formatted(
                            start,
                            c.groups(),
                            c.channels() / c.groups(),
                            c.filters() / c.groups(),
                            kernels(c, 1),
                            steps);
        }
        if (c.isPointwise()) {
            return "conv.PointwiseConv2d[%s, C = %d, D = %d]".formatted(start, c.channels(), c.filters());
        }
        return "conv.Conv2d[%s, C = %d, D = %d, %s, %s, L = %d]"
                .formatted(start, c.channels(), c.filters(), kernels(c, 1), steps, axis.dilation());
    }

    private static void require(boolean offered, Convolution convolution) {
        if (!offered) {
            throw new IllegalArgumentException("the library has no such layer: " + convolution.sizes());
        }
    }

    private static String sizes(Convolution convolution, String... names) {
        List<String> bound = new java.util.ArrayList<>();
        for (int a = 0; a < names.length; a++) {
            bound.add(names[a] + " = " + convolution.axes().get(a).size());
        }
        return String.join(", ", bound);
    }

    private static String kernels(Convolution convolution, int first) {
        List<String> bound = new java.util.ArrayList<>();
        for (int a = 0; a < convolution.axes().size(); a++) {
            bound.add("K" + (first + a) + " = " + convolution.axes().get(a).kernel());
        }
        return String.join(", ", bound);
    }
}

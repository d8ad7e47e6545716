package dev.adjoint.emit;

import dev.adjoint.derive.Derivation;
import dev.adjoint.derive.Gradient;
import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Holds what an emitted class computes against its equations and derived gradients, evaluated entry by entry. */
public final class Agreement {
    private final Layer layer;
    private final Derivation derivation;
    private final Map<String, Long> sizes;
    private final boolean single;
    private final Map<String, double[]> values = new HashMap<>();
    private final Map<String, long[]> integers = new HashMap<>();
    private final Random random = new Random(7);

    private Agreement(Generate generate, Derivation derivation, Map<String, Long> sizes) {
        this.layer = generate.layer();
        this.derivation = derivation;
        this.sizes = sizes;
        this.single = generate.options().type() == Generate.Options.Type.FLOAT;
    }

    /** Returns the largest error, relative to the largest value of its tensor. */
    public static double largestError(Generate generate, Derivation derivation, Map<String, Long> sizes) {
        return new Agreement(generate, derivation, sizes).run(Emitted.of(generate, derivation));
    }

    private long[] shape(Tensor tensor) {
        return tensor.shape().stream()
                .mapToLong(e -> e.evaluate(a -> sizes.get(a.toString())))
                .toArray();
    }

    private int length(Tensor tensor) {
        long length = 1;
        for (long extent : shape(tensor)) {
            length *= extent;
        }
        return (int) length;
    }

    private double run(Emitted emitted) {
        for (Tensor tensor : layer.given()) {
            int length = length(tensor);
            if (tensor.isInteger()) {
                long limit = tensor.limit().orElseThrow().evaluate(a -> sizes.get(a.toString()));
                integers.put(tensor.name(), random.longs(length, 0, limit).toArray());
            } else {
                values.put(tensor.name(), random(length));
            }
        }
        layer.outputs().forEach(t -> values.put("delta " + t.name(), random(length(t))));
        for (Equation equation : layer.equations()) {
            values.put(equation.target().name(), evaluate(equation.target(), equation.indices(), equation.rhs()));
        }
        for (Gradient gradient : derivation.gradients()) {
            values.put("grad " + gradient.of().name(), evaluate(gradient.of(), gradient.indices(), gradient.formula()));
        }
        try {
            return compare(emitted);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(emitted.source(), e);
        }
    }

    private double[] random(int length) {
        return random.doubles(length, -1, 1).map(v -> single ? (float) v : v).toArray();
    }

    private double compare(Emitted emitted) throws ReflectiveOperationException {
        Object[] arguments = layer.sizes().stream()
                .map(s -> Math.toIntExact(sizes.get(s.name())))
                .toArray();
        Object instance = emitted.type().getConstructors()[0].newInstance(arguments);
        double worst = 0;
        for (int repeat = 0; repeat < 2; repeat++) {
            List<String> given = new ArrayList<>();
            layer.given().forEach(t -> given.add(t.name()));
            List<String> outputs = new ArrayList<>();
            layer.outputs().forEach(t -> outputs.add(t.name()));
            worst = Math.max(worst, call(emitted, instance, "forward", given, outputs));
            List<String> before = new ArrayList<>();
            layer.outputs().forEach(t -> before.add("delta " + t.name()));
            before.addAll(given);
            List<String> gradients = new ArrayList<>();
            layer.differentiable().forEach(t -> gradients.add("grad " + t.name()));
            worst = Math.max(worst, call(emitted, instance, "backward", before, gradients));
            for (Tensor tensor : layer.differentiable()) {
                String name = tensor.name().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                        + tensor.name().substring(1);
                worst = Math.max(
                        worst, call(emitted, instance, "grad" + name, before, List.of("grad " + tensor.name())));
            }
        }
        return worst;
    }

    private double call(Emitted emitted, Object instance, String name, List<String> given, List<String> results)
            throws ReflectiveOperationException {
        Method method = null;
        for (Method each : emitted.type().getMethods()) {
            method = each.getName().equals(name) ? each : method;
        }
        List<Object> arguments = new ArrayList<>();
        given.forEach(g -> arguments.add(integers.containsKey(g) ? ints(integers.get(g)) : array(values.get(g))));
        for (String result : results) {
            double[] garbage = new double[values.get(result).length];
            java.util.Arrays.fill(garbage, Double.NaN);
            arguments.add(array(garbage));
        }
        if (method == null) {
            throw new AssertionError("no method " + name + "\n" + emitted.source());
        }
        method.invoke(instance, arguments.toArray());
        double worst = 0;
        for (int k = 0; k < results.size(); k++) {
            double[] expected = values.get(results.get(k));
            double scale = 1e-3;
            for (double v : expected) {
                scale = Math.max(scale, Math.abs(v));
            }
            for (int at = 0; at < expected.length; at++) {
                double found = ((Number) Array.get(arguments.get(given.size() + k), at)).doubleValue();
                double error = Math.abs(found - expected[at]) / scale;
                if (!(error <= (single ? 1e-4 : 1e-11))) {
                    throw new AssertionError(name + ": " + results.get(k) + "(" + at + ") is " + found + ", expected "
                            + expected[at] + "\n" + emitted.source());
                }
                worst = Math.max(worst, error);
            }
        }
        return worst;
    }

    private static int[] ints(long[] values) {
        return java.util.Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    private Object array(double[] values) {
        if (!single) {
            return values.clone();
        }
        float[] floats = new float[values.length];
        for (int k = 0; k < floats.length; k++) {
            floats[k] = (float) values[k];
        }
        return floats;
    }

    private double[] evaluate(Tensor tensor, List<Range> indices, Expr e) {
        Evaluator<Double> evaluator = new Evaluator<>(new DoubleField(), new Values(), sizes);
        long[] shape = shape(tensor);
        double[] result = new double[length(tensor)];
        for (int at = 0; at < result.length; at++) {
            Map<String, Long> point = new HashMap<>();
            long rest = at;
            for (int k = shape.length - 1; k >= 0; k--) {
                point.put(indices.get(k).name(), rest % shape[k]);
                rest /= shape[k];
            }
            result[at] = evaluator.value(e, point);
        }
        return result;
    }

    private final class Values implements Source<Double> {
        @Override
        public long[] shape(Ref ref) {
            return Agreement.this.shape(layer.tensor(ref.name()).orElseThrow());
        }

        @Override
        public Double read(Ref ref, long[] index) {
            String key = switch (ref.kind()) {
                case VALUE -> ref.name();
                case DELTA -> "delta " + ref.name();
                case GRAD -> "grad " + ref.name();
            };
            return values.get(key)[flat(shape(ref), index)];
        }

        @Override
        public long entry(String tensor, long[] index) {
            return integers.get(tensor)[flat(shape(Ref.value(tensor)), index)];
        }

        private int flat(long[] shape, long[] index) {
            long flat = 0;
            for (int k = 0; k < shape.length; k++) {
                flat = flat * shape[k] + index[k];
            }
            return (int) flat;
        }
    }
}

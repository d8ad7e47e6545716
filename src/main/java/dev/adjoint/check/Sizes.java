package dev.adjoint.check;

import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.Map;
import java.util.stream.Collectors;

/** Integers over the sizes of a layer, at given sizes. */
final class Sizes {
    private Sizes() {}

    static long evaluate(IntExpr e, Map<String, Long> sizes) {
        return e.evaluate(atom -> {
            Long value = atom instanceof Atom.Var variable ? sizes.get(variable.name()) : null;
            if (value == null) {
                throw new IllegalStateException(atom + " is no size");
            }
            return value;
        });
    }

    static long[] shape(Tensor tensor, Map<String, Long> sizes) {
        return tensor.shape().stream().mapToLong(e -> evaluate(e, sizes)).toArray();
    }

    /** Whether every axis counts at least one entry, every assumption holds, and no read leaves its tensor. */
    static boolean allows(Layer layer, Map<String, Long> sizes) {
        try {
            for (Tensor tensor : layer.tensors()) {
                for (IntExpr extent : tensor.shape()) {
                    if (evaluate(extent, sizes) < 1) {
                        return false;
                    }
                }
                if (tensor.limit().isPresent() && evaluate(tensor.limit().get(), sizes) < 1) {
                    return false;
                }
            }
            for (Cond assumption : layer.assumptions()) {
                if (!holds(assumption, sizes)) {
                    return false;
                }
            }
            for (Layer.OpenRead read : layer.openReads()) {
                if (!holds(read.inside(), sizes)) {
                    return false;
                }
            }
        } catch (ArithmeticException undefined) {
            return false;
        }
        return true;
    }

    private static boolean holds(Cond cond, Map<String, Long> sizes) {
        Source<Double> none = new Source<>() {
            @Override
            public long[] shape(Ref ref) {
                throw new IllegalStateException("a condition on sizes reads " + ref);
            }

            @Override
            public Double read(Ref ref, long[] index) {
                throw new IllegalStateException("a condition on sizes reads " + ref);
            }
        };
        return new Evaluator<>(new DoubleField(), none, sizes).holds(cond, Map.of());
    }

    /** {@code C=3, H=5}. */
    static String print(Map<String, Long> sizes) {
        return sizes.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(", "));
    }
}

package dev.adjoint.random;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Variables;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How the equations of a layer hang together: chains, diamonds, several uses; told from the finished layer. */
final class Structure {
    private Structure() {}

    static Set<String> of(Layer layer) {
        Set<String> found = new LinkedHashSet<>();
        for (Tensor tensor : layer.tensors()) {
            List<Equation> readers = layer.equations().stream()
                    .filter(e -> Variables.refs(e.rhs()).contains(Ref.value(tensor.name())))
                    .toList();
            boolean computed = !tensor.isGiven();
            if (computed && readers.size() > 1) {
                found.add("diamond: a computed tensor read by several equations");
            }
            if (tensor.role() == Tensor.Role.LET && readers.stream().anyMatch(e -> is(e, Tensor.Role.LET))) {
                found.add("chain: a let of a let");
            }
            if (tensor.role() == Tensor.Role.OUTPUT && !readers.isEmpty()) {
                found.add("an output of an output");
            }
            for (Equation reader : readers) {
                int reads = reads(reader.rhs(), tensor.name());
                found.addAll(computed && reads > 1 ? List.of("a let read twice in one equation") : List.of());
                found.addAll(reads > 1 ? List.of("a tensor read twice in one equation") : List.of());
            }
            if (tensor.hasGradient() && tensor.rank() == 0) {
                found.add("a scalar that is learned");
            }
            if (tensor.hasGradient() && readers.size() > 1) {
                found.add("a learned tensor read by several equations");
            }
        }
        return found;
    }

    private static boolean is(Equation equation, Tensor.Role role) {
        return equation.target().role() == role;
    }

    static int reads(Expr e, String tensor) {
        int[] count = {0};
        new Rewriter() {
            @Override
            public Expr expr(Expr node) {
                count[0] += node instanceof Expr.Read r && r.ref().equals(Ref.value(tensor)) ? 1 : 0;
                return super.expr(node);
            }
        }.expr(e);
        return count[0];
    }
}

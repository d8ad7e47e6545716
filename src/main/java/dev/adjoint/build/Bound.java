package dev.adjoint.build;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Substitution;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A layer and its claims with numbers in the place of some sizes. */
final class Bound {
    private final Map<String, Long> numbers;
    private final Map<String, IntExpr> values = new HashMap<>();

    private Bound(Map<String, Long> numbers) {
        this.numbers = numbers;
        numbers.forEach((name, value) -> values.put(name, IntExpr.of(value)));
    }

    static Layer of(Layer layer, Map<String, Long> sizes) {
        return sizes.isEmpty() ? layer : new Bound(sizes).layer(layer);
    }

    static Claim of(Claim claim, Map<String, Long> sizes) {
        return sizes.isEmpty() ? claim : new Bound(sizes).claim(claim);
    }

    private Layer layer(Layer layer) {
        return new Layer(
                layer.packageName(),
                layer.name(),
                layer.doc(),
                layer.sizes().stream()
                        .filter(size -> !numbers.containsKey(size.name()))
                        .toList(),
                layer.tensors().stream().map(this::tensor).toList(),
                layer.functions(),
                layer.equations().stream()
                        .map(e -> new Equation(tensor(e.target()), ranges(e.indices()), expr(e.rhs()), e.place()))
                        .toList(),
                layer.assumptions().stream()
                        .map(this::cond)
                        .filter(c -> !holds(c))
                        .toList(),
                layer.valueAssumptions().stream().map(this::cond).toList(),
                layer.claims().stream().map(this::claim).toList(),
                layer.verifications(),
                layer.openReads().stream()
                        .map(r -> new Layer.OpenRead(cond(r.inside()), r.read(), r.place()))
                        .filter(r -> !holds(r.inside()))
                        .toList(),
                layer.place());
    }

    private Claim claim(Claim claim) {
        return new Claim(
                expr(claim.left()),
                expr(claim.right()),
                ranges(claim.indices()),
                claim.doc(),
                claim.text(),
                claim.place());
    }

    private Tensor tensor(Tensor tensor) {
        return new Tensor(
                tensor.name(),
                tensor.role(),
                tensor.shape().stream().map(e -> e.substitute(values)).toList(),
                tensor.limit().map(e -> e.substitute(values)),
                tensor.place());
    }

    private List<Range> ranges(List<Range> ranges) {
        return ranges.stream()
                .map(r -> new Range(r.name(), r.lo().substitute(values), r.hi().substitute(values)))
                .toList();
    }

    private Expr expr(Expr e) {
        return Substitution.of(e, values);
    }

    private Cond cond(Cond c) {
        return Substitution.of(c, values);
    }

    /** A condition between numbers that is true: it goes without saying. */
    private static boolean holds(Cond c) {
        return c instanceof Cond.Constant constant && constant.value();
    }
}

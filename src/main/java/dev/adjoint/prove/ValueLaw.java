package dev.adjoint.prove;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Layer;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a layer assumes of its data, as {@code Σ_k t[n,k] = 1} for all n.
 *
 * @param everywhere the indices for all of whose values the condition holds
 */
record ValueLaw(List<Range> everywhere, Cond condition) {
    static List<ValueLaw> of(Layer layer) {
        return layer.valueAssumptions().stream().map(ValueLaw::of).toList();
    }

    /** The language keeps "for all n" as {@code prod[n]([…]) == 1}. */
    private static ValueLaw of(Cond c) {
        if (c instanceof Cond.Values v
                && v.rel() == Rel.EQ
                && v.right().equals(Expr.Num.ONE)
                && v.left() instanceof Expr.Reduce r
                && r.kind() == Expr.Reduce.Kind.PROD
                && r.body() instanceof Expr.Iverson each) {
            return new ValueLaw(r.ranges(), each.cond());
        }
        return new ValueLaw(List.of(), c);
    }

    /** As people write it. */
    String text() {
        String all = everywhere.stream().map(Range::name).collect(Collectors.joining(", "));
        return Printer.print(condition) + (all.isEmpty() ? "" : " for all " + all);
    }
}

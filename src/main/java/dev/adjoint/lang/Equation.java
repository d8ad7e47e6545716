package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Expr;
import dev.adjoint.index.Range;
import java.util.List;

/**
 * One tensor defined: {@code target[i < n, …] = rhs}. Every index of the target has its range, from 0 to the axis'
 * extent; every index of the right-hand side is bound by a reduction of it or stands in the target.
 */
public record Equation(Tensor target, List<Range> indices, Expr rhs, Place place) {
    public Equation {
        indices = List.copyOf(indices);
    }
}

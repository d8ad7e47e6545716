package dev.adjoint.lower;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import java.util.List;

/**
 * A tensor to be computed: {@code target[indices] = rhs}. The indices run from 0; a definition of an integer tensor has
 * an {@link Expr.IntValue} on its right.
 */
public record Definition(Ref target, List<Range> indices, Expr rhs) {
    public Definition {
        indices = List.copyOf(indices);
    }

    /** The same with another right-hand side. */
    public Definition with(Expr other) {
        return new Definition(target, indices, other);
    }
}

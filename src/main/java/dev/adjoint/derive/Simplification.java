package dev.adjoint.derive;

import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;

/** Resolves quotients, remainders and extrema of integers where a domain decides them. */
final class Simplification extends Rewriter {
    private final Domain domain;

    Simplification(Domain domain) {
        this.domain = domain;
    }

    @Override
    public IntExpr integer(IntExpr e) {
        IntExpr simple = domain.simplify(super.integer(e));
        return simple.equals(e) ? e : simple;
    }
}

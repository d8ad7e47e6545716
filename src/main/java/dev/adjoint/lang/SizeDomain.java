package dev.adjoint.lang;

import dev.adjoint.expr.Cond;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;

/** What a layer takes for granted of its sizes, as constraints. */
final class SizeDomain {
    private SizeDomain() {}

    static Domain of(Layer layer) {
        Domain domain = Domain.ALL;
        for (Tensor tensor : layer.tensors()) {
            for (IntExpr extent : tensor.shape()) {
                if (!extent.isConstant()) {
                    domain = domain.and(Constraint.le(IntExpr.ONE, extent));
                }
            }
        }
        for (Cond assumption : layer.assumptions()) {
            for (Cond part : Cond.conjuncts(assumption)) {
                if (part instanceof Cond.Ints ints && ints.constraint().isPresent()) {
                    domain = domain.and(ints.constraint().get());
                }
            }
        }
        return domain;
    }
}

package dev.adjoint.lower;

import dev.adjoint.expr.Expr;
import dev.adjoint.loop.Real;

/**
 * How values become one.
 *
 * @param word for what they become
 * @param start what they become if there are none
 * @param op how two become one
 */
record Fold(String word, Real start, Real.Op op) {
    static Fold of(Expr.Reduce.Kind kind) {
        return switch (kind) {
            case SUM -> new Fold("sum", Real.ZERO, Real.Op.ADD);
            case PROD -> new Fold("product", Real.ONE, Real.Op.MUL);
            case MAX -> new Fold("largest", Real.Special.NEGATIVE_INFINITY, Real.Op.MAX);
            case MIN -> new Fold("smallest", Real.Special.INFINITY, Real.Op.MIN);
        };
    }
}

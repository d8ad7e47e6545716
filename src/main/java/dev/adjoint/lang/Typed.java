package dev.adjoint.lang;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;

/** What an expression turned out to be: the sorts of the language. */
sealed interface Typed {
    /** Its error is told already; whatever is built of it is bad without a further word. */
    enum Bad implements Typed {
        BAD
    }

    /** An integer: made of literals, sizes, indices, integer tensors. */
    record Int(IntExpr value) implements Typed {}

    /** A real value. */
    record Real(Expr value) implements Typed {}

    /** A condition. */
    record Truth(Cond value) implements Typed {}

    /** A tensor with axes, as a whole. */
    record Whole(TensorValue tensor) implements Typed {}

    /** In words, for messages. */
    default String sort() {
        if (this instanceof Int) {
            return "an integer";
        }
        if (this instanceof Real) {
            return "a value";
        }
        if (this instanceof Truth) {
            return "a condition";
        }
        return this instanceof Whole ? "a whole tensor" : "an error";
    }
}

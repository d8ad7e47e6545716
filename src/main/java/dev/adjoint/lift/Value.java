package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import java.util.List;

/** What a Java expression evaluates to, or a variable holds. */
sealed interface Value {
    /** An {@code int}: a tree of {@link Ints}. */
    record Int(Expr tree) implements Value {}

    /** A {@code float} or {@code double}. */
    record Real(Expr value) implements Value {}

    /** A {@code boolean}. */
    record Truth(Cond value) implements Value {}

    /** An array, or with indices a part of it: {@code w[d]}. */
    record Array(int id, List<Expr> prefix) implements Value {
        public Array {
            prefix = List.copyOf(prefix);
        }
    }

    /** A variable of {@code float} or {@code double}, whose content is a cell of the heap. */
    record Variable(int id) implements Value {}

    /** What cannot be said; whoever reads it is refused. */
    record Unknown(Refusal why) implements Value {}

    /** What a method without a result returns. */
    record Nothing() implements Value {}

    /** {@code null}. */
    record Null() implements Value {}
}

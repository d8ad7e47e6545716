package dev.adjoint.prove;

import dev.adjoint.expr.Expr;
import java.util.List;

/**
 * A way to make a claim true.
 *
 * @param mistakes what was done wrong, a line for each edit
 * @param right the claim's right-hand side, mended
 * @param rank the lower the more usual
 */
record Mend(List<String> mistakes, Expr right, int rank) {
    Mend {
        mistakes = List.copyOf(mistakes);
    }

    Mend(String mistake, Expr right, int rank) {
        this(List.of(mistake), right, rank);
    }
}

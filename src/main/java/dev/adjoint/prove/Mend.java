package dev.adjoint.prove;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Printer;
import java.util.function.Supplier;

/**
 * One edit of a claim's right-hand side.
 *
 * @param site where
 * @param part what belongs there: an {@link Expr}, an {@link dev.adjoint.index.IntExpr} or a {@link
 *     dev.adjoint.expr.Cond}, as the site has it
 * @param mistake what was done wrong there
 * @param rank the lower the more usual
 */
record Mend<T>(Site<T> site, T part, Supplier<String> mistake, int rank) {
    /** Longer parts are cut where they are told. */
    private static final int LONGEST = 80;

    /** A part, as a mistake tells it. */
    static String text(Expr e) {
        String text = Printer.print(e);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /** The right-hand side with the edit made. */
    Expr right() {
        return site.with(part);
    }
}

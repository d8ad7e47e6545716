package dev.adjoint.derive;

import dev.adjoint.expr.Expr;
import java.util.Optional;

/**
 * A law, applied to one node.
 *
 * @param name in the field's terms, as {@code product rule}
 * @param law the formula, as {@code d(a*b) = d(a)*b + a*d(b)}
 */
record Rule(String name, String law, Application application) {
    /** The node rewritten, or nothing where the law does not apply. */
    @FunctionalInterface
    interface Application {
        Optional<Rewrite> apply(Expr node, Scope scope);
    }

    /**
     * What a node became.
     *
     * @param condition why that is allowed here; empty if it always is
     */
    record Rewrite(Expr result, String condition) {
        static Optional<Rewrite> to(Expr result) {
            return Optional.of(new Rewrite(result, ""));
        }

        static Optional<Rewrite> to(Expr result, String condition) {
            return Optional.of(new Rewrite(result, condition));
        }
    }
}

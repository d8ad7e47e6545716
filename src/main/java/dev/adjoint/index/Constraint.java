package dev.adjoint.index;

import java.util.Map;

/** A fact about integers: {@code expr = 0} if it is an equality, {@code expr ≥ 0} otherwise. */
public record Constraint(IntExpr expr, boolean equality) {
    /** {@code left ≤ right}. */
    public static Constraint le(IntExpr left, IntExpr right) {
        return new Constraint(right.minus(left), false);
    }

    /** {@code left < right}. */
    public static Constraint lt(IntExpr left, IntExpr right) {
        return new Constraint(right.minus(left).minus(1), false);
    }

    /** {@code left = right}. */
    public static Constraint eq(IntExpr left, IntExpr right) {
        return new Constraint(left.minus(right), true);
    }

    public Constraint substitute(Map<String, IntExpr> values) {
        IntExpr replaced = expr.substitute(values);
        return replaced == expr ? this : new Constraint(replaced, equality);
    }

    @Override
    public String toString() {
        return expr + (equality ? " = 0" : " >= 0");
    }
}

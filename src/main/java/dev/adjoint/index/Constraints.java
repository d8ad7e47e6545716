package dev.adjoint.index;

import java.util.Collection;
import java.util.Map;

/** Normal forms of single constraints. */
final class Constraints {
    /** What a constraint says by itself. A constraint that always holds and one that never does are not alike. */
    enum Truth {
        ALWAYS,
        NEVER,
        DEPENDS
    }

    private Constraints() {}

    static Truth truth(Constraint c) {
        if (!c.expr().isConstant()) {
            return Truth.DEPENDS;
        }
        long value = c.expr().constant();
        return (c.equality() ? value == 0 : value >= 0) ? Truth.ALWAYS : Truth.NEVER;
    }

    /**
     * {@code g·e + c ≥ 0  →  e + ⌊c/g⌋ ≥ 0}; {@code g·e + c = 0  →  e + c/g = 0}, or {@code −1 ≥ 0} unless
     * {@code g | c}.
     */
    static Constraint normal(Constraint c) {
        long g = 0;
        for (Map.Entry<Monomial, Long> term : c.expr().terms().entrySet()) {
            if (!term.getKey().factors().isEmpty()) {
                g = Elimination.gcd(g, term.getValue());
            }
        }
        if (g <= 1) {
            return c;
        }
        if (c.equality() && c.expr().constant() % g != 0) {
            return new Constraint(IntExpr.of(-1), false);
        }
        IntExpr divided = IntExpr.ZERO;
        for (Map.Entry<Monomial, Long> term : c.expr().terms().entrySet()) {
            divided = divided.plus(IntExpr.of(term.getKey(), Math.floorDiv(term.getValue(), g)));
        }
        return new Constraint(divided, c.equality());
    }

    /** Adds the normal form, unless it always holds or is there already. */
    static void addNormal(Collection<Constraint> constraints, Constraint c) {
        Constraint normal = normal(c);
        if (truth(normal) != Truth.ALWAYS && !constraints.contains(normal)) {
            constraints.add(normal);
        }
    }

    /** {@code ¬(e ≥ 0)}, that is {@code −e − 1 ≥ 0}. */
    static Constraint not(Constraint inequality) {
        if (inequality.equality()) {
            throw new IllegalArgumentException("the negation of an equality is not one constraint: " + inequality);
        }
        return new Constraint(inequality.expr().negate().minus(1), false);
    }
}

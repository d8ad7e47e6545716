package dev.adjoint.loop;

import dev.adjoint.index.IntExpr;

/**
 * How many entries a vector holds: known when a class is loaded, not when it is emitted. Every place and length in a
 * plan may depend on it.
 */
public final class Lane {
    /** No size or index has this name. */
    public static final String NAME = "$lanes";

    /** The number of lanes, at least 1. */
    public static final IntExpr COUNT = IntExpr.var(NAME);

    /** No vector of any machine has more: 2,048 bits of single precision. */
    public static final long MOST = 64;

    /** A lane's own number, from 0 on; it stands in values and conditions of lanes, never in a place. */
    public static final IntExpr NUMBER = IntExpr.var("$lane");

    private Lane() {}

    /** Whether an integer is another one in each lane. */
    public static boolean isIn(IntExpr e) {
        return e.variables().contains("$lane");
    }
}

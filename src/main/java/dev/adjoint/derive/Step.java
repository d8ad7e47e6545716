package dev.adjoint.derive;

import dev.adjoint.expr.Expr;

/**
 * One step of a derivation: a law applied at one place.
 *
 * @param rule the law's name, as {@code product rule}
 * @param law the law as a formula, as {@code d(a*b) = d(a)*b + a*d(b)}
 * @param before the whole right-hand side before the step
 * @param after the whole right-hand side after it, equal to {@code before} for all values of the indices
 * @param part the part that was rewritten
 * @param replacement what it became
 * @param condition why the law may be applied here; empty if it always may
 */
public record Step(String rule, String law, Expr before, Expr after, Expr part, Expr replacement, String condition) {}

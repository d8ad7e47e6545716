/**
 * Formulas as they are set on paper: a small tree of rows, indices, fractions and sums, made of expressions, compared
 * with another to find what changed, printed as MathML and as LaTeX. Imports expr and index only.
 */
@NullMarked
package dev.adjoint.report.math;

import org.jspecify.annotations.NullMarked;

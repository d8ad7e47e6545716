/**
 * Whether two formulas are the same function: proof for all sizes, smallest counterexample, and what mistake was made.
 *
 * <p>Imports what stands above it in the flow: index, expr, eval, lang, derive.
 */
@NullMarked
package dev.adjoint.prove;

import org.jspecify.annotations.NullMarked;

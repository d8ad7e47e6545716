/**
 * Evaluation of expressions: exactly, in the rationals, in a prime field and in intervals, and approximately, in
 * double. In: an expression, sizes, and the values of its tensors. Out: a value, or the reason why there is none (a
 * division by zero, a read outside its tensor). What other stages derive or rewrite is checked against it. It may
 * import {@code diagnostic}, {@code index} and {@code expr}.
 */
@NullMarked
package dev.adjoint.eval;

import org.jspecify.annotations.NullMarked;

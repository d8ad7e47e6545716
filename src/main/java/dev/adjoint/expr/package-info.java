/**
 * The expression tree over the reals: reads of tensors, sums, products, reductions over windows, functions,
 * conditions, exact rationals. In: parts, given to smart constructors that keep every tree simplified. Out: immutable
 * trees that print as the spec language itself, and rewriters, variables and substitutions over them. It may import
 * {@code diagnostic} and {@code index}.
 */
@NullMarked
package dev.adjoint.expr;

import org.jspecify.annotations.NullMarked;

/**
 * Reverse-mode differentiation as rewriting. In: a layer. Out: the gradient of every input, parameter and
 * intermediate as a formula, and its derivation, in which each step is a record of its rule, its place, before, after
 * and side condition. It may import {@code diagnostic}, {@code index}, {@code expr}, {@code eval}, {@code lang} and
 * {@code lift}.
 */
@NullMarked
package dev.adjoint.derive;

import org.jspecify.annotations.NullMarked;

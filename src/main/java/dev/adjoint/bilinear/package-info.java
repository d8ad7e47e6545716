/**
 * Minimal bilinear algorithms for correlations: {@code y = Aᵀ[(G g) ⊙ (Bᵀ d)]} (Winograd's minimal filtering by the
 * algorithm of Cook and Toom), derived in exact rationals and proved. In: how many outputs, how many taps, and the
 * points of interpolation. Out: the matrices, the statement that they compute a correlation as a layer in the language
 * with the prover's verdicts on it, the transforms as straight-line programs with counted operations, and a bound of
 * the rounding error. It may import the packages from {@code diagnostic} to {@code prove}; it decides nothing about a
 * layer, that is for {@code plan} to do.
 */
@NullMarked
package dev.adjoint.bilinear;

import org.jspecify.annotations.NullMarked;

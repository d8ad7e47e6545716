/**
 * Integer mathematics of sizes and indices: affine forms and their atoms ({@code div}, {@code mod}, {@code min},
 * {@code max}, {@code abs}), ranges and domains, Hermite and Smith normal forms, Fourier–Motzkin elimination. In:
 * integer expressions and constraints over named integers. Out: the same, decided, solved or projected. It knows
 * nothing of tensors and values; of Adjoint it may import {@code diagnostic} only.
 */
@NullMarked
package dev.adjoint.index;

import org.jspecify.annotations.NullMarked;

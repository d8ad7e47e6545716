/**
 * From an equation to the loop nest in its own order: windows clamped to where they lie, conditions turned into bounds,
 * factors taken out of sums, and what has no place in an array computed where it is read. In: definitions of tensors.
 * Out: steps. It may import the packages from {@code diagnostic} to {@code transform}.
 */
@NullMarked
package dev.adjoint.lower;

import org.jspecify.annotations.NullMarked;

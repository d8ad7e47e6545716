/**
 * Figures of layers with up to two spatial axes, computed from the formulas themselves: which entries an entry is made
 * of is found by enumerating the reads of the equation, or of a derived gradient, at small sizes. In: a layer and its
 * derivation. Out: grids of cells with what stands in them, and drawings of these. Imports expr, eval, lang, derive.
 */
@NullMarked
package dev.adjoint.report.figure;

import org.jspecify.annotations.NullMarked;

/**
 * From equations to loop nests: their order, tiles, unrolling, vector axis, packing, borders and buffers. In: a
 * layer's equations and gradients, the bound sizes, the target. Out: a plan, in which every decision about the
 * generated code is made and has its reason beside it. It may import the packages from {@code diagnostic} to {@code
 * bilinear}; it prints nothing.
 */
@NullMarked
package dev.adjoint.plan;

import org.jspecify.annotations.NullMarked;

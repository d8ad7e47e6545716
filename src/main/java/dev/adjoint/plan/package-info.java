/**
 * Which loop nest computes each equation: candidates with their blocks, vector axis, packing, tiles, borders and
 * buffers, what each costs, and the choice among them. In: a layer's equations and gradients, the bound sizes, the
 * target. Out: a plan, in which every decision about the generated code is made and has its reason beside it. It may
 * import the packages from {@code diagnostic} to {@code lower}; it prints nothing.
 */
@NullMarked
package dev.adjoint.plan;

import org.jspecify.annotations.NullMarked;

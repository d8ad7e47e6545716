/**
 * Derivations as pages: every step with its rule and its reason. In: derivations. Out: text. Imports everything before
 * it in the pipeline.
 */
@NullMarked
package dev.adjoint.report;

import org.jspecify.annotations.NullMarked;

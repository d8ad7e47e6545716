/**
 * Wrong claims, made systematically: every edit of a claim's syntax tree that the language still accepts, and whether
 * it changes the value, decided by exact evaluation of the layer's equations. What is proved and what is diagnosed is
 * measured against them; the edits come from the grammar alone and know nothing of what a prover looks for.
 */
@NullMarked
package dev.adjoint.mutation;

import org.jspecify.annotations.NullMarked;

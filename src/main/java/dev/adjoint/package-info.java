/**
 * Adjoint's public API: what a build tool, an editor or a test calls, and nothing else. In: specs, as text or as a
 * directory of {@code .layer} files, and options. Out: derivations, verdicts, generated sources and reports, as plain
 * values, and diagnostics instead of exceptions for whatever is wrong with the specs. It may import every stage of
 * the pipeline; only the two faces, {@code dev.adjoint.cli} and {@code dev.adjoint.maven}, may import it.
 */
@NullMarked
package dev.adjoint;

import org.jspecify.annotations.NullMarked;

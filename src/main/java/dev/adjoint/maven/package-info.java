/**
 * The Maven goals: parameters bound, the API called, diagnostics mapped to the build's log. No logic. In: the
 * project, its configuration and its specs. Out: source roots, reports, and a failed build where a claim or a check
 * failed. It may import everything but {@code dev.adjoint.cli}; no other package sees Maven or Plexus.
 */
@NullMarked
package dev.adjoint.maven;

import org.jspecify.annotations.NullMarked;

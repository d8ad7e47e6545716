/**
 * The command line: options bound, the API called, diagnostics printed, an exit status returned. No logic. In:
 * arguments. Out: text or JSON on the terminal; status 0 if all is well, 1 if a claim or a check failed, 2 for bad
 * usage or a bad spec. It may import everything but {@code dev.adjoint.maven}; no other package sees picocli.
 */
@NullMarked
package dev.adjoint.cli;

import org.jspecify.annotations.NullMarked;

/**
 * Loop nests as values: steps, reals, tests, buffers and routines, questions about them, and an interpreter that says
 * exactly, in any field, what they compute. In: nothing. Out: the language that plans are written in. It may import the
 * packages from {@code diagnostic} to {@code bilinear}.
 */
@NullMarked
package dev.adjoint.loop;

import org.jspecify.annotations.NullMarked;

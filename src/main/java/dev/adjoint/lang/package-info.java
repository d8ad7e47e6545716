/**
 * The spec language: the grammar's parse tree resolved into layers; ranges inferred, accesses proved to lie inside.
 * In: the text of a {@code .layer} file and what it imports. Out: layers whose names, ranges and accesses are
 * settled, or all independent errors with their places. It may import {@code diagnostic}, {@code index}, {@code expr}
 * and {@code eval}; no other package sees ANTLR.
 */
@NullMarked
package dev.adjoint.lang;

import org.jspecify.annotations.NullMarked;

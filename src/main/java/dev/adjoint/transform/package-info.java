/**
 * From loop nests to loop nests that compute the same: loops written out, common parts taken out, branches turned into
 * choices, inner loops run in vectors of any number of lanes, outer ones shared among threads. Each is a small rewriting
 * that knows nothing of layers. It may import the packages from {@code diagnostic} to {@code loop}.
 */
@NullMarked
package dev.adjoint.transform;

import org.jspecify.annotations.NullMarked;

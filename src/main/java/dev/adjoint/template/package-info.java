/**
 * StringTemplate behind one door: groups loaded from the jar, rendered under the lock that the library's static state
 * requires, its errors turned into diagnostics. In: a template's name and plain records to fill it with. Out: text.
 * No other package sees StringTemplate. Of Adjoint it may import the stages above it and needs {@code diagnostic}
 * only.
 */
@NullMarked
package dev.adjoint.template;

import org.jspecify.annotations.NullMarked;

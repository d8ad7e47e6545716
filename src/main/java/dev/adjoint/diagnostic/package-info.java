/**
 * What the tool has to say to its user: a place, a code, a message, notes and help, in one record. In: the source
 * text and the findings of every stage. Out: caret text for a terminal, the one-line form that Maven and editors
 * recognise, JSON. It imports nothing of Adjoint; all other packages may import it.
 */
@NullMarked
package dev.adjoint.diagnostic;

import org.jspecify.annotations.NullMarked;

/**
 * Plans printed as Java: names that do not collide, literals exact on every JDK, the records that the templates
 * print. In: a plan. Out: the source of a class, the same bytes on every JDK, locale and platform. It decides names
 * and layout only, everything else was decided by the plan. It may import the packages from {@code diagnostic} to
 * {@code template}.
 */
@NullMarked
package dev.adjoint.emit;

import org.jspecify.annotations.NullMarked;

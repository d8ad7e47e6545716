/**
 * The generated class put to the test: compiled, run in a JVM of its own, compared with numeric gradients and with
 * exact evaluation, or run against other plans of the same class and measured. In: emitted source and the layer that it
 * claims to compute. Out: a report of what agreed, to which tolerance, and what did not, or the plan that is the fastest;
 * a hang or an exhausted heap is a reported failure. It may import the packages from {@code diagnostic} to {@code emit};
 * no other package sees Commons Math, and of the others only {@code lift} sees JavaParser.
 */
@NullMarked
package dev.adjoint.check;

import org.jspecify.annotations.NullMarked;

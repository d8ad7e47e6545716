/**
 * Who is measured: generated classes, im2col with a BLAS in Java, and whatever peers a profile of the build puts on the
 * class path, each behind one interface, from arrays of floats to arrays of floats. Imports the workloads and the API
 * of Adjoint.
 */
@NullMarked
package dev.adjoint.bench.contender;

import org.jspecify.annotations.NullMarked;

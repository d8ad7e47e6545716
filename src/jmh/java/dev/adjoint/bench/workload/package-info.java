/**
 * What is measured: layers with all their sizes, each as a spec says it and as a peer's call does, the data that a pass
 * reads, and what it must compute, in double precision. Imports nothing but the JDK.
 */
@NullMarked
package dev.adjoint.bench.workload;

import org.jspecify.annotations.NullMarked;

/**
 * Native libraries as a Java program calls them, through the JavaCPP presets: oneDNN and PyTorch, held to one thread.
 * Compiled in the profile {@code peers} alone.
 */
@NullMarked
package dev.adjoint.bench.peer;

import org.jspecify.annotations.NullMarked;

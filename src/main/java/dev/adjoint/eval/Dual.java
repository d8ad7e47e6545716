package dev.adjoint.eval;

/**
 * A value with its derivative by one variable: {@code value + tangent·ε}, ε² = 0.
 *
 * @param <V> what both are
 */
public record Dual<V>(V value, V tangent) {}

package dev.adjoint.bench.workload;

/**
 * A layer that is measured.
 *
 * @param name a Java identifier
 * @param about what it stands for
 */
public record Workload(String name, String about, Problem problem) {}

package dev.adjoint.report.figure;

/** A place in a drawn plane, counted from 0; one outside of the plane is negative or too large. */
public record Point(int row, int column) {}

package dev.adjoint.emit;

/**
 * A file to be written.
 *
 * @param path relative, with forward slashes, as {@code com/acme/layers/Conv3x3.java}
 * @param text the whole of it, LF, with a final newline
 */
public record SourceFile(String path, String text) {}

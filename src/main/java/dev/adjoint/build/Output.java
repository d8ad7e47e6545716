package dev.adjoint.build;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.emit.SourceFile;

/**
 * A file to be written, and where it came from.
 *
 * @param spec the spec's name, as its first line has it
 * @param of what the file is of, as {@code Conv3x3}
 * @param place the statement that asked for it
 */
record Output(SourceFile file, String spec, String of, Place place) {}

package dev.adjoint.build;

import java.nio.file.Path;

/**
 * A spec as it was found.
 *
 * @param path where it is
 * @param shown its name in diagnostics: as the user named it, with forward slashes
 * @param name its name in what is generated, the same wherever the tool is run from: relative to the base of the run
 */
record Spec(Path path, String shown, String name) {}

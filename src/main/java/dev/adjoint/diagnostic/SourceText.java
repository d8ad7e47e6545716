package dev.adjoint.diagnostic;

import java.util.Optional;

/** Where a renderer finds the text that a place points into. */
@FunctionalInterface
public interface SourceText {
    /** Of no file: places are shown without their lines. */
    SourceText NONE = file -> Optional.empty();

    /** The whole text of a file, by the name that {@link Place#file} has for it. */
    Optional<String> of(String file);
}

package dev.adjoint.build;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The shipped specs: {@code specs/conv.layer} of the project is {@code library:conv.layer} to who imports it. */
final class Library {
    /** What the names of the library's specs begin with. */
    static final String SCHEME = "library:";

    private static final String ROOT = "/adjoint/specs/";

    private Library() {}

    /** The text of a shipped spec. */
    static Optional<String> text(String name) {
        if (!name.startsWith(SCHEME) || !OutputPath.isSafe(name.substring(SCHEME.length()))) {
            return Optional.empty();
        }
        try (InputStream in = Library.class.getResourceAsStream(ROOT + name.substring(SCHEME.length()))) {
            return in == null ? Optional.empty() : Optional.of(SpecReader.decode(in.readAllBytes(), name));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

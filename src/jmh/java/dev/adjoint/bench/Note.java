package dev.adjoint.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a JVM that is measured tells the one that started it, beside times: one line in a file that both know. */
final class Note {
    /** The system property that names the file. */
    static final String FILE = "adjoint.bench.note";

    private Note() {}

    /** Leaves a line, in place of any before. */
    static void leave(String line) {
        try {
            Files.writeString(Path.of(System.getProperty(FILE)), line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the line, if one was left. */
    static Optional<String> take(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String line = Files.readString(file);
        Files.delete(file);
        return Optional.of(line);
    }
}

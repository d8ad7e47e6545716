package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.SourceText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The texts of specs for those who show diagnostics: from the disk, or from the library in the jar. */
public final class Sources {
    private Sources() {}

    /** Each file is read once, when it is first asked for. */
    public static SourceText onDisk() {
        Map<String, Optional<String>> known = new HashMap<>();
        return file -> known.computeIfAbsent(file, Sources::read);
    }

    private static Optional<String> read(String file) {
        Optional<String> packaged = Library.text(file);
        if (packaged.isPresent()) {
            return packaged;
        }
        try {
            return Optional.of(SpecReader.read(Path.of(file), file));
        } catch (AdjointException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}

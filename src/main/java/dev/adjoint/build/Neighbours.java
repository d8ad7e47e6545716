package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.lang.Importer;
import dev.adjoint.lang.Importers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The specs in the directory of a spec that is worked on alone: what it imports may stand there. They are read when the
 * first import asks; those that cannot be read are left out.
 */
final class Neighbours implements Importer {
    private final Path spec;
    private @Nullable Importer found;

    private Neighbours(Path spec) {
        this.spec = spec;
    }

    /** Those of one spec; none of a directory, which was read as a whole. */
    static Importer of(Path from) {
        return Files.isDirectory(from) ? Importer.NONE : new Neighbours(from);
    }

    @Override
    public synchronized List<Source> find(String packageName) {
        if (found == null) {
            found = Importers.texts(texts());
        }
        return found.find(packageName);
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Spec beside : SpecScan.beside(spec, new Diagnostics())) {
            try {
                texts.put(beside.shown(), SpecReader.read(beside.path(), beside.shown()));
            } catch (AdjointException unreadable) {
                // If it is imported, it is said to be missing.
            }
        }
        return texts;
    }
}

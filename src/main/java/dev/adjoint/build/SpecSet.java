package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.lang.SpecFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The specs that a run is about, read and resolved.
 *
 * @param texts name → text of each spec and of what it imports
 */
record SpecSet(List<Loaded> files, Map<String, String> texts) {
    /** A spec and what stands in it. */
    record Loaded(Spec spec, SpecFile file) {}

    /** A spec, or what is wrong with it. */
    private record Read(Optional<Loaded> loaded, List<Diagnostic> errors) {
        static Read of(Spec spec, Language language, Progress progress) {
            synchronized (progress) {
                progress.item(spec.name());
            }
            try {
                return new Read(Optional.of(new Loaded(spec, language.resolve(spec))), List.of());
            } catch (AdjointException e) {
                return new Read(Optional.empty(), e.diagnostics());
            }
        }
    }

    SpecSet {
        files = List.copyOf(files);
        texts = Map.copyOf(texts);
    }

    /**
     * Reads and resolves everything that a request names.
     *
     * @throws AdjointException with all errors of all files
     */
    static SpecSet load(BuildRequest request, Progress progress) {
        Diagnostics found = new Diagnostics();
        boolean absent = request.none() && !Files.exists(request.from());
        List<Spec> specs = absent ? List.of() : SpecScan.of(request.from(), request.base(), found);
        if (specs.isEmpty() && !found.hasErrors() && !request.none()) {
            found.add(Trouble.noSpecs(request.from()));
        }
        Map<String, String> texts = new ConcurrentHashMap<>();
        for (Spec spec : specs) {
            try {
                texts.put(spec.name(), SpecReader.read(spec.path(), spec.shown()));
            } catch (AdjointException e) {
                found.addAll(e.diagnostics());
            }
        }
        Language language = new Language(specs, texts, Neighbours.of(request.from()));
        List<Callable<Read>> work = new ArrayList<>();
        for (Spec spec : specs) {
            if (texts.containsKey(spec.name())) {
                work.add(() -> Read.of(spec, language, progress));
            }
        }
        progress.begin("read", work.size());
        List<Loaded> files = new ArrayList<>();
        for (Read read : Deep.all("a spec", work)) {
            found.addAll(read.errors());
            read.loaded().ifPresent(files::add);
        }
        progress.end();
        found.throwIfErrors();
        return new SpecSet(files, texts);
    }

    List<Diagnostic> warnings() {
        Diagnostics all = new Diagnostics();
        files.forEach(loaded -> all.addAll(loaded.file().warnings()));
        return all.list();
    }
}

package dev.adjoint.build;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.lang.SpecFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The specs that a run is about, read and resolved.
 *
 * @param texts name → text of each spec and of what it imports
 */
record SpecSet(List<Loaded> files, Map<String, String> texts) {
    /** A spec and what stands in it. */
    record Loaded(Spec spec, SpecFile file) {}

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
        Map<String, String> texts = new LinkedHashMap<>();
        for (Spec spec : specs) {
            try {
                texts.put(spec.name(), SpecReader.read(spec.path(), spec.shown()));
            } catch (AdjointException e) {
                found.addAll(e.diagnostics());
            }
        }
        List<Loaded> files = new ArrayList<>();
        Language language = new Language(specs, texts, Neighbours.of(request.from()));
        progress.begin("read", specs.size());
        for (Spec spec : specs) {
            if (!texts.containsKey(spec.name())) {
                continue;
            }
            progress.item(spec.name());
            try {
                files.add(new Loaded(spec, language.resolve(spec)));
            } catch (AdjointException e) {
                found.addAll(e.diagnostics());
            }
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

package dev.adjoint.build;

import dev.adjoint.lang.Importer;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.SpecFile;
import dev.adjoint.lang.Specs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Resolves specs against each other, against those beside them and the shipped library, and remembers the texts that
 * they import.
 */
final class Language {
    private final Map<String, String> texts;
    private final Importer importer;

    /**
     * @param texts name → text of each spec; what an import reads is added
     * @param beside what else may be imported
     */
    Language(List<Spec> specs, Map<String, String> texts, Importer beside) {
        this.texts = texts;
        Map<String, String> shown = new LinkedHashMap<>();
        for (Spec spec : specs) {
            String text = texts.get(spec.name());
            if (text != null) {
                shown.put(spec.shown(), text);
            }
        }
        this.importer =
                Importers.texts(shown).and(remembering(Importers.library())).and(remembering(beside));
    }

    private Importer remembering(Importer other) {
        return packageName -> {
            List<Importer.Source> found = other.find(packageName);
            found.forEach(source -> texts.putIfAbsent(source.file(), source.text()));
            return found;
        };
    }

    /**
     * A spec, resolved.
     *
     * @throws dev.adjoint.diagnostic.AdjointException with all its errors
     */
    SpecFile resolve(Spec spec) {
        return Specs.parse(spec.shown(), java.util.Objects.requireNonNull(texts.get(spec.name())), importer);
    }
}

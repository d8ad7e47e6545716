package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import java.util.List;

/**
 * One file of the language, resolved.
 *
 * @param file as the user named it, with forward slashes
 * @param doc the documentation comment before the {@code package}, without its stars; empty if there is none
 * @param definitions those at the top of the file, in order
 * @param imports the files that it imports, directly or through others, by the same kind of name
 * @param warnings what the user should know and may leave
 */
public record SpecFile(
        String file,
        String packageName,
        String doc,
        List<Definition> definitions,
        List<Layer> layers,
        List<Generate> generates,
        List<String> imports,
        List<Diagnostic> warnings) {
    /**
     * A definition as it stands in the file; where it is used it is expanded.
     *
     * @param text as it was written, on one line
     */
    public record Definition(String name, String doc, String text) {}

    public SpecFile {
        definitions = List.copyOf(definitions);
        layers = List.copyOf(layers);
        generates = List.copyOf(generates);
        imports = List.copyOf(imports);
        warnings = List.copyOf(warnings);
    }
}

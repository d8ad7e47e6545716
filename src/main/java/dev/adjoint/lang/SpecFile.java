package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import java.util.List;

/**
 * One file of the language, resolved.
 *
 * @param file as the user named it, with forward slashes
 * @param imports the files that it imports, directly or through others, by the same kind of name
 * @param warnings what the user should know and may leave
 */
public record SpecFile(
        String file,
        String packageName,
        List<Layer> layers,
        List<Generate> generates,
        List<String> imports,
        List<Diagnostic> warnings) {
    public SpecFile {
        layers = List.copyOf(layers);
        generates = List.copyOf(generates);
        imports = List.copyOf(imports);
        warnings = List.copyOf(warnings);
    }
}

package dev.adjoint.lang;

import dev.adjoint.diagnostic.AdjointException;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.diagnostic.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads spec files: the way into this room. */
public final class Specs {
    private Specs() {}

    /**
     * A file, parsed and resolved.
     *
     * @param importer finds what it imports, as {@code Importers.directory(root).and(Importers.library())}
     * @throws AdjointException with all independent errors of the file, in the order of the text
     */
    public static SpecFile load(Path file, Importer importer) {
        return parse(SourceFiles.name(file), SourceFiles.read(file), importer);
    }

    /**
     * A text, parsed and resolved.
     *
     * @param file as messages name it
     * @param importer finds what it imports
     * @throws AdjointException with all independent errors of the text, in order
     */
    public static SpecFile parse(String file, String text, Importer importer) {
        String name = file.replace('\\', '/');
        Diagnostics found = new Diagnostics();
        if (text.length() > SourceFiles.MOST_BYTES) {
            throw new AdjointException(Diagnostic.error(
                    Codes.L003.name(),
                    Place.at(name, 1, 1),
                    "this text has more than " + SourceFiles.MOST_BYTES + " characters"));
        }
        try {
            return resolve(name, text, importer, found);
        } catch (StackOverflowError tooDeep) {
            throw new AdjointException(
                    Diagnostic.error(Codes.L012.name(), Place.at(name, 1, 1), "this text is nested too deeply"));
        }
    }

    private static SpecFile resolve(String file, String text, Importer importer, Diagnostics found) {
        Unit unit = new Linker(importer, found).link(file, text);
        if (unit == null) {
            found.throwIfErrors();
            throw new AssertionError("a file that could not be read, and no word why");
        }
        checkPackage(unit.syntax, found);
        List<Layer> layers = new ArrayList<>();
        for (Syntax.LayerText each : unit.syntax.layers()) {
            Unit.LayerSource source = unit.layers.get(each.name().text());
            if (source != null && source.text() == each) {
                Names definitions = definitions(source, found);
                Layer layer = LayerResolver.resolve(
                        each, source.packageName(), definitions, LayerResolver.Binding.NONE, found);
                if (layer == null || each.isDamaged()) {
                    unit.broken.add(each.name().text());
                } else {
                    layers.add(layer);
                }
            }
        }
        List<Generate> generates = new Generates(unit, found).all();
        found.throwIfErrors();
        List<SpecFile.Definition> texts = unit.syntax.definitions().stream()
                .map(d -> new SpecFile.Definition(d.name().text(), d.doc(), d.text()))
                .toList();
        return new SpecFile(
                file,
                unit.syntax.packageName().text(),
                unit.syntax.doc(),
                texts,
                layers,
                generates,
                List.copyOf(unit.imports),
                found.list());
    }

    /** What a layer's text may use: the file's definitions and its own. */
    static Names definitions(Unit.LayerSource source, Diagnostics found) {
        if (source.text().definitions().isEmpty()) {
            return source.definitions();
        }
        Names own = source.definitions().inside();
        Definitions.enter(source.text().definitions(), own, found);
        return own;
    }

    private static void checkPackage(Syntax.File syntax, Diagnostics found) {
        Syntax.Name name = syntax.packageName();
        if (name.text().isEmpty()) {
            return;
        }
        Identifiers.whyNoPackage(name.text())
                .ifPresent(why -> found.add(Diagnostic.error(
                        Codes.L062.name(), name.place(), "`" + name.text() + "` cannot be a package: " + why)));
    }
}

package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.diagnostic.Nearest;
import dev.adjoint.diagnostic.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a file and what it imports, and enters what each declares. */
final class Linker {
    private final Importer importer;
    private final Diagnostics found;
    private final Map<String, Optional<Syntax.File>> texts = new HashMap<>();
    private final Map<String, Unit> units = new LinkedHashMap<>();
    private final Set<String> underWay = new LinkedHashSet<>();

    Linker(Importer importer, Diagnostics found) {
        this.importer = importer;
        this.found = found;
    }

    /** The file with its imports; null, and told, if it could not be read at all. */
    @Nullable
    Unit link(String file, String text) {
        Syntax.File syntax = read(file, text);
        return syntax == null ? null : link(syntax);
    }

    private Syntax.@Nullable File read(String file, String text) {
        Optional<Syntax.File> known = texts.get(file);
        if (known == null) {
            known = Optional.ofNullable(SpecReader.read(file, text, found));
            texts.put(file, known);
        }
        return known.orElse(null);
    }

    private Unit link(Syntax.File syntax) {
        Unit known = units.get(syntax.file());
        if (known != null) {
            return known;
        }
        Unit unit = new Unit(syntax);
        units.put(syntax.file(), unit);
        underWay.add(syntax.file());
        Map<String, Place> declared = new LinkedHashMap<>();
        syntax.broken().forEach(name -> unit.definitions.put(name, Symbol.Broken.BROKEN));
        for (Syntax.Import each : syntax.imports()) {
            if (isNew(each.name(), each.place(), declared)) {
                importInto(unit, each);
            }
        }
        List<Syntax.Definition> definitions = new ArrayList<>();
        for (Syntax.Definition each : syntax.definitions()) {
            if (isNew(each.name().text(), each.name().place(), declared)) {
                definitions.add(each);
            }
        }
        for (Syntax.LayerText each : syntax.layers()) {
            if (isNew(each.name().text(), each.name().place(), declared)) {
                enter(unit, each);
            }
        }
        Definitions.enter(definitions, unit.definitions, found);
        generates(unit);
        underWay.remove(syntax.file());
        return unit;
    }

    private void enter(Unit unit, Syntax.LayerText layer) {
        Diagnostic hostile =
                Identifiers.checkClass(layer.name().text(), layer.name().place());
        if (hostile != null) {
            found.add(hostile);
        }
        if (layer.isDamaged() || hostile != null) {
            unit.broken.add(layer.name().text());
        }
        if (hostile == null) {
            unit.layers.put(
                    layer.name().text(),
                    new Unit.LayerSource(layer, unit.syntax.packageName().text(), unit.definitions));
        }
    }

    private void generates(Unit unit) {
        Map<String, Syntax.Name> classes = new LinkedHashMap<>();
        for (Syntax.GenerateText each : unit.syntax.generates()) {
            Syntax.Name name = each.name();
            Diagnostic hostile = Identifiers.checkClass(name.text(), name.place());
            if (hostile != null) {
                found.add(hostile);
                continue;
            }
            Syntax.Name first = classes.putIfAbsent(name.text().toLowerCase(Locale.ROOT), name);
            if (first != null) {
                boolean same = first.text().equals(name.text());
                found.add(Diagnostic.error(
                                Codes.L021.name(),
                                name.place(),
                                same
                                        ? "the class `" + name.text() + "` is generated already"
                                        : "the classes `" + name.text() + "` and `" + first.text()
                                                + "` differ in case only, which not every file system tells apart")
                        .note("the first one is here", first.place()));
                continue;
            }
            unit.generates.put(name.text(), new Unit.GenerateSource(each, unit));
        }
    }

    private boolean isNew(String name, Place place, Map<String, Place> declared) {
        Place first = declared.putIfAbsent(name, place);
        if (first != null) {
            found.add(Diagnostic.error(Codes.L021.name(), place, "`" + name + "` is declared already")
                    .note("it is declared here", first));
        }
        return first == null;
    }

    // ---- imports

    private void importInto(Unit unit, Syntax.Import each) {
        List<Importer.Source> sources = each.packageName().isEmpty() ? List.of() : importer.find(each.packageName());
        if (sources.isEmpty()) {
            Diagnostic diagnostic = Diagnostic.error(
                    Codes.L060.name(),
                    each.place(),
                    each.packageName().isEmpty()
                            ? "an import names a package and what is wanted of it"
                            : "there is no package `" + each.packageName() + "`");
            found.add(diagnostic.help(
                    each.packageName().isEmpty()
                            ? "write import com.acme." + each.name() + ";"
                            : "the packages of the library are adjoint.*; others are those that the files below the"
                                    + " source directory state"));
            fail(unit, each);
            return;
        }
        Set<String> names = new LinkedHashSet<>();
        for (Importer.Source source : sources) {
            Syntax.File syntax = read(source.file(), source.text());
            if (syntax == null) {
                fail(unit, each);
                return;
            }
            Set<String> own = declares(syntax);
            names.addAll(own);
            if (own.contains(each.name())) {
                take(unit, syntax, each);
                return;
            }
        }
        Diagnostic diagnostic = Diagnostic.error(
                Codes.L060.name(),
                each.place(),
                "the package `" + each.packageName() + "` has no `" + each.name() + "`");
        found.add(Nearest.to(each.name(), names)
                .map(near -> diagnostic.help("did you mean `" + near + "`?"))
                .orElse(diagnostic.help("it has " + String.join(", ", names))));
        fail(unit, each);
    }

    private static Set<String> declares(Syntax.File syntax) {
        Set<String> names = new LinkedHashSet<>();
        syntax.layers().forEach(l -> names.add(l.name().text()));
        syntax.definitions().forEach(d -> names.add(d.name().text()));
        syntax.generates().forEach(g -> names.add(g.name().text()));
        names.addAll(syntax.broken());
        return names;
    }

    private void take(Unit unit, Syntax.File syntax, Syntax.Import each) {
        String name = each.name();
        if (underWay.contains(syntax.file())) {
            String circle = syntax.file().equals(unit.syntax.file())
                    ? "`" + syntax.file() + "` imports itself"
                    : "`" + syntax.file() + "` imports this file in turn, directly or through others";
            found.add(Diagnostic.error(Codes.L061.name(), each.place(), circle));
            fail(unit, each);
            return;
        }
        Unit other = link(syntax);
        unit.imports.add(syntax.file());
        unit.imports.addAll(other.imports);
        Unit.LayerSource layer = other.layers.get(name);
        Unit.GenerateSource generate = other.generates.get(name);
        Symbol definition = other.definitions.find(name);
        if (layer != null) {
            unit.layers.put(name, layer);
        }
        if (generate != null && layer == null) {
            unit.generates.put(name, generate);
        }
        if (definition != null) {
            unit.definitions.put(name, definition);
        }
        if (layer == null && generate == null && definition == null) {
            fail(unit, each);
        }
    }

    private static void fail(Unit unit, Syntax.Import each) {
        unit.broken.add(each.name());
        unit.definitions.put(each.name(), Symbol.Broken.BROKEN);
    }
}

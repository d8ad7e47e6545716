package dev.adjoint.lang;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A file whose imports are found: what its names at the top denote. */
final class Unit {
    /** A layer with what its text may use. */
    record LayerSource(Syntax.LayerText text, String packageName, Names definitions) {}

    /** A class to generate, with the file that says so. */
    record GenerateSource(Syntax.GenerateText text, Unit unit) {}

    final Syntax.File syntax;
    final Names definitions = Names.empty();
    final Map<String, LayerSource> layers = new LinkedHashMap<>();
    final Map<String, GenerateSource> generates = new LinkedHashMap<>();

    /** Names that are declared, but whose declaration has errors: no second word on them. */
    final Set<String> broken = new LinkedHashSet<>();

    /** The files that this one imports, directly or through others. */
    final Set<String> imports = new LinkedHashSet<>();

    Unit(Syntax.File syntax) {
        this.syntax = syntax;
        broken.addAll(syntax.broken());
    }
}

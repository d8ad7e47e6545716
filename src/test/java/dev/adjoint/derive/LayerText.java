package dev.adjoint.derive;

import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Specs;

/** Layers for tests, from their text. */
final class LayerText {
    private LayerText() {}

    /** The only layer of a text. */
    static Layer layer(String text) {
        return Specs.parse("test.layer", text, Importers.library()).layers().get(0);
    }

    static Derivation derive(String text) {
        return Derive.derive(layer(text));
    }
}

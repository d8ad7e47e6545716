package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import org.jspecify.annotations.Nullable;

/**
 * Where an expression stands.
 *
 * @param names what its names denote
 * @param facts what is known there
 * @param use where in the layer
 * @param applied where the definition was applied whose body this is; null outside definitions
 * @param index whether it stands in the brackets of an access
 */
record Context(
        Work work,
        Names names,
        Facts facts,
        Use use,
        @Nullable Applied applied,
        boolean index) {
    /** What an expression is for, which says what may stand in it. */
    enum Use {
        /** A shape, a default, the bound of an integer tensor: sizes only. */
        SHAPE,
        /** The right-hand side of a let or an output. */
        EQUATION,
        ASSUMPTION,
        /** A claim: gradients and derivatives, too. */
        CLAIM,
        /** A definition's body, looked at by itself. */
        DEFINITION
    }

    /** A definition's name and the place that applies it. */
    record Applied(String definition, Place place) {}

    Context names(Names other) {
        return new Context(work, other, facts, use, applied, index);
    }

    Context facts(Facts other) {
        return new Context(work, names, other, use, applied, index);
    }

    Context inIndex(boolean yes) {
        return yes == index ? this : new Context(work, names, facts, use, applied, yes);
    }

    Context applied(@Nullable Applied by) {
        return new Context(work, names, facts, use, by, false);
    }

    /** The same, but nothing that is found is told. */
    Context quiet() {
        return new Context(work.quiet(), names, facts, use, applied, index);
    }

    /** Tells an error; inside a definition with a note on where it was applied. */
    void error(Codes code, Place place, String message) {
        error(Diagnostic.error(code.name(), place, message));
    }

    void error(Diagnostic diagnostic) {
        work.tell(
                applied == null
                        ? diagnostic
                        : diagnostic.note("in " + applied.definition() + ", applied here", applied.place()));
    }
}

package dev.adjoint.report.page;

import dev.adjoint.report.figure.Drawing;
import dev.adjoint.report.math.MathMl;
import dev.adjoint.template.Notation;
import dev.adjoint.template.Templates;
import java.util.Map;

/** Prints drawings as SVG, with title and description. */
public final class Svg {
    private static final Notation SVG = Notation.of("svg", MathMl::escape);

    private Svg() {}

    /** An element of a page, whose style it shares. */
    static String inPage(Drawing drawing) {
        return Templates.render(SVG, "inPage", Map.of("d", drawing));
    }

    /** A file of its own, light or dark as its reader wants. */
    public static String file(Drawing drawing) {
        return Templates.render(SVG, "file", Map.of("d", drawing));
    }
}

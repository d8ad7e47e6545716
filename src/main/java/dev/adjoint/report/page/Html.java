package dev.adjoint.report.page;

import dev.adjoint.report.figure.Drawing;
import dev.adjoint.report.math.MathMl;
import dev.adjoint.report.math.MathNode;
import dev.adjoint.template.Notation;
import dev.adjoint.template.Templates;
import java.util.Map;

/** Prints pages as HTML files that need nothing beside them: no script, no style, no font, no network. */
public final class Html {
    private static final Notation HTML = Notation.of("html", MathMl::escape)
            .with(MathNode.class, MathMl::print)
            .with(Block.Code.Line.class, line -> MathMl.escape(line.text()))
            .with(Drawing.class, Svg::inPage);

    private Html() {}

    public static String print(Page page) {
        return Templates.render(HTML, "page", Map.of("p", page));
    }
}

package dev.adjoint.report.page;

import dev.adjoint.report.figure.Drawing;
import dev.adjoint.report.math.Latex;
import dev.adjoint.report.math.MathNode;
import dev.adjoint.template.Notation;
import dev.adjoint.template.Templates;
import java.util.Map;

/** Prints pages as LaTeX files that compile by themselves, with what every installation of LaTeX has. */
public final class Tex {
    private static final Notation LATEX = Notation.of("latex", Latex::escape)
            .with(MathNode.class, Latex::print)
            .with(Block.Code.Line.class, line -> Latex.escape(line.text()))
            .with(Drawing.class, TexPicture::print);

    private Tex() {}

    public static String print(Page page) {
        return Templates.render(LATEX, "page", Map.of("p", page));
    }
}

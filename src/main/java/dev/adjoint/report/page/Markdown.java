package dev.adjoint.report.page;

import dev.adjoint.report.math.Latex;
import dev.adjoint.report.math.MathNode;
import dev.adjoint.template.Notation;
import dev.adjoint.template.Templates;
import java.util.Map;

/** Prints pages as Markdown, formulas as LaTeX between the marks that GitHub and others know; figures stand beside. */
public final class Markdown {
    private static final Notation MARKDOWN = Notation.of("markdown", Markdown::escape)
            .with(MathNode.class, Latex::print)
            // Four blanks in front: no text can end the block.
            .with(Block.Code.Line.class, line -> "    " + line.text().replaceAll("\\p{Cntrl}", " "));

    private Markdown() {}

    public static String print(Page page) {
        return Templates.render(MARKDOWN, "page", Map.of("p", page));
    }

    /** Text on one line, with a backslash before what could be a mark: some signs anywhere, some where a line begins. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        boolean[] begins = {true};
        boolean[] numbers = {false};
        text.codePoints().forEach(c -> {
            boolean atStart = begins[0] && ("#+-=".indexOf(c) >= 0 || numbers[0] && ".)".indexOf(c) >= 0);
            boolean mark = c < 0x7F && ("\\`*_[]<>|~&$".indexOf(c) >= 0 || atStart);
            numbers[0] |= c >= '0' && c <= '9';
            begins[0] &= c == ' ' || c == '#' || c >= '0' && c <= '9';
            boolean control = c < ' ' || c >= 0x7F && c < 0xA0;
            if (mark) {
                escaped.append('\\');
            }
            escaped.appendCodePoint(control ? ' ' : c);
        });
        return escaped.toString();
    }
}

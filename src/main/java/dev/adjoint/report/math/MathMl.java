package dev.adjoint.report.math;

import dev.adjoint.report.math.MathNode.Op;
import java.util.List;

/** Prints formulas as MathML Core, presentation only; every character that could be markup is escaped. */
public final class MathMl {
    private final StringBuilder out = new StringBuilder();

    private MathMl() {}

    /** The formula between {@code <math>} tags, its sums with their ranges beneath. */
    public static String print(MathNode node) {
        MathMl printer = new MathMl();
        printer.out.append("<math displaystyle=\"true\">");
        printer.print(node, false);
        return printer.out.append("</math>").toString();
    }

    /** The text with {@code & < > "} and {@code '} as references. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    boolean allowed = c == '\n' || c == '\t' || c >= ' ' && c < 0x7F || c > 0x9F;
                    boolean character = c < 0xD800 || c > 0xDFFF && c != 0xFFFE && c != 0xFFFF;
                    escaped.appendCodePoint(allowed && character ? c : 0xFFFD);
                }
            }
        });
        return escaped.toString();
    }

    /**
     * @param script whether this stands in an index or below a sum, where operators take less room
     */
    private void print(MathNode node, boolean script) {
        if (node instanceof MathNode.Name n) {
            if (n.text().startsWith("′")) {
                element("mo", " lspace=\"0\" rspace=\"0\"", n.text());
            } else {
                element("mi", "", n.text());
            }
        } else if (node instanceof MathNode.Numbered n) {
            out.append("<msub>");
            print(Names.whole(n.stem()), script);
            element("mn", "", n.number());
            out.append("</msub>");
        } else if (node instanceof MathNode.Digits d) {
            element("mn", "", d.text());
        } else if (node instanceof MathNode.Words w) {
            // A blank at either end would be taken off.
            element("mtext", "", w.text().replace(' ', '\u00A0'));
        } else if (node instanceof Op op) {
            operator(op, script);
        } else if (node instanceof MathNode.Row row) {
            group("mrow", row.items(), script);
        } else if (node instanceof MathNode.Index index) {
            index(index);
        } else if (node instanceof MathNode.Power p) {
            power(p, script);
        } else if (node instanceof MathNode.Fraction f) {
            group("mfrac", List.of(f.above(), f.below()), script);
        } else if (node instanceof MathNode.Root r) {
            group("msqrt", List.of(r.radicand()), script);
        } else if (node instanceof MathNode.Fence f) {
            out.append("<mrow>");
            String stretchy = " stretchy=\"" + isTall(f.inside()) + "\"";
            element("mo", " form=\"prefix\"" + stretchy, f.open());
            print(f.inside(), script);
            element("mo", " form=\"postfix\"" + stretchy, f.close());
            out.append("</mrow>");
        } else if (node instanceof MathNode.Big big) {
            big(big);
        } else if (node instanceof MathNode.Cases c) {
            cases(c, script);
        } else if (node instanceof MathNode.Stack s) {
            table("lines", s.lines(), 1, script);
        } else if (node instanceof MathNode.Omitted o) {
            // As a name: a sign takes no room beside text.
            element("mi", " class=\"same\"", o.text().replace(' ', '\u00A0'));
        } else if (node instanceof MathNode.Marked m) {
            out.append("<mrow class=\"")
                    .append(m.mark() == MathNode.Mark.NEW ? "new" : "old")
                    .append("\">");
            print(m.inside(), script);
            out.append("</mrow>");
        } else {
            throw new AssertionError("no MathML of " + node.getClass());
        }
    }

    /** Whether it is higher than a line of letters and their indices. */
    private static boolean isTall(MathNode node) {
        boolean itself = node instanceof MathNode.Fraction
                || node instanceof MathNode.Root
                || node instanceof MathNode.Big
                || node instanceof MathNode.Cases
                || node instanceof MathNode.Stack;
        return itself || node.children().stream().anyMatch(MathMl::isTall);
    }

    private void element(String tag, String attributes, String text) {
        out.append('<').append(tag).append(attributes).append('>');
        out.append(escape(text)).append("</").append(tag).append('>');
    }

    private void group(String tag, List<MathNode> children, boolean script) {
        out.append('<').append(tag).append('>');
        children.forEach(child -> print(child, script));
        out.append("</").append(tag).append('>');
    }

    private void operator(Op op, boolean script) {
        String room = switch (op.kind()) {
            // A sign of a sum may stand first in its piece, and is none of a number there.
            case RELATION, BINARY ->
                (Unchanged.isSign(op) ? " form=\"infix\"" : "")
                        + (op.text().length() > 1
                                ? " lspace=\"0.3em\" rspace=\"0.3em\""
                                : script ? " lspace=\"0.08em\" rspace=\"0.08em\"" : "");
            case PREFIX -> " form=\"prefix\" lspace=\"0\" rspace=\"0.05em\"";
            case SEPARATOR -> op.text().equals(",") ? " lspace=\"0\" rspace=\"0.2em\"" : " lspace=\"0\" rspace=\"0\"";
            case TIMES -> " lspace=\"0.08em\" rspace=\"0.08em\"";
            case FENCE -> " form=\"" + ("([".contains(op.text()) ? "prefix" : "postfix") + "\" stretchy=\"false\"";
        };
        element("mo", room, op.kind() == Op.Kind.TIMES ? "\u2062" : op.text());
    }

    private void index(MathNode.Index index) {
        boolean both = index.base() instanceof MathNode.Power;
        out.append(both ? "<msubsup>" : "<msub>");
        print(both ? ((MathNode.Power) index.base()).base() : index.base(), false);
        group(
                "mrow",
                Formulas.separated(index.indices()).children().isEmpty()
                        ? index.indices()
                        : List.of(Formulas.separated(index.indices())),
                true);
        if (both) {
            print(((MathNode.Power) index.base()).exponent(), true);
        }
        out.append(both ? "</msubsup>" : "</msub>");
    }

    private void power(MathNode.Power p, boolean script) {
        out.append("<msup>");
        print(p.base(), script);
        print(p.exponent(), true);
        out.append("</msup>");
    }

    private void big(MathNode.Big big) {
        out.append("<munder>");
        boolean sign = big.symbol().length() == 1;
        element(
                sign ? "mo" : "mi",
                sign ? " largeop=\"true\" movablelimits=\"false\" lspace=\"0.1em\" rspace=\"0.15em\"" : "",
                big.symbol());
        if (big.beneath().size() == 1) {
            print(big.beneath().get(0), true);
        } else {
            table("limits", big.beneath(), 1, true);
        }
        out.append("</munder>");
        if (!sign) {
            out.append("<mspace width=\"0.17em\"></mspace>");
        }
    }

    private void cases(MathNode.Cases c, boolean script) {
        out.append("<mrow>");
        element("mo", " form=\"prefix\" stretchy=\"true\"", "{");
        table("cases", c.pairs(), 2, script);
        out.append("</mrow>");
    }

    private void table(String kind, List<MathNode> cells, int columns, boolean script) {
        out.append("<mtable class=\"").append(kind).append("\">");
        for (int k = 0; k < cells.size(); k += columns) {
            out.append("<mtr>");
            for (MathNode cell : cells.subList(k, k + columns)) {
                out.append("<mtd>");
                print(cell, script);
                out.append("</mtd>");
            }
            out.append("</mtr>");
        }
        out.append("</mtable>");
    }
}

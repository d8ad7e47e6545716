package dev.adjoint.report.math;

import dev.adjoint.report.math.MathNode.Op;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints formulas and text as LaTeX with amsmath; every character that could be a command is escaped. */
public final class Latex {
    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("∑", "\\sum"),
            Map.entry("∏", "\\prod"),
            Map.entry("max", "\\max"),
            Map.entry("min", "\\min"),
            Map.entry("argmax", "\\mathop{\\mathrm{arg\\,max}}"),
            Map.entry("argmin", "\\mathop{\\mathrm{arg\\,min}}"),
            Map.entry("=", "="),
            Map.entry("<", "<"),
            Map.entry(">", ">"),
            Map.entry("≤", "\\le "),
            Map.entry("≥", "\\ge "),
            Map.entry("≠", "\\ne "),
            Map.entry("+", "+"),
            Map.entry("−", "-"),
            Map.entry("·", "\\cdot "),
            Map.entry("×", "\\times "),
            Map.entry("∧", "\\wedge "),
            Map.entry("∨", "\\vee "),
            Map.entry("¬", "\\neg "),
            Map.entry("∂", "\\partial "),
            Map.entry("mod", "\\bmod "),
            Map.entry(",", ",\\,"),
            Map.entry("/", "/"),
            Map.entry(":", "{:}"),
            Map.entry("(", "("),
            Map.entry(")", ")"),
            Map.entry("[", "["),
            Map.entry("]", "]"),
            Map.entry("|", "|"),
            Map.entry("⌊", "\\lfloor "),
            Map.entry("⌋", "\\rfloor "),
            Map.entry("∞", "\\infty "),
            Map.entry("′", "\\prime "));

    private Latex() {}

    /** The formula, without what begins and ends mathematics. */
    public static String print(MathNode node) {
        return print(node, false);
    }

    private static String print(MathNode node, boolean script) {
        if (node instanceof MathNode.Name n) {
            return name(n.text());
        }
        if (node instanceof MathNode.Numbered n) {
            return "{" + print(Names.whole(n.stem())) + "}_{" + n.number() + "}";
        }
        if (node instanceof MathNode.Digits d) {
            return d.text().chars().allMatch(c -> c >= '0' && c <= '9' || c == '.')
                    ? d.text()
                    : "\\text{" + escape(d.text()) + "}";
        }
        if (node instanceof MathNode.Words w) {
            return "\\text{" + escape(w.text()) + "}";
        }
        if (node instanceof Op op) {
            return op.kind() == Op.Kind.TIMES ? "\\," : symbol(op.text());
        }
        if (node instanceof MathNode.Row row) {
            // A sign that stands first has nothing on its left.
            boolean sign =
                    row.items().stream().findFirst().filter(Latex::isSign).isPresent();
            return row.items().stream()
                    .map(i -> print(i, script))
                    .collect(Collectors.joining("", sign ? "{}" : "", ""));
        }
        if (node instanceof MathNode.Index index) {
            String below = index.indices().stream().map(i -> print(i, true)).collect(Collectors.joining(","));
            return "{" + print(index.base(), script) + "}_{" + below + "}";
        }
        if (node instanceof MathNode.Power p) {
            return "{" + print(p.base(), script) + "}^{" + print(p.exponent(), true) + "}";
        }
        if (node instanceof MathNode.Fraction f) {
            return "\\frac{" + print(f.above(), script) + "}{" + print(f.below(), script) + "}";
        }
        if (node instanceof MathNode.Root r) {
            return "\\sqrt{" + print(r.radicand(), script) + "}";
        }
        if (node instanceof MathNode.Fence f) {
            return "\\left" + symbol(f.open()) + print(f.inside(), script) + "\\right" + symbol(f.close());
        }
        if (node instanceof MathNode.Big big) {
            String lines = big.beneath().stream().map(r -> print(r, true)).collect(Collectors.joining("\\\\"));
            return symbol(big.symbol()) + "\\limits_{"
                    + (big.beneath().size() == 1 ? lines : "\\substack{" + lines + "}") + "}";
        }
        if (node instanceof MathNode.Cases c) {
            return "\\begin{cases}" + cells(c.pairs()) + "\\end{cases}";
        }
        if (node instanceof MathNode.Stack s) {
            String lines = s.lines().stream().map(l -> print(l, script)).collect(Collectors.joining("\\\\"));
            return "\\begin{array}[t]{@{}l@{}}" + lines + "\\end{array}";
        }
        if (node instanceof MathNode.Omitted o) {
            return "\\text{" + escape(o.text()) + "}";
        }
        if (node instanceof MathNode.Marked m) {
            String inside = (script ? "\\scriptstyle " : "") + print(m.inside(), script);
            return (m.mark() == MathNode.Mark.NEW ? "\\boxed{" : "\\underline{") + inside + "}";
        }
        throw new AssertionError("no LaTeX of " + node.getClass());
    }

    private static boolean isSign(MathNode node) {
        return node instanceof Op op && op.kind() == Op.Kind.BINARY;
    }

    private static String cells(List<MathNode> pairs) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < pairs.size(); k += 2) {
            text.append(k == 0 ? "" : "\\\\").append(print(pairs.get(k), false));
            text.append("&").append(print(pairs.get(k + 1), false));
        }
        return text.toString();
    }

    private static String symbol(String text) {
        return Optional.ofNullable(SYMBOLS.get(text)).orElseGet(() -> "\\text{" + escape(text) + "}");
    }

    private static String name(String text) {
        if (text.startsWith("′")) {
            return "\\prime ".repeat(text.length());
        }
        if (text.equals("∞")) {
            return symbol(text);
        }
        if (text.codePointCount(0, text.length()) == 1) {
            int letter = text.codePointAt(0);
            String greek = LatexText.GREEK.get(letter);
            boolean ascii = letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z';
            return greek != null ? greek + " " : ascii ? text : "\\text{" + escape(text) + "}";
        }
        boolean plain = text.chars().allMatch(c -> c == '_' || c < 0x80 && Character.isLetterOrDigit(c));
        return plain ? "\\mathrm{" + text.replace("_", "\\_") + "}" : "\\text{" + escape(text) + "}";
    }

    /** Any text, to stand outside of mathematics. */
    public static String escape(String text) {
        return LatexText.escape(text);
    }
}

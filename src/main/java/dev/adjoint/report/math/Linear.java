package dev.adjoint.report.math;

import dev.adjoint.report.math.MathNode.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints formulas on one line, nearly as the language writes them: for formulas that no expression is, as those with
 * parts left out, where they are text or are read aloud.
 */
public final class Linear {
    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("≤", " <= "),
            Map.entry("≥", " >= "),
            Map.entry("<", " < "),
            Map.entry(">", " > "),
            Map.entry("≠", " != "),
            Map.entry("+", " + "),
            Map.entry("·", " * "),
            Map.entry("∧", " && "),
            Map.entry("∨", " || "),
            Map.entry("¬", "!"),
            Map.entry("mod", " mod "),
            Map.entry("/", " div "),
            Map.entry(",", ", "),
            Map.entry("∂", "d"));

    private static final Map<String, String> REDUCTIONS = Map.of("∑", "sum", "∏", "prod");

    private Linear() {}

    public static String print(MathNode node) {
        return print(node, false);
    }

    /** @param inside whether this stands in brackets, where an equality is a condition */
    private static String print(MathNode node, boolean inside) {
        if (node instanceof MathNode.Name n) {
            return n.text().startsWith("′") ? "'".repeat(n.text().length()) : Names.written(n.text());
        }
        if (node instanceof MathNode.Numbered n) {
            return n.text();
        }
        if (node instanceof MathNode.Digits d) {
            return d.text();
        }
        if (node instanceof MathNode.Words w) {
            return w.text();
        }
        if (node instanceof MathNode.Omitted o) {
            return o.text();
        }
        if (node instanceof Op op) {
            return operator(op, inside);
        }
        if (node instanceof MathNode.Row row) {
            return row(row.items(), inside);
        }
        if (node instanceof MathNode.Index index) {
            return print(index.base(), inside) + "[" + listed(index.indices()) + "]";
        }
        if (node instanceof MathNode.Power p) {
            return power(p, inside);
        }
        if (node instanceof MathNode.Fraction f) {
            return fraction(f, inside);
        }
        if (node instanceof MathNode.Root r) {
            return "sqrt(" + print(r.radicand(), inside) + ")";
        }
        if (node instanceof MathNode.Fence f) {
            return fence(f, inside);
        }
        if (node instanceof MathNode.Big big) {
            return REDUCTIONS.getOrDefault(big.symbol(), big.symbol()) + "[" + ranges(big) + "]";
        }
        if (node instanceof MathNode.Cases c) {
            return cases(c.pairs());
        }
        if (node instanceof MathNode.Stack s) {
            return s.lines().stream().map(l -> print(l, true)).collect(Collectors.joining());
        }
        if (node instanceof MathNode.Marked m) {
            return print(m.inside(), inside);
        }
        throw new AssertionError("no text of " + node.getClass());
    }

    private static String operator(Op op, boolean inside) {
        if (inside && (op.kind() == Op.Kind.TIMES || Unchanged.isSign(op))) {
            return op.equals(Op.PLUS) ? "+" : op.equals(Op.MINUS) ? "-" : "*";
        }
        return switch (op.kind()) {
            case TIMES -> " * ";
            case PREFIX -> op.text().equals("−") ? "-" : SIGNS.getOrDefault(op.text(), op.text());
            default ->
                op.text().equals("=")
                        ? inside ? " == " : " = "
                        : op.text().equals("−") ? " - " : SIGNS.getOrDefault(op.text(), op.text());
        };
    }

    /** What a sum sums reaches to the next sign. */
    private static String row(List<MathNode> row, boolean inside) {
        List<MathNode> items = unmarked(row);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < items.size(); k++) {
            boolean derivative = items.get(k) instanceof MathNode.Fraction f
                    && unmarked(List.of(f.above())).equals(List.of(Op.PARTIAL));
            if (derivative && k + 1 < items.size() && items.get(k + 1) instanceof MathNode.Fence argument) {
                String by = print(items.get(k), inside);
                text.append("d").append(print(argument, inside)).append(by.substring(1));
                k++;
                continue;
            }
            text.append(print(items.get(k), inside));
            if (items.get(k) instanceof MathNode.Big) {
                int end = k + 1;
                while (end < items.size() && !Unchanged.isSign(items.get(end))) {
                    end++;
                }
                MathNode body = Formulas.row(items.subList(k + 1, end));
                String printed = print(body, inside);
                boolean enclosed = body instanceof MathNode.Fence f && f.open().equals("(");
                text.append(enclosed ? printed : "(" + printed + ")");
                k = end - 1;
            }
        }
        return text.toString();
    }

    private static List<MathNode> unmarked(List<MathNode> items) {
        List<MathNode> all = new ArrayList<>();
        for (MathNode item : items) {
            if (item instanceof MathNode.Marked m) {
                all.addAll(unmarked(List.of(m.inside())));
            } else if (item instanceof MathNode.Row row) {
                all.addAll(unmarked(row.items()));
            } else {
                all.add(item);
            }
        }
        return all;
    }

    private static String listed(List<MathNode> items) {
        return items.stream().map(i -> print(i, true)).collect(Collectors.joining(", "));
    }

    private static String ranges(MathNode.Big big) {
        return listed(big.beneath()).replaceAll("(^|, )0 <= (\\w+ <)", "$1$2");
    }

    private static String power(MathNode.Power p, boolean inside) {
        String base = print(p.base(), inside);
        MathNode exponent = p.exponent();
        if (exponent instanceof MathNode.Name n) {
            boolean error = p.base().equals(new MathNode.Name("δ"));
            return n.text().startsWith("′") ? base + print(n, inside) : base + (error ? "." : "^") + print(n, inside);
        }
        return base + "^" + operand(exponent, inside);
    }

    /** {@code grad x[i]}, {@code d(x[i]) / d(w[m])}, or a quotient. */
    private static String fraction(MathNode.Fraction f, boolean inside) {
        List<MathNode> above = unmarked(List.of(f.above()));
        List<MathNode> below = unmarked(List.of(f.below()));
        if (above.get(0).equals(Op.PARTIAL) && below.get(0).equals(Op.PARTIAL)) {
            String by = row(below.subList(1, below.size()), inside);
            if (above.equals(List.of(Op.PARTIAL, new MathNode.Name("E")))) {
                return "grad " + by;
            }
            String of = row(above.subList(1, above.size()), inside);
            return (of.isEmpty() ? "d" : "d(" + of + ")") + " / d(" + by + ")";
        }
        return operand(f.above(), inside) + " / " + operand(f.below(), inside);
    }

    /** In parentheses unless it is one thing. */
    private static String operand(MathNode node, boolean inside) {
        List<MathNode> parts = unmarked(List.of(node));
        String text = print(node, inside);
        return parts.size() == 1 && !(parts.get(0) instanceof MathNode.Fraction) ? text : "(" + text + ")";
    }

    private static String fence(MathNode.Fence f, boolean inside) {
        return switch (f.open()) {
            case "[" -> "[" + print(f.inside(), true) + "]";
            case "|" -> "abs(" + print(f.inside(), inside) + ")";
            case "⌊" -> {
                boolean quotient = unmarked(List.of(f.inside())).contains(new Op(Op.Kind.SEPARATOR, "/"));
                yield quotient ? print(f.inside(), inside) : "floor(" + print(f.inside(), inside) + ")";
            }
            default -> {
                // Cases have parentheses of their own.
                boolean cases = unmarked(List.of(f.inside())).get(0) instanceof MathNode.Cases;
                yield cases ? print(f.inside(), inside) : "(" + print(f.inside(), inside) + ")";
            }
        };
    }

    /** {@code c ? a : b}. */
    private static String cases(List<MathNode> pairs) {
        StringBuilder text = new StringBuilder("(");
        for (int k = 0; k < pairs.size(); k += 2) {
            boolean last = k + 2 == pairs.size();
            text.append(last ? "" : print(pairs.get(k + 1), true) + " ? ").append(print(pairs.get(k), false));
            text.append(last ? ")" : " : ");
        }
        return text.toString();
    }
}

package dev.adjoint.report.math;

import dev.adjoint.report.math.MathNode.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * A formula of a derivation without what no step around it touches. Of a sum the terms in which something is marked
 * stay, and the others become their number, {@code … (5 unchanged terms)}; what is long and has no mark in a term that
 * stays, as the inside of parentheses, becomes {@code …}. Nothing marked goes, and the value of no part that stays
 * changes: only whole terms and whole operands are left out.
 */
public final class Unchanged {
    /** What is no wider than this, in letters, stays: dots in its place would save nothing. */
    private static final int NARROW = 16;

    /** A formula no wider than this stays whole. */
    private static final int SHORT = 40;

    private Unchanged() {}

    /** The formula with its marks, what has none left out; the formula itself if it is short or has no mark. */
    public static MathNode omitted(MathNode marked) {
        if (!isMarked(marked) || Breaking.width(marked) <= SHORT) {
            return marked;
        }
        MathNode rest = within(marked);
        return leavesOut(rest) ? rest : marked;
    }

    private static boolean leavesOut(MathNode node) {
        return node instanceof MathNode.Omitted || node.children().stream().anyMatch(Unchanged::leavesOut);
    }

    private static boolean isMarked(MathNode node) {
        return node instanceof MathNode.Marked || node.children().stream().anyMatch(Unchanged::isMarked);
    }

    private static MathNode within(MathNode node) {
        if (node instanceof MathNode.Marked) {
            return node;
        }
        if (node instanceof MathNode.Row row) {
            return row(row);
        }
        return node.with(node.children().stream().map(Unchanged::operand).toList());
    }

    /** A part that stands by itself: in parentheses, above or below a line, under a root. */
    private static MathNode operand(MathNode node) {
        if (isMarked(node)) {
            return within(node);
        }
        if (Breaking.width(node) <= NARROW) {
            return node;
        }
        return node instanceof MathNode.Fence ? within(node) : new MathNode.Omitted(0);
    }

    /** One term or several, with the signs between them. */
    private static MathNode row(MathNode.Row row) {
        List<List<MathNode>> terms = terms(row.items());
        List<MathNode> all = new ArrayList<>();
        for (int k = 0; k < terms.size(); ) {
            int end = k;
            while (end < terms.size() && terms.get(end).stream().noneMatch(Unchanged::isMarked)) {
                end++;
            }
            if (end > k) {
                List<MathNode> same =
                        terms.subList(k, end).stream().flatMap(List::stream).toList();
                all.addAll(numbered(same, end - k));
                k = end;
            } else {
                terms.get(k).forEach(item -> all.add(item instanceof MathNode.Big ? item : factor(item)));
                k++;
            }
        }
        return Formulas.row(all);
    }

    /** What is applied to an argument or read at an index keeps its name, whatever becomes of the rest. */
    private static MathNode factor(MathNode item) {
        boolean holds = item instanceof MathNode.Fence
                || item instanceof MathNode.Fraction
                || item instanceof MathNode.Power
                || item instanceof MathNode.Root
                || item instanceof MathNode.Cases;
        return holds || isMarked(item) ? within(item) : item;
    }

    /** How many terms they are, if that is shorter; their signs go with them. */
    private static List<MathNode> numbered(List<MathNode> same, int terms) {
        MathNode omitted = new MathNode.Omitted(terms);
        if (Breaking.width(new MathNode.Row(same)) <= Breaking.width(omitted) + NARROW / 2) {
            return same;
        }
        return isSign(same.get(0)) ? List.of(Op.PLUS, omitted) : List.of(omitted);
    }

    /** The terms of a sum, each with the sign before it. */
    private static List<List<MathNode>> terms(List<MathNode> items) {
        List<List<MathNode>> terms = new ArrayList<>(List.of(new ArrayList<>()));
        for (MathNode item : items) {
            if (isSign(item) && !terms.get(terms.size() - 1).isEmpty()) {
                terms.add(new ArrayList<>());
            }
            terms.get(terms.size() - 1).add(item);
        }
        return terms;
    }

    static boolean isSign(MathNode item) {
        return item.equals(Op.PLUS) || item.equals(Op.MINUS);
    }
}

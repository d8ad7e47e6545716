package dev.adjoint.report.math;

import dev.adjoint.report.math.MathNode.Mark;
import dev.adjoint.report.math.MathNode.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a long formula may go on in the next line: after a relation, before a sign, between factors, between a sum and
 * what it sums first only if its ranges are long. Long parentheses are taken apart, and of a long quotient what divides
 * stands as a factor before the rest, {@code a/P} as {@code 1/P a}.
 */
public final class Breaking {
    /** What is no wider than this, in letters, stays together. */
    private static final int NARROW = 22;

    /** Parentheses around no more than this keep the size of what is inside. */
    private static final int FENCED = 34;

    /** A quotient no wider than this is set as one, and cases no wider than this stay with their sum. */
    private static final int LONG = 50;

    /** A sum whose ranges are no wider than this stays with what it sums first. */
    private static final int RANGED = 24;

    private Breaking() {}

    /** The formula in pieces, in order; each is set by itself. */
    public static List<MathNode> pieces(MathNode node) {
        List<MathNode> flat = new ArrayList<>();
        flatten(node, List.of(), flat);
        List<MathNode> pieces = new ArrayList<>();
        List<MathNode> piece = new ArrayList<>();
        for (MathNode item : flat) {
            MathNode bare = bare(item);
            boolean operator = bare instanceof Op op && (op.kind() == Op.Kind.BINARY || op.kind() == Op.Kind.TIMES);
            boolean cases = bare instanceof MathNode.Cases && width(bare) > LONG;
            if ((operator || cases) && !piece.isEmpty()) {
                pieces.add(Formulas.row(Change.joined(piece)));
                piece.clear();
            }
            if (!bare.equals(Op.TIMES)) {
                piece.add(item);
            }
            boolean relation = bare instanceof Op op && op.kind() == Op.Kind.RELATION;
            if (relation || bare instanceof MathNode.Big && width(bare) > RANGED) {
                pieces.add(Formulas.row(Change.joined(piece)));
                piece.clear();
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(Formulas.row(Change.joined(piece)));
        }
        return joined(pieces);
    }

    /** Narrow neighbours stay together. */
    private static List<MathNode> joined(List<MathNode> pieces) {
        List<MathNode> all = new ArrayList<>();
        List<MathNode> run = new ArrayList<>();
        int width = 0;
        for (MathNode piece : pieces) {
            if (!run.isEmpty() && width + width(piece) > NARROW) {
                all.add(Formulas.row(Change.joined(run)));
                run.clear();
                width = 0;
            }
            boolean sign = piece instanceof Op
                    || piece instanceof MathNode.Row row && row.items().get(0) instanceof Op;
            if (!run.isEmpty() && !sign && !isOpen(run)) {
                run.add(Op.TIMES);
            }
            run.add(piece);
            width += width(piece);
        }
        if (!run.isEmpty()) {
            all.add(Formulas.row(Change.joined(run)));
        }
        return all;
    }

    /** Whether what follows is no further factor: after a relation, and after the sign of a sum. */
    private static boolean isOpen(List<MathNode> run) {
        MathNode last = run.get(run.size() - 1);
        MathNode end = bare(
                last instanceof MathNode.Row row ? row.items().get(row.items().size() - 1) : last);
        return end instanceof Op op && op.kind() == Op.Kind.RELATION || end instanceof MathNode.Big;
    }

    private static MathNode bare(MathNode node) {
        return node instanceof MathNode.Marked m ? bare(m.inside()) : node;
    }

    /** The items of the formula one after the other, each in the marks of what it was part of, the outermost first. */
    private static void flatten(MathNode node, List<Mark> marks, List<MathNode> flat) {
        if (node instanceof MathNode.Row row) {
            row.items().forEach(item -> flatten(item, marks, flat));
        } else if (node instanceof MathNode.Marked m) {
            if (width(m) > NARROW) {
                List<Mark> all = new ArrayList<>(marks);
                all.add(m.mark());
                flatten(m.inside(), all, flat);
            } else {
                flat.add(marked(node, marks));
            }
        } else if (node instanceof MathNode.Fence f && bare(f.inside()) instanceof MathNode.Row && width(f) > FENCED) {
            flat.add(marked(new Op(Op.Kind.FENCE, f.open()), marks));
            flatten(f.inside(), marks, flat);
            flat.add(marked(new Op(Op.Kind.FENCE, f.close()), marks));
        } else if (node instanceof MathNode.Fraction f && width(f.above()) > LONG) {
            flat.add(marked(new MathNode.Fraction(new MathNode.Digits("1"), f.below()), marks));
            flat.add(Op.TIMES);
            boolean sum = bare(f.above()) instanceof MathNode.Row row
                    && row.items().stream().anyMatch(item -> Unchanged.isSign(bare(item)));
            flatten(sum ? Formulas.parentheses(f.above()) : f.above(), marks, flat);
        } else {
            flat.add(marked(node, marks));
        }
    }

    private static MathNode marked(MathNode node, List<Mark> marks) {
        MathNode inside = node;
        for (int k = marks.size() - 1; k >= 0; k--) {
            inside = new MathNode.Marked(marks.get(k), inside);
        }
        return inside;
    }

    /** About how many letters wide the widest of the pieces is. */
    public static int widest(List<MathNode> pieces) {
        return pieces.stream().mapToInt(Breaking::width).max().orElse(0);
    }

    /** About how many letters wide it is. */
    static int width(MathNode node) {
        if (node instanceof MathNode.Name n) {
            return n.text().length();
        }
        if (node instanceof MathNode.Numbered n) {
            return n.stem().length() + n.number().length() * 7 / 10;
        }
        if (node instanceof MathNode.Digits d) {
            return d.text().length();
        }
        if (node instanceof MathNode.Words w) {
            return w.text().length();
        }
        if (node instanceof MathNode.Omitted o) {
            return o.text().length();
        }
        if (node instanceof Op op) {
            return op.kind() == Op.Kind.TIMES
                    ? 0
                    : op.kind() == Op.Kind.RELATION || op.kind() == Op.Kind.BINARY ? 2 : 1;
        }
        int sum = 0;
        int widest = 0;
        for (MathNode child : node.children()) {
            int width = width(child);
            sum += width;
            widest = Math.max(widest, width);
        }
        if (node instanceof MathNode.Big) {
            return Math.max(2, widest * 7 / 10);
        }
        if (node instanceof MathNode.Index index) {
            return width(index.base()) + (sum + index.indices().size()) * 7 / 10;
        }
        if (node instanceof MathNode.Fraction || node instanceof MathNode.Stack) {
            return widest + 1;
        }
        return node instanceof MathNode.Fence || node instanceof MathNode.Root ? sum + 1 : sum;
    }
}

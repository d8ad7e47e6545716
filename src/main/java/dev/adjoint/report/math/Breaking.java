package dev.adjoint.report.math;

import dev.adjoint.report.math.MathNode.Op;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a long formula may go on in the next line: after a relation, before a sign, between factors, never between a
 * sum and what it sums first. Long parentheses are taken apart.
 */
public final class Breaking {
    /** What is no wider than this, in letters, stays together. */
    private static final int NARROW = 22;

    /** Parentheses around no more than this keep the size of what is inside. */
    private static final int FENCED = 34;

    private Breaking() {}

    /** The formula in pieces, in order; each is set by itself. */
    public static List<MathNode> pieces(MathNode node) {
        List<MathNode> flat = new ArrayList<>();
        flatten(node, null, flat);
        List<MathNode> pieces = new ArrayList<>();
        List<MathNode> piece = new ArrayList<>();
        for (MathNode item : flat) {
            MathNode bare = item instanceof MathNode.Marked m ? m.inside() : item;
            boolean operator = bare instanceof Op op && (op.kind() == Op.Kind.BINARY || op.kind() == Op.Kind.TIMES);
            if (operator && !piece.isEmpty()) {
                pieces.add(Formulas.row(Change.joined(piece)));
                piece.clear();
            }
            if (!(bare instanceof Op op && op.kind() == Op.Kind.TIMES)) {
                piece.add(item);
            }
            boolean relation = bare instanceof Op op && op.kind() == Op.Kind.RELATION;
            if (relation) {
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
            if (!run.isEmpty() && !sign && !endsInRelation(run)) {
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

    private static boolean endsInRelation(List<MathNode> run) {
        MathNode last = run.get(run.size() - 1);
        MathNode end =
                last instanceof MathNode.Row row ? row.items().get(row.items().size() - 1) : last;
        return end instanceof Op op && op.kind() == Op.Kind.RELATION;
    }

    private static void flatten(
            MathNode node, MathNode.@org.jspecify.annotations.Nullable Mark mark, List<MathNode> flat) {
        if (width(node) <= NARROW && !(node instanceof MathNode.Row)) {
            flat.add(mark == null ? node : new MathNode.Marked(mark, node));
        } else if (node instanceof MathNode.Row row) {
            row.items().forEach(item -> flatten(item, mark, flat));
        } else if (node instanceof MathNode.Marked m) {
            flatten(m.inside(), m.mark(), flat);
        } else if (node instanceof MathNode.Fence f && f.inside() instanceof MathNode.Row && width(f) > FENCED) {
            flat.add(new Op(Op.Kind.FENCE, f.open()));
            flatten(f.inside(), mark, flat);
            flat.add(new Op(Op.Kind.FENCE, f.close()));
        } else {
            flat.add(mark == null ? node : new MathNode.Marked(mark, node));
        }
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
        if (node instanceof MathNode.Digits d) {
            return d.text().length();
        }
        if (node instanceof MathNode.Words w) {
            return w.text().length();
        }
        if (node instanceof Op op) {
            return op.kind() == Op.Kind.TIMES
                    ? 0
                    : op.kind() == Op.Kind.RELATION || op.kind() == Op.Kind.BINARY ? 2 : 1;
        }
        int sum = 0;
        int widest = 0;
        for (MathNode child : node.children()) {
            sum += width(child);
            widest = Math.max(widest, width(child));
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

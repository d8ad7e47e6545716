package dev.adjoint.report.math;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.report.math.MathNode.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Conditions and ranges as formulas. */
final class Conditions {
    private static final Op AND = new Op(Op.Kind.BINARY, "∧");
    private static final Op OR = new Op(Op.Kind.BINARY, "∨");

    /** A chain of relations no wider than this, in letters, stands on one line. */
    private static final int WIDE = 36;

    private Conditions() {}

    static MathNode of(Cond c) {
        if (c instanceof Cond.Constant constant) {
            return new MathNode.Words(constant.value() ? "always" : "never");
        }
        if (c instanceof Cond.Ints i) {
            return related(Integers.of(i.left()), i.rel(), Integers.of(i.right()));
        }
        if (c instanceof Cond.Values v) {
            return related(Formulas.of(v.left()), v.rel(), Formulas.of(v.right()));
        }
        if (c instanceof Cond.And a) {
            return joined(AND, chains(a.parts()));
        }
        if (c instanceof Cond.Or o) {
            return joined(OR, o.parts().stream().map(Conditions::part).toList());
        }
        return Formulas.row(List.of(new Op(Op.Kind.PREFIX, "¬"), Formulas.parentheses(of(((Cond.Not) c).part()))));
    }

    /** The parts of a conjunction, one a line; a long {@code lo ≤ i < hi} takes two. */
    static MathNode lines(Cond c) {
        if (!(c instanceof Cond.And a)) {
            return of(c);
        }
        List<MathNode> lines = new ArrayList<>();
        boolean wide = chains(a.parts()).stream().anyMatch(chain -> Breaking.width(chain) > WIDE);
        for (MathNode part : wide ? a.parts().stream().map(Conditions::part).toList() : chains(a.parts())) {
            lines.add(lines.isEmpty() ? part : Formulas.row(List.of(AND, part)));
        }
        return lines.size() == 1 ? lines.get(0) : new MathNode.Stack(lines);
    }

    /** {@code lo ≤ i < hi}, with {@code ≤} where the last value is written more simply. */
    static MathNode range(Range range) {
        Optional<IntExpr> last = range.last();
        return Formulas.row(List.of(
                Integers.of(range.lo()),
                relation(Rel.LE),
                Names.of(range.name()),
                relation(last.isPresent() ? Rel.LE : Rel.LT),
                Integers.of(last.orElse(range.hi()))));
    }

    private static MathNode part(Cond c) {
        return c instanceof Cond.And || c instanceof Cond.Or ? Formulas.parentheses(of(c)) : of(c);
    }

    private static MathNode joined(Op op, List<MathNode> parts) {
        List<MathNode> items = new ArrayList<>();
        for (MathNode part : parts) {
            if (!items.isEmpty()) {
                items.add(op);
            }
            items.add(part);
        }
        return Formulas.row(items);
    }

    /** {@code 0 ≤ i ∧ i < n} reads {@code 0 ≤ i < n}. */
    private static List<MathNode> chains(List<Cond> parts) {
        List<MathNode> chains = new ArrayList<>();
        for (int k = 0; k < parts.size(); k++) {
            MathNode chain = part(parts.get(k));
            if (k + 1 < parts.size()
                    && parts.get(k) instanceof Cond.Ints first
                    && parts.get(k + 1) instanceof Cond.Ints second
                    && isUpward(first)
                    && isUpward(second)
                    && first.right().equals(second.left())) {
                chain = Formulas.row(List.of(chain, relation(second.rel()), Integers.of(second.right())));
                k++;
            }
            chains.add(chain);
        }
        return chains;
    }

    private static boolean isUpward(Cond.Ints c) {
        return c.rel() == Rel.LE || c.rel() == Rel.LT;
    }

    private static MathNode related(MathNode left, Rel rel, MathNode right) {
        return Formulas.row(List.of(left, relation(rel), right));
    }

    private static Op relation(Rel rel) {
        return new Op(
                Op.Kind.RELATION,
                switch (rel) {
                    case EQ -> "=";
                    case NE -> "≠";
                    case LT -> "<";
                    case LE -> "≤";
                    case GT -> ">";
                    case GE -> "≥";
                });
    }
}

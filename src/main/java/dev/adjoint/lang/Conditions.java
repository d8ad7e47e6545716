package dev.adjoint.lang;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Rel;
import java.util.ArrayList;
import java.util.List;

/** Comparisons, and what is made of them. */
final class Conditions {
    private Conditions() {}

    static Typed resolve(Node node, Context context) {
        if (node instanceof Node.Comparison c) {
            return comparison(c, context);
        }
        if (node instanceof Node.Not n) {
            Cond part = Resolver.condition(n.part(), context);
            return part == null ? Typed.Bad.BAD : new Typed.Truth(Cond.not(part));
        }
        boolean and = node instanceof Node.And;
        List<Cond> parts = new ArrayList<>();
        Context where = context;
        boolean good = true;
        for (Node child : Nodes.children(node)) {
            Cond part = Resolver.condition(child, where);
            good &= part != null;
            if (part != null) {
                parts.add(part);
                // What stands to the right is looked at only where the left side leaves the question open.
                where = where.facts(where.facts().where(and ? part : Cond.not(part)));
            }
        }
        return good ? new Typed.Truth(and ? Cond.and(parts) : Cond.or(parts)) : Typed.Bad.BAD;
    }

    /** {@code a < b <= c} is {@code a < b && b <= c}. */
    private static Typed comparison(Node.Comparison c, Context context) {
        List<Typed> operands = new ArrayList<>();
        for (Node operand : c.operands()) {
            operands.add(Resolver.resolve(operand, context));
        }
        List<Cond> parts = new ArrayList<>();
        boolean good = true;
        for (int k = 0; k < c.relations().size(); k++) {
            Rel rel = c.relations().get(k);
            Typed left = operands.get(k);
            Typed right = operands.get(k + 1);
            if (left instanceof Typed.Int l && right instanceof Typed.Int r) {
                parts.add(Cond.ints(rel, l.value(), r.value()));
                continue;
            }
            Expr l = Resolver.asValue(left, c.operands().get(k), context);
            Expr r = Resolver.asValue(right, c.operands().get(k + 1), context);
            if (l == null || r == null) {
                good = false;
            } else {
                parts.add(Cond.values(rel, l, r));
            }
        }
        return good ? new Typed.Truth(Cond.and(parts)) : Typed.Bad.BAD;
    }
}

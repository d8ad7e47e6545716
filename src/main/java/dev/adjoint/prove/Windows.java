package dev.adjoint.prove;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a proof asks of windows. They are boxes, as positions in them are row-major. Infinity may stand among the values
 * that are compared, as a pad or behind a condition, and nowhere else: sums, products and functions are those of real
 * numbers, {@code inf - inf} is none.
 */
final class Windows {
    private Windows() {}

    /** The number of places in each direction. */
    static List<IntExpr> extents(List<Range> ranges) {
        for (Range range : ranges) {
            Set<String> names = new HashSet<>(range.lo().variables());
            names.addAll(range.hi().variables());
            if (ranges.stream().anyMatch(r -> names.contains(r.name()))) {
                throw new Undecided("a window is no box");
            }
        }
        return ranges.stream().map(Range::extent).toList();
    }

    /**
     * Whether an infinity is among the values that are compared.
     *
     * @throws Undecided if one is reckoned with
     */
    static boolean holdInfinity(Expr body) {
        if (body instanceof Expr.Inf) {
            return true;
        }
        if (body instanceof Expr.Mul m
                && m.factors().stream().allMatch(f -> f instanceof Expr.Num || f instanceof Expr.Inf)) {
            return true;
        }
        if (body instanceof Expr.Read r) {
            return r.pad() != null && holdInfinity(r.pad());
        }
        if (body instanceof Expr.Select s) {
            notIn(Exprs.iverson(s.cond()));
            return holdInfinity(s.then()) | holdInfinity(s.otherwise());
        }
        notIn(body);
        return false;
    }

    private static void notIn(Expr e) {
        new Rewriter() {
            @Override
            public Expr expr(Expr node) {
                if (node instanceof Expr.Inf) {
                    throw new Undecided("no proof reckons with infinity");
                }
                boolean window = node instanceof Expr.Reduce r
                        && (r.kind() == Expr.Reduce.Kind.MAX || r.kind() == Expr.Reduce.Kind.MIN);
                return window ? node : super.expr(node);
            }
        }.expr(e);
    }
}

package dev.adjoint.lower;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Solve;
import java.util.ArrayList;
import java.util.List;

/** {@code Σ_m [m ≥ e]·a = Σ_{m ≥ e} a}: affine conditions on a summation index become bounds of its loop. */
public final class BoundConditions extends Rewriter {
    @Override
    public Expr expr(Expr e) {
        Expr inner = super.expr(e);
        if (!(inner instanceof Expr.Reduce r) || r.kind() != Expr.Reduce.Kind.SUM) {
            return inner;
        }
        List<Range> ranges = new ArrayList<>(r.ranges());
        List<Expr> factors = new ArrayList<>();
        boolean changed = false;
        for (Expr factor : r.body() instanceof Expr.Mul m ? m.factors() : List.of(r.body())) {
            if (!(factor instanceof Expr.Iverson i)) {
                factors.add(factor);
                continue;
            }
            List<Cond> stay = new ArrayList<>();
            for (Cond part : Cond.conjuncts(i.cond())) {
                if (cut(ranges, part)) {
                    changed = true;
                } else {
                    stay.add(part);
                }
            }
            factors.add(Exprs.iverson(Cond.and(stay)));
        }
        return changed ? new Expr.Reduce(r.kind(), ranges, Exprs.mul(factors)) : inner;
    }

    private static boolean cut(List<Range> ranges, Cond part) {
        if (!(part instanceof Cond.Ints ints) || ints.rel() == Rel.NE) {
            return false;
        }
        IntExpr difference = ints.left().minus(ints.right());
        int position = Solve.position(ranges, difference);
        if (position < 0 || difference.atoms().stream().anyMatch(a -> a instanceof Position.Arg)) {
            return false;
        }
        ranges.set(position, Solve.where(ranges.get(position), ints.rel(), difference));
        return true;
    }
}

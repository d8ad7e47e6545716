package dev.adjoint.plan;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code Σ_j a·b[j] = a·Σ_j b[j]}, and the same for the part of a condition that no summation index stands in. Values
 * are taken out of sums over whole ranges only: a clamped one may be empty, and must then be 0 whatever {@code a} is.
 */
final class FactorOut extends Rewriter {
    @Override
    public Expr expr(Expr e) {
        Expr inner = super.expr(e);
        if (!(inner instanceof Expr.Reduce r) || r.kind() != Expr.Reduce.Kind.SUM) {
            return inner;
        }
        Set<String> bound = new HashSet<>();
        boolean whole = true;
        for (Range range : r.ranges()) {
            bound.add(range.name());
            whole &= range.lo().isZero()
                    && range.hi().atoms().stream().noneMatch(a -> a instanceof Atom.Extremum)
                    && range.hi().variables().stream().noneMatch(bound::contains);
        }
        List<Expr> outside = new ArrayList<>();
        List<Expr> inside = new ArrayList<>();
        for (Expr factor : r.body() instanceof Expr.Mul m ? m.factors() : List.of(r.body())) {
            if (factor instanceof Expr.Iverson i) {
                List<Cond> stay = new ArrayList<>();
                for (Cond part : Cond.conjuncts(i.cond())) {
                    if (free(Variables.of(part), bound)) {
                        outside.add(Exprs.iverson(part));
                    } else {
                        stay.add(part);
                    }
                }
                inside.add(Exprs.iverson(Cond.and(stay)));
            } else if (whole && free(Variables.of(factor), bound) && !r.body().equals(factor)) {
                outside.add(factor);
            } else {
                inside.add(factor);
            }
        }
        if (outside.isEmpty()) {
            return inner;
        }
        Expr body = Exprs.mul(inside);
        outside.add(new Expr.Reduce(r.kind(), r.ranges(), body));
        return Exprs.mul(outside);
    }

    private static boolean free(Set<String> variables, Set<String> bound) {
        return variables.stream().noneMatch(bound::contains);
    }
}

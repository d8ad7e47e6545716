package dev.adjoint.lower;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Known;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code Σ_j a·b[j] = a·Σ_j b[j]}, and the same for the part of a condition that no summation index stands in. Values
 * are taken out only of sums that surely have a term: an empty one must be 0 whatever {@code a} is.
 */
public final class FactorOut extends Rewriter {
    private Known known;

    /** @param known what is certain around the formula */
    public FactorOut(Known known) {
        this.known = known;
    }

    @Override
    public Expr expr(Expr e) {
        Known outside = known;
        if (e instanceof Expr.Reduce r) {
            known = outside.within(r.ranges());
        }
        Expr inner = super.expr(e);
        known = outside;
        if (!(inner instanceof Expr.Reduce r) || r.kind() != Expr.Reduce.Kind.SUM) {
            return inner;
        }
        Set<String> bound = new HashSet<>();
        boolean whole = true;
        Known around = known;
        for (Range range : r.ranges()) {
            bound.add(range.name());
            whole &= around.isAtLeast(range.extent(), 1);
            around = around.within(List.of(range));
        }
        List<Expr> factors = new ArrayList<>();
        List<Expr> inside = new ArrayList<>();
        for (Expr factor : r.body() instanceof Expr.Mul m ? m.factors() : List.of(r.body())) {
            if (factor instanceof Expr.Iverson i) {
                List<Cond> stay = new ArrayList<>();
                for (Cond part : Cond.conjuncts(i.cond())) {
                    if (free(Variables.of(part), bound)
                            && (whole || Variables.refs(part).isEmpty())) {
                        factors.add(Exprs.iverson(part));
                    } else {
                        stay.add(part);
                    }
                }
                inside.add(Exprs.iverson(Cond.and(stay)));
            } else if (whole && free(Variables.of(factor), bound) && !r.body().equals(factor)) {
                factors.add(factor);
            } else {
                inside.add(factor);
            }
        }
        if (factors.isEmpty()) {
            return inner;
        }
        Expr body = Exprs.mul(inside);
        factors.add(new Expr.Reduce(r.kind(), r.ranges(), body));
        return Exprs.mul(factors);
    }

    private static boolean free(Set<String> variables, Set<String> bound) {
        return variables.stream().noneMatch(bound::contains);
    }
}

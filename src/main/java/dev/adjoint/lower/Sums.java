package dev.adjoint.lower;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Variables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The reductions of an expression that stand in no other. */
public final class Sums {
    private Sums() {}

    /** Each once, in the order of appearance. */
    public static List<Expr.Reduce> of(Expr e) {
        List<Expr.Reduce> sums = new ArrayList<>();
        new Rewriter() {
            @Override
            public Expr expr(Expr inner) {
                if (inner instanceof Expr.Reduce r) {
                    if (!sums.contains(r)) {
                        sums.add(r);
                    }
                    return inner;
                }
                return super.expr(inner);
            }
        }.expr(e);
        return sums;
    }

    /** The expression with equal reductions as one object, so that what is known of the one is known of all. */
    public static Expr shared(Expr e) {
        Map<Expr, Expr> first = new HashMap<>();
        return new Rewriter() {
            @Override
            public Expr expr(Expr inner) {
                return inner instanceof Expr.Reduce ? first.computeIfAbsent(inner, same -> same) : super.expr(inner);
            }
        }.expr(e);
    }

    /** The tensors that are read outside of reductions. */
    public static Set<Ref> beside(Expr e) {
        return Variables.refs(
                new Rewriter() {
                    @Override
                    public Expr expr(Expr inner) {
                        return inner instanceof Expr.Reduce ? Expr.Num.ONE : super.expr(inner);
                    }
                }.expr(e));
    }
}

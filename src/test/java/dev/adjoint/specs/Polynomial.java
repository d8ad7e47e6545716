package dev.adjoint.specs;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;

/** Whether a layer and its claims add, multiply, divide and apply open functions, and nothing else. */
final class Polynomial extends Rewriter {
    private boolean polynomial = true;

    private Polynomial() {}

    static boolean isOf(Layer layer) {
        Polynomial search = new Polynomial();
        layer.equations().forEach(e -> search.expr(e.rhs()));
        for (Claim claim : layer.claims()) {
            search.expr(claim.left());
            search.expr(claim.right());
        }
        return search.polynomial;
    }

    @Override
    public Expr expr(Expr e) {
        boolean other = e instanceof Expr.Pi
                || e instanceof Expr.Inf
                || e instanceof Expr.Extremum
                || e instanceof Expr.Apply a && a.fun() instanceof dev.adjoint.expr.Fun.Known
                || e instanceof Expr.Reduce r && (r.kind() == Expr.Reduce.Kind.MAX || r.kind() == Expr.Reduce.Kind.MIN)
                || e instanceof Expr.Pow p
                        && !(p.exponent() instanceof Expr.IntValue)
                        && !(p.exponent() instanceof Expr.Num n
                                && n.value().getDenominator().bitLength() == 1);
        polynomial &= !other;
        return super.expr(e);
    }

    @Override
    public Cond cond(Cond c) {
        polynomial &= !(c instanceof Cond.Values);
        return super.cond(c);
    }

    @Override
    public dev.adjoint.index.IntExpr atom(Atom atom) {
        polynomial &= !(atom instanceof Position.Arg);
        return super.atom(atom);
    }
}

package dev.adjoint.mutation;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Layer;
import java.math.BigInteger;

/** Whether values are rational functions of the data, so that a prime field has the last word on their equality. */
final class Rational extends Rewriter {
    private boolean rational = true;

    private Rational() {}

    static boolean is(Expr e) {
        Rational rational = new Rational();
        rational.expr(e);
        return rational.rational;
    }

    /** Whether all that a layer computes is. */
    static boolean is(Layer layer) {
        return layer.equations().stream().allMatch(e -> is(e.rhs()));
    }

    @Override
    public Expr expr(Expr e) {
        boolean extreme =
                e instanceof Expr.Reduce r && (r.kind() == Expr.Reduce.Kind.MAX || r.kind() == Expr.Reduce.Kind.MIN);
        boolean power = e instanceof Expr.Pow p && !isWhole(p.exponent());
        rational &= !extreme
                && !power
                && !(e instanceof Expr.Apply)
                && !(e instanceof Expr.Extremum)
                && !(e instanceof Expr.Inf)
                && !(e instanceof Expr.Pi);
        return super.expr(e);
    }

    private static boolean isWhole(Expr exponent) {
        return exponent instanceof Expr.IntValue
                || exponent instanceof Expr.Num n && n.value().getDenominator().equals(BigInteger.ONE);
    }

    @Override
    public Cond cond(Cond c) {
        rational &= !(c instanceof Cond.Values);
        return super.cond(c);
    }

    @Override
    public IntExpr atom(Atom atom) {
        rational &= !(atom instanceof Position.Arg);
        return super.atom(atom);
    }
}

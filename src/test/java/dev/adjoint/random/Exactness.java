package dev.adjoint.random;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.lang.Layer;

/** Whether a layer only adds, multiplies, compares and picks: on small integers doubles then do not round. */
final class Exactness extends Rewriter {
    private boolean exact = true;

    private Exactness() {}

    static boolean of(Layer layer) {
        Exactness exactness = new Exactness();
        layer.equations().forEach(e -> exactness.expr(e.rhs()));
        return exactness.exact;
    }

    @Override
    public Expr expr(Expr e) {
        if (e instanceof Expr.Apply a) {
            exact &= a.fun() == Fun.Known.RELU || a.fun() == Fun.Known.ABS || a.fun() == Fun.Known.FLOOR;
        } else if (e instanceof Expr.Pow p) {
            exact &= p.exponent() instanceof Expr.Num n
                    && n.value().signum() > 0
                    && n.value().getDenominator().bitLength() == 1;
        } else if (e instanceof Expr.Num n) {
            exact &= n.value().getDenominator().bitCount() == 1;
        } else if (e instanceof Expr.Pi) {
            exact = false;
        }
        return super.expr(e);
    }
}

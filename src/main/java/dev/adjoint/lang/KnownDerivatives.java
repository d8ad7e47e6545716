package dev.adjoint.lang;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Rel;

/** {@code f'(x)} where {@code f} is bound to a function of the language; at kinks as the conventions have it. */
final class KnownDerivatives {
    private KnownDerivatives() {}

    static Expr of(Fun.Known fun, Expr x) {
        Expr f = Exprs.apply(fun, x);
        Expr one = Expr.Num.ONE;
        Expr two = Expr.Num.of(2);
        return switch (fun) {
            case EXP -> f;
            case LOG -> Exprs.div(one, x);
            case LOG1P -> Exprs.div(one, Exprs.add(one, x));
            case SQRT -> Exprs.div(Expr.Num.of(1, 2), f);
            case TANH -> Exprs.sub(one, Exprs.pow(f, two));
            case SIGMOID -> Exprs.mul(f, Exprs.sub(one, f));
            case ERF ->
                Exprs.mul(
                        Exprs.div(two, Exprs.apply(Fun.Known.SQRT, new Expr.Pi())),
                        Exprs.apply(Fun.Known.EXP, Exprs.neg(Exprs.pow(x, two))));
            case SIN -> Exprs.apply(Fun.Known.COS, x);
            case COS -> Exprs.neg(Exprs.apply(Fun.Known.SIN, x));
            case ABS ->
                Exprs.sub(
                        Exprs.iverson(Cond.values(Rel.GT, x, Expr.Num.ZERO)),
                        Exprs.iverson(Cond.values(Rel.LT, x, Expr.Num.ZERO)));
            case FLOOR -> Expr.Num.ZERO;
            case RELU -> Exprs.iverson(Cond.values(Rel.GT, x, Expr.Num.ZERO));
        };
    }
}

package dev.adjoint.derive;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Expr.Num;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Rel;
import java.util.List;

/**
 * The table of {@code f'(x)}, with the conventions at the kinks: {@code relu'(0) = abs'(0) = 0}, {@code floor' = 0}
 * (those of PyTorch).
 */
final class FunctionDerivatives {
    private FunctionDerivatives() {}

    static Expr of(Fun fun, Expr x) {
        if (fun instanceof Fun.Open open) {
            return Exprs.apply(open.derivative(), x);
        }
        Expr y = Exprs.apply(fun, x);
        return switch ((Fun.Known) fun) {
            case EXP -> y;
            case LOG -> Exprs.div(Num.ONE, x);
            case LOG1P -> Exprs.div(Num.ONE, Exprs.add(Num.ONE, x));
            case SQRT -> Exprs.div(Num.of(1, 2), y);
            case TANH -> Exprs.sub(Num.ONE, square(y));
            case SIGMOID -> Exprs.mul(y, Exprs.sub(Num.ONE, y));
            case ERF ->
                Exprs.mul(List.of(
                        Num.of(2),
                        Exprs.apply(Fun.Known.EXP, Exprs.neg(square(x))),
                        Exprs.pow(Exprs.apply(Fun.Known.SQRT, new Expr.Pi()), Num.of(-1))));
            case SIN -> Exprs.apply(Fun.Known.COS, x);
            case COS -> Exprs.neg(Exprs.apply(Fun.Known.SIN, x));
            case ABS -> Exprs.sub(positive(Rel.GT, x), positive(Rel.LT, x));
            case FLOOR -> Num.ZERO;
            case RELU -> positive(Rel.GT, x);
        };
    }

    private static Expr square(Expr e) {
        return Exprs.pow(e, Num.of(2));
    }

    private static Expr positive(Rel rel, Expr x) {
        return Exprs.iverson(Cond.values(rel, x, Num.ZERO));
    }
}

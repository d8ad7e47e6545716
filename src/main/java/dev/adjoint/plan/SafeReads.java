package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import java.util.List;

/**
 * What is computed for more places than are used may read outside of tensors at places that nobody uses: a read that is
 * not certain to lie inside gets a padding.
 */
final class SafeReads extends Rewriter {
    private final Tensors tensors;
    private Known known;

    SafeReads(Tensors tensors, Known known) {
        this.tensors = tensors;
        this.known = known;
    }

    @Override
    public Expr expr(Expr e) {
        if (e instanceof Expr.Reduce r) {
            Known saved = known;
            known = known.within(r.ranges());
            Expr body = expr(r.body());
            known = saved;
            return body == r.body() ? e : new Expr.Reduce(r.kind(), r.ranges(), body);
        }
        if (e instanceof Expr.Read r && r.pad() == null) {
            List<IntExpr> shape = tensors.of(r.ref()).shape();
            for (int axis = 0; axis < shape.size(); axis++) {
                if (!known.isInside(r.index().get(axis), shape.get(axis))) {
                    return new Expr.Read(r.ref(), r.index(), Expr.Num.ZERO);
                }
            }
        }
        return super.expr(e);
    }

    @Override
    public IntExpr atom(Atom atom) {
        if (atom instanceof Position.Arg arg) {
            Known saved = known;
            known = known.within(arg.ranges());
            Expr body = expr(arg.body());
            known = saved;
            return IntExpr.of(new Position.Arg(arg.max(), arg.ranges(), body));
        }
        return super.atom(atom);
    }
}

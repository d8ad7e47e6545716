package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.List;

/**
 * What is computed for more places than are used may read outside of tensors at places that nobody uses: a read that is
 * not certain to lie inside gets a padding.
 */
final class SafeReads extends Rewriter {
    private final Tensors tensors;
    private Inside inside;

    SafeReads(Tensors tensors, List<Range> indices) {
        this.tensors = tensors;
        this.inside = Inside.of(indices);
    }

    @Override
    public Expr expr(Expr e) {
        if (e instanceof Expr.Reduce r) {
            Inside saved = inside;
            inside = inside.with(r.ranges());
            Expr body = expr(r.body());
            inside = saved;
            return body == r.body() ? e : new Expr.Reduce(r.kind(), r.ranges(), body);
        }
        if (e instanceof Expr.Read r && r.pad() == null) {
            List<IntExpr> shape = tensors.of(r.ref()).shape();
            for (int axis = 0; axis < shape.size(); axis++) {
                if (!inside.holds(r.index().get(axis), shape.get(axis))) {
                    return new Expr.Read(r.ref(), r.index(), Expr.Num.ZERO);
                }
            }
        }
        return super.expr(e);
    }

    @Override
    public IntExpr atom(Atom atom) {
        if (atom instanceof Position.Arg arg) {
            Inside saved = inside;
            inside = inside.with(arg.ranges());
            Expr body = expr(arg.body());
            inside = saved;
            return IntExpr.of(new Position.Arg(arg.max(), arg.ranges(), body));
        }
        return super.atom(atom);
    }
}

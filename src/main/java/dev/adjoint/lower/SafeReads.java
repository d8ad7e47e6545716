package dev.adjoint.lower;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Known;
import java.util.ArrayList;
import java.util.List;

/**
 * What is computed for more places than are used may read outside of tensors at places that nobody uses: a read that is
 * not certain to lie inside gets a padding, the index of an entry of an integer tensor is cut down to its axis.
 */
final class SafeReads extends Rewriter {
    private final Tensors tensors;
    private Known known;

    /** @param known what is certain at the places that are computed */
    SafeReads(Tensors tensors, Known known) {
        this.tensors = tensors;
        this.known = known;
    }

    @Override
    public Expr expr(Expr e) {
        if (e instanceof Expr.Reduce r) {
            List<Range> ranges = map(r.ranges(), this::range);
            Expr body = within(ranges, r.body());
            return ranges == r.ranges() && body == r.body() ? e : new Expr.Reduce(r.kind(), ranges, body);
        }
        Expr safe = super.expr(e);
        return safe instanceof Expr.Read r && r.pad() == null && !isInside(r)
                ? new Expr.Read(r.ref(), r.index(), Expr.Num.ZERO)
                : safe;
    }

    @Override
    public IntExpr atom(Atom atom) {
        if (atom instanceof Position.Arg arg) {
            List<Range> ranges = map(arg.ranges(), this::range);
            return IntExpr.of(new Position.Arg(arg.max(), ranges, within(ranges, arg.body())));
        }
        if (atom instanceof Position.Entry entry) {
            List<IntExpr> shape = tensors.of(Ref.value(entry.tensor())).shape();
            List<IntExpr> index = new ArrayList<>();
            for (int axis = 0; axis < shape.size(); axis++) {
                IntExpr at = integer(entry.index().get(axis));
                IntExpr last = shape.get(axis).minus(1);
                index.add(
                        known.isInside(at, shape.get(axis))
                                ? at
                                : at.max(IntExpr.ZERO).min(last));
            }
            return IntExpr.of(new Position.Entry(entry.tensor(), index));
        }
        return super.atom(atom);
    }

    private Expr within(List<Range> ranges, Expr body) {
        Known outside = known;
        known = outside.within(ranges);
        Expr safe = expr(body);
        known = outside;
        return safe;
    }

    private boolean isInside(Expr.Read read) {
        List<IntExpr> shape = tensors.of(read.ref()).shape();
        for (int axis = 0; axis < shape.size(); axis++) {
            if (!known.isInside(read.index().get(axis), shape.get(axis))) {
                return false;
            }
        }
        return true;
    }
}

package dev.adjoint.plan;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * What is computed for more places than are used may read outside of tensors at places that nobody uses: a read that is
 * not certain to lie inside gets a padding, an entry of an integer tensor a condition around what it stands in.
 */
final class SafeReads extends Rewriter {
    private final Tensors tensors;
    private Known known;

    private SafeReads(Tensors tensors, Known known) {
        this.tensors = tensors;
        this.known = known;
    }

    /** @param known what is certain at the places that are computed */
    static Expr of(Expr e, Tensors tensors, Known known) {
        SafeReads safe = new SafeReads(tensors, known);
        return e instanceof Expr.IntValue ? safe.expr(e) : safe.guarded(e);
    }

    @Override
    public Expr expr(Expr e) {
        if (e instanceof Expr.Reduce r) {
            Expr body = within(r.ranges(), r.body());
            return body == r.body() ? e : new Expr.Reduce(r.kind(), r.ranges(), body);
        }
        if (e instanceof Expr.Read r && r.pad() == null && !isInside(r.ref(), r.index())) {
            return new Expr.Read(r.ref(), r.index(), Expr.Num.ZERO);
        }
        return super.expr(e);
    }

    @Override
    public IntExpr atom(Atom atom) {
        return atom instanceof Position.Arg arg
                ? IntExpr.of(new Position.Arg(arg.max(), arg.ranges(), within(arg.ranges(), arg.body())))
                : super.atom(atom);
    }

    private Expr within(List<Range> ranges, Expr body) {
        Known outside = known;
        known = outside.within(ranges);
        Expr safe = guarded(body);
        known = outside;
        return safe;
    }

    /** {@code (0 ≤ i < n ? a[t[i]] : 0)} for {@code t[n]}; brackets that bind further indices guard themselves. */
    private Expr guarded(Expr e) {
        List<Cond> inside = new ArrayList<>();
        new Rewriter() {
            @Override
            public Expr expr(Expr inner) {
                if (inner instanceof Expr.Reduce r) {
                    r.ranges().forEach(this::range);
                    return inner;
                }
                return super.expr(inner);
            }

            @Override
            public IntExpr atom(Atom atom) {
                if (atom instanceof Position.Arg arg) {
                    arg.ranges().forEach(this::range);
                    return IntExpr.of(atom);
                }
                // What stands within an entry's index is tested before the entry.
                IntExpr whole = super.atom(atom);
                if (atom instanceof Position.Entry entry && !isInside(Ref.value(entry.tensor()), entry.index())) {
                    List<IntExpr> shape = tensors.of(Ref.value(entry.tensor())).shape();
                    for (int axis = 0; axis < shape.size(); axis++) {
                        inside.add(Cond.within(IntExpr.ZERO, entry.index().get(axis), shape.get(axis)));
                    }
                }
                return whole;
            }
        }.expr(e);
        return Exprs.select(Cond.and(inside), expr(e), Expr.Num.ZERO);
    }

    private boolean isInside(Ref ref, List<IntExpr> index) {
        List<IntExpr> shape = tensors.of(ref).shape();
        for (int axis = 0; axis < shape.size(); axis++) {
            if (!known.isInside(index.get(axis), shape.get(axis))) {
                return false;
            }
        }
        return true;
    }
}

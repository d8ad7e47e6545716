package dev.adjoint.derive;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Finds the reads that are not shown to lie inside their tensor by what is known at their place. */
final class Guards extends Rewriter {
    private Scope here;
    private boolean allInside = true;

    Guards(Scope scope) {
        this.here = scope;
    }

    /** Whether every read of the expression is shown to lie inside; integer tensors are read too. */
    boolean allInside(Expr e) {
        expr(e);
        return allInside;
    }

    /** The same for a condition. */
    boolean allInside(Cond c) {
        cond(c);
        return allInside;
    }

    /** {@code 0 ≤ index < extent} on every axis. */
    static Cond inside(Layer layer, Ref ref, List<IntExpr> index) {
        Tensor tensor = layer.tensor(ref.name()).orElseThrow(() -> new IllegalStateException("no tensor " + ref));
        List<Cond> parts = new ArrayList<>();
        for (int k = 0; k < index.size(); k++) {
            parts.add(Cond.within(IntExpr.ZERO, index.get(k), tensor.shape().get(k)));
        }
        return Cond.and(parts);
    }

    @Override
    public Expr expr(Expr e) {
        Scope outer = here;
        if (e instanceof Expr.Read r && r.pad() == null) {
            allInside &= here.implies(inside(here.layer(), r.ref(), r.index()));
        }
        if (e instanceof Expr.Reduce r) {
            r.ranges().forEach(this::range);
            here = here.within(r.ranges());
            expr(r.body());
        } else if (e instanceof Expr.Select s) {
            cond(s.cond());
            here = outer.given(List.of(s.cond()));
            expr(s.then());
            here = outer.given(List.of(Cond.not(s.cond())));
            expr(s.otherwise());
        } else {
            super.expr(e);
        }
        here = outer;
        return e;
    }

    /** Each part of a conjunction is looked at only where those before it hold. */
    @Override
    public Cond cond(Cond c) {
        if (c instanceof Cond.And and) {
            Scope outer = here;
            for (Cond part : and.parts()) {
                cond(part);
                here = here.given(List.of(part));
            }
            here = outer;
            return c;
        }
        return super.cond(c);
    }

    @Override
    public IntExpr atom(Atom atom) {
        if (atom instanceof Position.Arg arg) {
            Scope outer = here;
            arg.ranges().forEach(this::range);
            here = here.within(arg.ranges());
            expr(arg.body());
            here = outer;
            return IntExpr.of(atom);
        }
        if (atom instanceof Position.Entry entry) {
            allInside &= here.implies(inside(here.layer(), Ref.value(entry.tensor()), entry.index()));
        }
        return super.atom(atom);
    }
}

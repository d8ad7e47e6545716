package dev.adjoint.derive;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
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
    private final List<Expr.Read> unguarded = new ArrayList<>();

    Guards(Scope scope) {
        this.here = scope;
    }

    List<Expr.Read> unguarded(Expr e) {
        expr(e);
        return List.copyOf(unguarded);
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
        if (e instanceof Expr.Read r && r.pad() == null && !here.implies(inside(here.layer(), r.ref(), r.index()))) {
            unguarded.add(r);
        }
        if (e instanceof Expr.Reduce r) {
            here = here.within(r.ranges());
        }
        if (e instanceof Expr.Select s) {
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

    @Override
    public IntExpr atom(Atom atom) {
        if (atom instanceof dev.adjoint.expr.Position.Arg arg) {
            Scope outer = here;
            here = here.within(arg.ranges());
            expr(arg.body());
            here = outer;
            return IntExpr.of(atom);
        }
        return super.atom(atom);
    }
}

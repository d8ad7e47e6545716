package dev.adjoint.lang;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code pad(T[a]) = T[a]} where {@code a} lies inside of T for all sizes: once a padding is bound to 0, what it was
 * there for is gone from the equations of the class.
 */
final class NeedlessPads extends Rewriter {
    private final Layer layer;
    private Domain known;

    private NeedlessPads(Layer layer, Domain known) {
        this.layer = layer;
        this.known = known;
    }

    /** The equations without them. */
    static List<Equation> dropped(Layer layer) {
        List<Equation> equations = new ArrayList<>();
        for (Equation e : layer.equations()) {
            NeedlessPads pads = new NeedlessPads(layer, within(layer.sizeDomain(), e.indices()));
            equations.add(new Equation(e.target(), e.indices(), pads.expr(e.rhs()), e.place()));
        }
        return equations;
    }

    /** What bore the name of an index outside is hidden inside. */
    private static Domain within(Domain domain, List<Range> ranges) {
        Domain inner = domain;
        for (Range range : ranges) {
            List<Constraint> others = inner.constraints().stream()
                    .filter(c -> !c.expr().variables().contains(range.name()))
                    .toList();
            inner = Domain.of(others).and(range);
        }
        return inner;
    }

    @Override
    public Expr expr(Expr e) {
        Domain outside = known;
        if (e instanceof Expr.Reduce r) {
            known = within(outside, r.ranges());
        }
        Expr inner = super.expr(e);
        known = outside;
        return inner instanceof Expr.Read r && r.pad() != null && isInside(r)
                ? new Expr.Read(r.ref(), r.index(), null)
                : inner;
    }

    private boolean isInside(Expr.Read read) {
        List<IntExpr> shape = layer.tensor(read.ref().name()).orElseThrow().shape();
        for (int axis = 0; axis < shape.size(); axis++) {
            IntExpr at = read.index().get(axis);
            if (!known.impliesLe(IntExpr.ZERO, at) || !known.implies(Constraint.lt(at, shape.get(axis)))) {
                return false;
            }
        }
        return true;
    }
}

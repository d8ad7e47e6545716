package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.List;

/** Whether every read of an expression lies inside its tensor without any guard from outside. */
final class Reads extends Rewriter {
    private final Mapping mapping;
    private final Facts facts;
    private Domain domain;
    private boolean inside = true;

    private Reads(Domain domain, Mapping mapping, Facts facts) {
        this.domain = domain;
        this.mapping = mapping;
        this.facts = facts;
    }

    static boolean inside(Expr e, Domain domain, Mapping mapping, Facts facts) {
        Reads reads = new Reads(domain, mapping, facts);
        reads.expr(e);
        return reads.inside;
    }

    private void check(List<IntExpr> index, Ref ref) {
        List<IntExpr> shape = mapping.shape(ref);
        for (int axis = 0; axis < shape.size(); axis++) {
            IntExpr i = index.get(axis);
            Domain known = facts.about(domain, i);
            inside &= known.impliesLe(IntExpr.ZERO, i) && known.implies(Constraint.lt(i, shape.get(axis)));
        }
    }

    @Override
    public Expr expr(Expr e) {
        if (e instanceof Expr.Read read && read.pad() == null) {
            check(read.index(), read.ref());
        }
        if (e instanceof Expr.Reduce r) {
            within(r.ranges(), () -> expr(r.body()));
            return e;
        }
        if (e instanceof Expr.Select s) {
            cond(s.cond());
            where(s.cond(), () -> expr(s.then()));
            where(Conditions.not(s.cond()), () -> expr(s.otherwise()));
            return e;
        }
        return super.expr(e);
    }

    @Override
    public Cond cond(Cond c) {
        if (c instanceof Cond.And || c instanceof Cond.Or) {
            boolean and = c instanceof Cond.And;
            Domain before = domain;
            for (Cond part : c instanceof Cond.And a ? a.parts() : ((Cond.Or) c).parts()) {
                cond(part);
                domain = Conditions.assume(domain, and ? part : Conditions.not(part), facts);
            }
            domain = before;
            return c;
        }
        return super.cond(c);
    }

    @Override
    public IntExpr atom(Atom atom) {
        if (atom instanceof Position.Entry entry) {
            check(entry.index(), Ref.value(entry.tensor()));
        }
        if (atom instanceof Position.Arg arg) {
            within(arg.ranges(), () -> expr(arg.body()));
            return IntExpr.of(atom);
        }
        return super.atom(atom);
    }

    private void within(List<Range> ranges, Runnable what) {
        Domain before = domain;
        for (Range range : ranges) {
            range(range);
            domain = facts.about(domain, range.lo(), range.hi()).and(range);
        }
        what.run();
        domain = before;
    }

    private void where(Cond c, Runnable what) {
        Domain before = domain;
        domain = Conditions.assume(domain, c, facts);
        what.run();
        domain = before;
    }
}

package dev.adjoint.transform;

import dev.adjoint.expr.Rel;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Test;

/**
 * A choice that data decides is a branch that processors predict wrongly half of the time; where both sides exist and
 * cost little, both are computed: {@code x > 0 ? d : 0} of a million random numbers takes a tenth of the time so.
 */
public final class Branchless extends StepRewriter {
    private SafePlaces safe = SafePlaces.NONE;

    @Override
    public Step step(Step s) {
        SafePlaces around = safe;
        safe = safe.with(s);
        Step rewritten = super.step(s);
        safe = around;
        return rewritten;
    }

    @Override
    public Real real(Real e) {
        if (e instanceof Real.Choose c && !e.isLanes() && isOfData(c.test())) {
            Real then = real(c.then());
            Real otherwise = real(c.otherwise());
            return isCheap(then) && isCheap(otherwise)
                    ? new Real.Either(c.test(), then, otherwise)
                    : new Real.Choose(c.test(), then, otherwise);
        }
        return super.real(e);
    }

    private static boolean isOfData(Test test) {
        return test instanceof Test.Reals r && r.rel() != Rel.EQ && r.rel() != Rel.NE;
    }

    /** Whether it may be computed in any case, and in a few cycles. */
    private boolean isCheap(Real e) {
        if (e instanceof Real.Binary b) {
            return b.op() != Real.Op.DIV && isCheap(b.left()) && isCheap(b.right());
        }
        if (e instanceof Real.Load l) {
            return safe.holds(l.buffer(), l.at());
        }
        return e instanceof Real.Literal
                || e instanceof Real.Special
                || e instanceof Real.Local
                || e instanceof Real.Negate n && isCheap(n.arg())
                || e instanceof Real.Either;
    }
}

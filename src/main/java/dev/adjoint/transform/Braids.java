package dev.adjoint.transform;

import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;

/**
 * Lanes that all hold every second entry of something hold them in braided order, {@code x₀ x₂ x₄ x₆  →  x₀ x₄ x₂ x₆}: so
 * they are in place in the two vectors that are loaded, of which one gives the even lanes and the other the odd ones. What
 * computes lane by lane does not see the order, and what is stored is put back into its own.
 */
final class Braids extends StepRewriter {
    private boolean found;
    private boolean ordered;

    private Braids() {}

    /** The statements with braids in them; the same if something in them keeps to the order of lanes. */
    static Step of(Step body) {
        Braids braids = new Braids();
        Step braided = braids.step(body);
        return braids.found && !braids.ordered ? braided : body;
    }

    @Override
    public Step step(Step s) {
        if (s instanceof Step.Store a && a.value().isLanes()) {
            return new Step.Store(a.buffer(), a.at(), new Real.Unbraided(real(a.value())));
        }
        ordered |= s instanceof Step.Interleave;
        return super.step(s);
    }

    @Override
    public Real real(Real e) {
        if (e instanceof Real.Lanes l) {
            found = true;
            ordered |= l.stride() != 2;
            return new Real.Lanes(l.buffer(), l.at(), l.stride(), true);
        }
        ordered |= e instanceof Real.SumOfLanes || e instanceof Real.ExtremumOfLanes;
        return super.real(e);
    }

    /** The number of a lane is that of its place. */
    @Override
    public IntExpr integer(IntExpr e) {
        ordered |= Lane.isIn(e);
        return e;
    }
}

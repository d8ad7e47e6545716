package dev.adjoint.emit;

import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import java.util.Set;
import java.util.TreeSet;

/** Which integer variables a step mentions. */
final class Mentions extends StepRewriter {
    private final Set<String> found = new TreeSet<>();
    private boolean calls;

    private Mentions() {}

    static Set<String> of(Step step) {
        Mentions mentions = new Mentions();
        mentions.step(step);
        return mentions.found;
    }

    static boolean calls(Step step) {
        Mentions mentions = new Mentions();
        mentions.step(step);
        return mentions.calls;
    }

    @Override
    public Step step(Step s) {
        calls |= s instanceof Step.Call || s instanceof Step.Share;
        return super.step(s);
    }

    @Override
    public IntExpr integer(IntExpr e) {
        found.addAll(e.variables());
        return e;
    }
}

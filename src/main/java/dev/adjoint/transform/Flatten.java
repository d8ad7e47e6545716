package dev.adjoint.transform;

import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Steps;
import java.util.Map;

/**
 * Two loops over neighbouring entries become one: {@code for i < I for j < J a(J·i + j)  →  for k < I·J a(k)}, where one
 * step of {@code i} moves every place as far as {@code J} steps of {@code j} do. The order of what is done stays.
 */
final class Flatten extends StepRewriter {
    @Override
    public Step step(Step s) {
        Step inner = super.step(s);
        return inner instanceof Step.Loop outer && Steps.only(outer.body()) instanceof Step.Loop loop
                ? flat(outer, loop)
                : inner;
    }

    private static Step flat(Step.Loop outer, Step.Loop inner) {
        IntExpr rows = outer.hi();
        IntExpr length = inner.hi();
        if (!Steps.counts(outer)
                || !Steps.counts(inner)
                || length.variables().contains(outer.var())
                || !Steps.integers(inner.body())
                        .allMatch(e -> moved(e, outer.var())
                                        .equals(moved(e, inner.var()).times(length))
                                && !moved(e, inner.var()).variables().contains(inner.var())
                                && !moved(e, inner.var()).variables().contains(outer.var()))) {
            return Step.loop(outer.var(), outer.lo(), outer.hi(), inner);
        }
        Step body = new StepRewriter() {
            @Override
            public IntExpr integer(IntExpr e) {
                return e.substitute(Map.of(outer.var(), IntExpr.ZERO));
            }
        }.step(inner.body());
        return new Step.Loop(inner.var(), IntExpr.ZERO, rows.times(length), IntExpr.ONE, body);
    }

    /** How far one step of an index moves an integer. */
    private static IntExpr moved(IntExpr e, String index) {
        return e.substitute(index, IntExpr.var(index).plus(1)).minus(e);
    }
}

package dev.adjoint.transform;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Steps;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A loop that stores goes in three parts, {@code for lo ≤ j < hi a(j)  →  for lo ≤ j < from a(j); for from ≤ j < to b(j);
 * for to ≤ j < hi a(j)}: away from the borders its body is {@linkplain Interior the same everywhere}, without a question
 * where it is. If {@code j div n} decides what is read, the middle goes by residues: {@code j = n·u + r} for each r.
 */
public final class EdgesApart extends StoringLoops {
    private final UnaryOperator<String> fresh;
    private final UnaryOperator<Step> writing;

    /**
     * @param fresh makes the name of a new local of a word
     * @param writing writes out short loops of a body
     * @param outline makes a method of rows
     */
    public EdgesApart(UnaryOperator<String> fresh, UnaryOperator<Step> writing, Outline outline) {
        super(outline);
        this.fresh = fresh;
        this.writing = writing;
    }

    /**
     * The nest with edges apart; empty if nothing of it has any.
     *
     * @param known what is certain around it
     */
    public Optional<Step> of(Step nest, Known known) {
        return rewritten(nest, known);
    }

    @Override
    String way(Step.Loop loop) {
        return "edges of " + loop.var() + " apart";
    }

    @Override
    Optional<Step> loop(Step.Loop loop, Known known) {
        IntExpr length = loop.hi().minus(loop.lo());
        if (!loop.by().equals(IntExpr.ONE) || length.isConstant() && length.constant() < LaneLoops.FEWEST) {
            return Optional.empty();
        }
        try {
            return parts(loop);
        } catch (NoLanes e) {
            return Optional.empty();
        }
    }

    private Optional<Step> parts(Step.Loop loop) {
        long residues = Residues.of(loop);
        IntExpr by = IntExpr.of(residues);
        IntExpr end = loop.hi().floorDiv(by);
        Range range = new Range(loop.var(), loop.lo(), end);
        List<Step> middle = new ArrayList<>();
        for (long r = 0; r < residues; r++) {
            IntExpr index = IntExpr.var(loop.var()).times(residues).plus(r);
            Step body = residues == 1 ? loop.body() : Unroll.copy(loop.body(), loop.var(), index, fresh);
            Interior interior = new Interior(range);
            middle.addAll(Steps.list(SETTLED.step(interior.step(body))));
            range = interior.inside();
        }
        if (middle.equals(Steps.list(loop.body()))) {
            return Optional.empty();
        }
        List<Step> parts = new ArrayList<>();
        IntExpr from = named("from", range.lo().min(end), parts);
        IntExpr to = named("to", range.hi().max(from), parts);
        parts.add(part(loop, loop.lo(), from.times(residues)));
        parts.add(new Step.Loop(loop.var(), from, to, IntExpr.ONE, writing.apply(new Step.Block(middle))));
        parts.add(part(loop, to.times(residues), loop.hi()));
        return Optional.of(
                new Step.Block(parts.stream().filter(s -> !Steps.isEmpty(s)).toList()));
    }

    private Step part(Step.Loop loop, IntExpr lo, IntExpr hi) {
        return edge(loop, lo, hi, writing);
    }

    /** A part of a loop; what is one turn only becomes a block of its own, in which the index is known. */
    static Step edge(Step.Loop loop, IntExpr lo, IntExpr hi, UnaryOperator<Step> writing) {
        if (lo.equals(hi)) {
            return new Step.Block(List.of());
        }
        return hi.minus(lo).equals(IntExpr.ONE)
                ? new Step.Block(Steps.list(writing.apply(Steps.where(loop.body(), loop.var(), lo))))
                : new Step.Loop(loop.var(), lo, hi, IntExpr.ONE, writing.apply(loop.body()));
    }

    private IntExpr named(String word, IntExpr value, List<Step> before) {
        if (value.isConstant()) {
            return value;
        }
        String name = fresh.apply(word);
        before.add(new Step.DeclareInt(name, value, false));
        return IntExpr.var(name);
    }

    /** Conditions that are certain decide. */
    private static final StepRewriter SETTLED = new StepRewriter() {
        @Override
        public Step step(Step s) {
            return super.step(s instanceof Step.If i && i.test().equals(Test.TRUE) ? i.then() : s);
        }

        @Override
        public Real real(Real e) {
            return super.real(e instanceof Real.Choose c && c.test().equals(Test.TRUE) ? c.then() : e);
        }
    };
}

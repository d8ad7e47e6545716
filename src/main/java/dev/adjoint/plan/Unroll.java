package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Writes out the inner loops of reductions over few fixed values: {@code for m < 3 a(m)  →  a(0); a(1); a(2)}. */
final class Unroll {
    private final long limit;
    private long unrolled;

    Unroll(long limit) {
        this.limit = limit;
    }

    /** How many loops were written out. */
    long count() {
        return unrolled;
    }

    /** A nest whose {@code outer} outermost loops are left alone. */
    Step apply(Step step, int outer) {
        if (step instanceof Step.Block b) {
            List<Step> steps = new ArrayList<>();
            for (Step each : b.steps()) {
                steps.add(apply(each, outer));
            }
            return new Step.Block(flat(steps));
        }
        if (step instanceof Step.If i) {
            return new Step.If(
                    i.test(), apply(i.then(), outer), i.otherwise() == null ? null : apply(i.otherwise(), outer));
        }
        if (!(step instanceof Step.Loop loop)) {
            return step;
        }
        Step body = apply(loop.body(), Math.max(0, outer - 1));
        OptionalLong trips = trips(loop);
        if (outer > 0 || trips.isEmpty() || hasLoop(body) || size(body) * trips.getAsLong() > limit) {
            return new Step.Loop(loop.var(), loop.lo(), loop.hi(), loop.by(), body);
        }
        unrolled++;
        List<Step> copies = new ArrayList<>();
        for (long k = 0; k < trips.getAsLong(); k++) {
            IntExpr value = loop.lo().plus(k * loop.by().constant());
            Step copy = new StepRewriter() {
                @Override
                public IntExpr integer(IntExpr e) {
                    return e.substitute(Map.of(loop.var(), value));
                }
            }.step(body);
            copies.add(copy);
        }
        return new Step.Block(declares(body) ? copies : flat(copies));
    }

    /** Blocks that open no scope of their own vanish in the block around them. */
    private static List<Step> flat(List<Step> steps) {
        List<Step> flat = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Block b && !declares(b)) {
                flat.addAll(b.steps());
            } else {
                flat.add(step);
            }
        }
        return flat;
    }

    static OptionalLong trips(Step.Loop loop) {
        IntExpr extent = loop.hi().minus(loop.lo());
        if (!extent.isConstant() || !loop.by().isConstant() || !loop.lo().isConstant()) {
            return OptionalLong.empty();
        }
        long by = loop.by().constant();
        return OptionalLong.of(Math.max(0, Math.floorDiv(extent.constant() + by - 1, by)));
    }

    static boolean hasLoop(Step step) {
        if (step instanceof Step.Block b) {
            return b.steps().stream().anyMatch(Unroll::hasLoop);
        }
        if (step instanceof Step.If i) {
            return hasLoop(i.then()) || i.otherwise() != null && hasLoop(i.otherwise());
        }
        return step instanceof Step.Loop;
    }

    /** Whether a block opens a scope of its own: it declares something directly. */
    private static boolean declares(Step step) {
        return step instanceof Step.Declare
                || step instanceof Step.DeclareInt
                || step instanceof Step.Block b && b.steps().stream().anyMatch(Unroll::declares);
    }

    /** The number of statements. */
    static long size(Step step) {
        if (step instanceof Step.Block b) {
            return b.steps().stream().mapToLong(Unroll::size).sum();
        }
        if (step instanceof Step.If i) {
            return 1 + size(i.then()) + (i.otherwise() == null ? 0 : size(i.otherwise()));
        }
        return step instanceof Step.Loop l ? 1 + size(l.body()) : 1;
    }
}

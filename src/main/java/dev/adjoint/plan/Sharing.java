package dev.adjoint.plan;

import dev.adjoint.expr.Names;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the loops that threads may share. In the routines that a method runs, the outermost loops are loops over
 * results, over entries of a copy, or over the terms of a sum; the last carry the sum from one iteration to the next. A
 * loop is shared if it carries nothing: it assigns nothing that it does not declare, adds to no entry, and reads none of
 * the buffers that it writes, but for those of a block, of which each thread has its own. Then no iteration sees what
 * another has computed, each sum is computed by one thread in the order that it always has, and the results are the same
 * bits whoever computes which part.
 */
public final class Sharing {
    /** Less than so many operations are not worth another thread, about 20 µs of them: to wake it takes as long. */
    public static final long LEAST = 1L << 20;

    /** So many iterations are enough for any number of threads. */
    private static final long ENOUGH = 64;

    /** An iteration of loops made into one takes at least as many operations, at usual sizes. */
    private static final double LEAST_ITERATION = 1 << 10;

    private final Map<String, Long> sizes;
    private final Known known;
    private final Set<String> fixed;
    private final Set<String> routines = new HashSet<>();
    private final Map<Routine, Routine> done = new LinkedHashMap<>();

    /**
     * @param sizes usual values of all sizes and extents
     * @param known what is certain of them
     * @param fixed what no local may be called
     */
    Sharing(Map<String, Long> sizes, Known known, Set<String> fixed) {
        this.sizes = sizes;
        this.known = known;
        this.fixed = fixed;
    }

    /** The same plans with loops to share. */
    Map<Ref, Planned> all(Map<Ref, Planned> planned) {
        planned.forEach((ref, plan) -> plan.routines().forEach(r -> names(r)));
        Map<Ref, Planned> shared = new LinkedHashMap<>();
        planned.forEach((ref, plan) -> shared.put(
                ref,
                new Planned(
                        plan.routines().stream().map(this::routine).toList(),
                        plan.preparations(),
                        plan.reads(),
                        plan.inPlace())));
        return shared;
    }

    private void names(Routine routine) {
        routines.add(routine.name());
        new StepRewriter() {
            @Override
            public Step step(Step s) {
                if (s instanceof Step.Call call) {
                    names(call.routine());
                }
                return super.step(s);
            }
        }.step(routine.body());
    }

    private Routine routine(Routine routine) {
        Routine known = done.get(routine);
        if (known == null) {
            known = new Routine(
                    routine.name(),
                    routine.notes(),
                    routine.buffers(),
                    routine.ints(),
                    shared(routine.body(), routine.name()));
            done.put(routine, known);
        }
        return known;
    }

    /** Outermost loops become shared ones. */
    private Step shared(Step step, String name) {
        if (step instanceof Step.Block block) {
            return new Step.Block(
                    block.steps().stream().map(s -> shared(s, name)).toList());
        }
        if (step instanceof Step.If branch) {
            return new Step.If(
                    branch.test(),
                    shared(branch.then(), name),
                    branch.otherwise() == null ? null : shared(branch.otherwise(), name));
        }
        if (step instanceof Step.Call call && call.ints().isEmpty()) {
            return new Step.Call(routine(call.routine()), List.of());
        }
        return step instanceof Step.Loop loop ? loop(loop, name) : step;
    }

    private Step loop(Step.Loop loop, String name) {
        Access access = Access.of(loop);
        Set<String> fields = new HashSet<>(sizes.keySet());
        fields.add(Lane.NAME);
        fields.add(Lane.NUMBER.asVariable().orElseThrow());
        Work work = Work.of(loop, sizes);
        if (access.accumulates
                || !fields.containsAll(access.free)
                || access.stored.stream().anyMatch(b -> b.role() != Buffer.Role.BLOCK && access.loaded.contains(b))
                || work.total().isConstant() && work.total().constant() < LEAST) {
            return loop;
        }
        List<Buffer> own =
                access.stored.stream().filter(access.loaded::contains).toList();
        Routine part = part(fused(loop), name);
        IntExpr count = count(fused(loop));
        return count.equals(IntExpr.ONE) ? loop : new Step.Share(part, count, work.total(), own);
    }

    /** The loops that become one, the outer before the inner: as few as have enough iterations together. */
    private List<Step.Loop> fused(Step.Loop loop) {
        List<Step.Loop> loops = new ArrayList<>(List.of(loop));
        while (!count(loops).isConstant() || count(loops).constant() < ENOUGH) {
            Step.Loop last = loops.get(loops.size() - 1);
            if (!(Steps.only(last.body()) instanceof Step.Loop inner)
                    || loops.stream().anyMatch(l -> mentions(inner, l.var()))
                    || !known.isAtLeast(count(inner), 1)
                    || Work.of(inner.body(), sizes).typical() < LEAST_ITERATION) {
                break;
            }
            loops.add(inner);
        }
        return loops;
    }

    private static boolean mentions(Step.Loop loop, String index) {
        return loop.lo().variables().contains(index) || loop.hi().variables().contains(index);
    }

    private static IntExpr count(List<Step.Loop> loops) {
        return loops.stream().map(Sharing::count).reduce(IntExpr.ONE, IntExpr::times);
    }

    private static IntExpr count(Step.Loop loop) {
        IntExpr length = loop.hi().minus(loop.lo());
        return loop.by().equals(IntExpr.ONE)
                ? length
                : length.plus(loop.by()).minus(1).floorDiv(loop.by());
    }

    /** The iterations of a range: the number of each says how far each loop is. */
    private Routine part(List<Step.Loop> loops, String name) {
        Step.Loop inner = loops.get(loops.size() - 1);
        List<Buffer> buffers = Mentioned.in(loops.get(0));
        Set<String> taken = new HashSet<>(fixed);
        taken.addAll(sizes.keySet());
        taken.addAll(Locals.of(loops.get(0)));
        buffers.forEach(b -> taken.add(b.name()));
        String from = Names.fresh("from", taken);
        taken.add(from);
        String to = Names.fresh("to", taken);
        taken.add(to);
        Step body;
        if (loops.size() == 1 && inner.lo().isZero() && inner.by().equals(IntExpr.ONE)) {
            body = new Step.Loop(inner.var(), IntExpr.var(from), IntExpr.var(to), IntExpr.ONE, inner.body());
        } else {
            String number = Names.fresh("k", taken);
            List<Step> steps = new ArrayList<>();
            IntExpr rest = IntExpr.var(number);
            for (int k = loops.size() - 1; k >= 0; k--) {
                Step.Loop loop = loops.get(k);
                IntExpr at = k == 0 ? rest : rest.mod(count(loop));
                steps.add(0, new Step.DeclareInt(loop.var(), loop.lo().plus(at.times(loop.by())), false));
                rest = k == 0 ? rest : rest.floorDiv(count(loop));
            }
            body = new Step.Loop(
                    number,
                    IntExpr.var(from),
                    IntExpr.var(to),
                    IntExpr.ONE,
                    Step.then(Step.block(steps), inner.body()));
        }
        String own = Names.fresh(name + "Part", routines);
        routines.add(own);
        return new Routine(
                own, List.of("The iterations " + from + " to " + to + " - 1."), buffers, List.of(from, to), body);
    }
}

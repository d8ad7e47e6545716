package dev.adjoint.transform;

import dev.adjoint.expr.Names;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Locals;
import dev.adjoint.loop.Mentioned;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Steps;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the loops that threads may share. In the routines that a method runs, the outermost loops are loops over
 * results, over entries of a copy, or over the terms of a sum; the last carry the sum from one iteration to the next. A
 * loop is shared if it carries nothing: it assigns nothing that it does not declare, adds to no entry, and reads none of
 * the buffers that it writes, but for those of a block, of which each thread has its own and which each iteration
 * writes before it reads. Then no iteration sees what another has computed, each sum is computed by one thread in the
 * order that it always has, and the results are the same bits whoever computes which part.
 */
public final class Sharing {
    /** So many operations are worth that another thread is woken, which takes about 20 µs. */
    public static final long WAKE = 1L << 20;

    /** So many operations are worth the help of threads that are there already. */
    public static final long LEAST = 1L << 16;

    /** The bytes that the cache of one processor holds at least, on servers since about 2020. */
    public static final int CACHE = 1 << 20;

    /** The bytes that come into it at a time. */
    public static final int LINE = 1 << 6;

    /** So many iterations are enough for any number of threads. */
    private static final long ENOUGH = 64;

    /** An iteration of loops made into one takes at least as many operations, at usual sizes. */
    private static final double LEAST_ITERATION = 1 << 10;

    private final Map<String, Long> sizes;
    private final Known known;
    private final Set<String> fixed;
    private final long least;
    private final Set<String> routines = new HashSet<>();
    private final Map<Routine, Routine> done = new LinkedHashMap<>();

    /**
     * @param sizes usual values of all sizes and extents
     * @param known what is certain of them
     * @param fixed what no local may be called
     * @param least how many operations are worth the help of another thread
     */
    public Sharing(Map<String, Long> sizes, Known known, Set<String> fixed, long least) {
        this.least = least;
        this.sizes = sizes;
        this.known = known;
        this.fixed = fixed;
    }

    /** Names of these routines, and of those that they call, are taken. */
    public void take(List<Routine> all) {
        all.forEach(this::names);
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

    /** The same routine with loops to share; the same again for a routine that was asked for before. */
    public Routine routine(Routine routine) {
        Routine known = done.get(routine);
        if (known == null) {
            known = new Routine(
                    routine.name(),
                    routine.notes(),
                    routine.buffers(),
                    routine.ints(),
                    shared(routine.body(), routine));
            done.put(routine, known);
        }
        return known;
    }

    /** Outermost loops become shared ones. */
    private Step shared(Step step, Routine routine) {
        if (step instanceof Step.Block block) {
            return new Step.Block(
                    block.steps().stream().map(s -> shared(s, routine)).toList());
        }
        if (step instanceof Step.If branch) {
            return new Step.If(
                    branch.test(),
                    shared(branch.then(), routine),
                    branch.otherwise() == null ? null : shared(branch.otherwise(), routine));
        }
        if (step instanceof Step.Call call && call.ints().isEmpty()) {
            return new Step.Call(routine(call.routine()), List.of());
        }
        return step instanceof Step.Loop loop ? loop(loop, routine) : step;
    }

    private Step loop(Step.Loop loop, Routine routine) {
        Access access = Access.of(loop);
        Work work = Work.of(loop, sizes);
        if (access.accumulates
                || !access.carried.isEmpty()
                || access.stored.stream().anyMatch(b -> isCarried(b, access))
                || work.total().isConstant() && work.total().constant() < least) {
            return loop;
        }
        List<Step.Loop> loops = fused(loop);
        IntExpr count = count(loops);
        if (count.isConstant() && count.constant() <= 1) {
            return loop;
        }
        Set<String> taken = taken(routine);
        access.integers.removeAll(sizes.keySet());
        access.integers.removeAll(Set.of(Lane.NAME, Lane.NUMBER.asVariable().orElseThrow()));
        return new Step.Share(
                part(loops, List.copyOf(access.integers), routine, taken),
                access.integers.stream().map(IntExpr::var).toList(),
                count,
                work.total(),
                access.stored.stream().filter(access.loaded::contains).toList(),
                whole(loops, access),
                rest(loops, routine, taken));
    }

    /**
     * Whether one iteration may read in a buffer what another has written. Of what each thread has its own that is so
     * where an iteration reads first: it goes on with sums that were begun before the loop.
     */
    private static boolean isCarried(Buffer written, Access access) {
        return written.role() == Buffer.Role.BLOCK
                ? access.readFirst.contains(written)
                : access.loaded.contains(written);
    }

    /** What an earlier loop has left and each iteration reads at the same places. */
    private static List<Buffer> whole(List<Step.Loop> loops, Access access) {
        Set<String> indices = loops.stream().map(Step.Loop::var).collect(Collectors.toSet());
        return FixedReads.of(loops.get(loops.size() - 1).body(), indices).stream()
                .filter(b -> b.role() == Buffer.Role.SCRATCH && !b.integer() && !access.stored.contains(b))
                .toList();
    }

    /** What no name that is new in a routine may be. */
    private Set<String> taken(Routine routine) {
        Set<String> taken = new HashSet<>(fixed);
        taken.addAll(sizes.keySet());
        taken.addAll(Locals.of(routine.body()));
        taken.addAll(routine.ints());
        routine.buffers().forEach(b -> taken.add(b.name()));
        return taken;
    }

    /** Where there are few iterations, loops in each are shared for those that leave threads without work. */
    private Step.@Nullable Rest rest(List<Step.Loop> loops, Routine routine, Set<String> taken) {
        IntExpr count = count(loops);
        if (!count.isConstant() || count.constant() >= ENOUGH) {
            return null;
        }
        Step body = shared(loops.get(loops.size() - 1).body(), routine);
        return shares(body) ? numbered(loops, body, taken) : null;
    }

    private static boolean shares(Step step) {
        boolean[] found = new boolean[1];
        new StepRewriter() {
            @Override
            public Step step(Step s) {
                found[0] |= s instanceof Step.Share;
                return super.step(s);
            }
        }.step(step);
        return found[0];
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

    /** The iterations of a range. */
    private Routine part(List<Step.Loop> loops, List<String> ints, Routine routine, Set<String> taken) {
        String from = Names.fresh("from", taken);
        taken.add(from);
        String to = Names.fresh("to", taken);
        taken.add(to);
        Step.Rest each = numbered(loops, loops.get(loops.size() - 1).body(), taken);
        Step body = new Step.Loop(each.var(), IntExpr.var(from), IntExpr.var(to), IntExpr.ONE, each.body());
        String name = Names.fresh(routine.name() + "Part", routines);
        routines.add(name);
        List<String> arguments = new ArrayList<>(ints);
        arguments.addAll(List.of(from, to));
        return new Routine(name, List.of(), Mentioned.in(loops.get(0)), arguments, body);
    }

    /** An iteration of all loops: its number says how far each of them is. */
    private static Step.Rest numbered(List<Step.Loop> loops, Step body, Set<String> taken) {
        Step.Loop only = loops.get(0);
        if (loops.size() == 1 && only.lo().isZero() && only.by().equals(IntExpr.ONE)) {
            return new Step.Rest(only.var(), body);
        }
        String number = Names.fresh("number", taken);
        List<Step> steps = new ArrayList<>();
        IntExpr left = IntExpr.var(number);
        for (int k = loops.size() - 1; k > 0; k--) {
            steps.add(0, index(loops.get(k), left.mod(count(loops.get(k)))));
            left = left.floorDiv(count(loops.get(k)));
        }
        steps.add(0, index(only, left));
        return new Step.Rest(number, Step.then(Step.block(steps), body));
    }

    private static Step index(Step.Loop loop, IntExpr at) {
        return new Step.DeclareInt(loop.var(), loop.lo().plus(at.times(loop.by())), false);
    }
}

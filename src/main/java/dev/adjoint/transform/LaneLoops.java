package dev.adjoint.transform;

import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.StepRewriter;
import dev.adjoint.loop.Steps;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A loop that stores neighbours becomes one that stores a vector a round, {@code for j y[j] = f(x[j])  →  for j by lanes
 * y[j…] = f(x[j…])}, where the body is {@linkplain Interior the same everywhere}; near the borders it stays as it was,
 * and rows shorter than a vector do altogether. If {@code j div n} decides what is read, the index goes by residues:
 * {@code j = n·u + r} is a vector along u for each r, and n vectors are stored side by side.
 */
public final class LaneLoops {
    /** The longest stride that is loaded as neighbours and picked from. */
    public static final int MOST_STRIDE = 4;

    /** Fewer entries are not worth a vector. */
    public static final long FEWEST = 8;

    private final Set<Fun.Known> functions;
    private final UnaryOperator<String> fresh;
    private final UnaryOperator<Step> writing;
    private final boolean again;
    private boolean edges;

    /**
     * @param functions those that vectors compute
     * @param fresh makes the name of a new local of a word
     * @param writing writes out short loops of a body
     * @param again whether entries may be computed twice: nothing that is read is overwritten
     */
    public LaneLoops(
            Set<Fun.Known> functions, UnaryOperator<String> fresh, UnaryOperator<Step> writing, boolean again) {
        this.writing = writing;
        this.functions = functions;
        this.fresh = fresh;
        this.again = again;
    }

    /** Whether the borders of the last loop are computed apart. */
    public boolean edges() {
        return edges;
    }

    /**
     * The loop in vectors; empty if that cannot be done.
     *
     * @param known what is certain around the loop
     */
    public Optional<Step> of(Step.Loop loop, Known known) {
        IntExpr length = loop.hi().minus(loop.lo());
        if (!loop.by().equals(IntExpr.ONE) || length.isConstant() && length.constant() < FEWEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Run(loop, known).vectorized());
        } catch (NoLanes e) {
            return Optional.empty();
        }
    }

    /** One loop. */
    private final class Run {
        private final Step.Loop loop;
        private final Known known;
        private final long residues;
        private final List<Step> before = new ArrayList<>();

        Run(Step.Loop loop, Known known) {
            this.loop = loop;
            this.known = known;
            this.residues = Residues.of(loop);
        }

        Step vectorized() {
            IntExpr by = IntExpr.of(residues);
            Range range = new Range(loop.var(), loop.lo(), loop.hi().floorDiv(by));
            List<Step> bodies = new ArrayList<>();
            for (long r = 0; r < residues; r++) {
                Step body = residues == 1
                        ? loop.body()
                        : Unroll.copy(
                                loop.body(),
                                loop.var(),
                                IntExpr.var(loop.var()).times(residues).plus(r),
                                fresh);
                Interior interior = new Interior(range);
                body = interior.step(body);
                range = interior.inside();
                bodies.add(new LaneBody(loop.var(), residues, functions, fresh, known.within(List.of(range))).of(body));
            }
            boolean low = !range.lo().equals(loop.lo());
            boolean high = !range.hi().times(residues).equals(loop.hi());
            boolean once = adds(loop.body()) || !again && calls(loop.body());
            edges = low || high;
            IntExpr from = named("from", range.lo());
            IntExpr to = named("to", range.hi());
            IntExpr length = to.minus(from);
            Step vector = residues == 1 ? Braids.of(bodies.get(0)) : interleaved(bodies);
            List<Step> steps = new ArrayList<>();
            if (low) {
                steps.add(scalars(loop.lo(), from.times(residues)));
            }
            steps.addAll(
                    once
                            ? List.of(along(vector, from, to))
                            : again ? overlapping(vector, from, to) : lastFirst(vector, from, to));
            if (high || once) {
                IntExpr end = once ? to.minus(length.mod(Lane.COUNT)) : to;
                steps.add(scalars(end.times(residues), loop.hi()));
            }
            boolean sure = length.isConstant() && length.constant() >= Lane.MOST;
            before.add(
                    sure
                            ? Step.block(steps)
                            : new Step.If(
                                    new Test.Ints(Rel.GE, length, Lane.COUNT),
                                    Step.block(steps),
                                    scalars(loop.lo(), loop.hi())));
            return new Step.Block(before);
        }

        private Step scalars(IntExpr lo, IntExpr hi) {
            return EdgesApart.edge(loop, lo, hi, writing);
        }

        private Step along(Step vector, IntExpr from, IntExpr to) {
            Step body = new Step.Block(Steps.list(writing.apply(vector)));
            return new Step.Loop(loop.var(), from, to.minus(Lane.COUNT).plus(1), Lane.COUNT, body);
        }

        /** The last vector ends with the row: it computes again some of what the one before it did. */
        private List<Step> overlapping(Step vector, IntExpr from, IntExpr to) {
            String at = fresh.apply("at");
            Step place = new Step.DeclareInt(loop.var(), IntExpr.var(at).min(to.minus(Lane.COUNT)), false);
            return List.of(new Step.Loop(at, from, to, Lane.COUNT, Step.then(place, writing.apply(vector))));
        }

        /** The same in place: the last vector is computed before anything is overwritten, and stored in the end. */
        private List<Step> lastFirst(Step vector, IntExpr from, IntExpr to) {
            List<Step> steps = new ArrayList<>();
            List<Step> stores = new ArrayList<>();
            for (Step s : Steps.list(Unroll.copy(vector, loop.var(), to.minus(Lane.COUNT), fresh))) {
                if (s instanceof Step.Store a) {
                    stores.add(new Step.Store(a.buffer(), a.at(), named(a.value(), steps)));
                } else if (s instanceof Step.Interleave i) {
                    List<Real> values = new ArrayList<>();
                    i.values().forEach(v -> values.add(named(v, steps)));
                    stores.add(new Step.Interleave(i.buffer(), i.at(), values));
                } else {
                    steps.add(s);
                }
            }
            steps.add(along(vector, from, to));
            steps.addAll(stores);
            return steps;
        }

        private Real named(Real value, List<Step> steps) {
            String name = fresh.apply("last");
            steps.add(new Step.Declare(name, value, false));
            return new Real.Local(name, true);
        }

        /** What is added to an entry is added once. */
        private boolean adds(Step body) {
            boolean[] found = new boolean[1];
            new StepRewriter() {
                @Override
                public Step step(Step s) {
                    found[0] |= s instanceof Step.Accumulate;
                    return super.step(s);
                }
            }.step(body);
            return found[0];
        }

        /** Whether it computes functions that are many instructions each: a method has room for one or two of them. */
        private boolean calls(Step body) {
            boolean[] found = new boolean[1];
            new StepRewriter() {
                @Override
                public Real real(Real e) {
                    found[0] |= e instanceof Real.Call c && !Vectorize.ARITHMETIC.contains(c.fun());
                    return super.real(e);
                }
            }.step(body);
            return found[0];
        }

        private IntExpr named(String word, IntExpr value) {
            if (value.atoms().stream().allMatch(a -> a instanceof Atom.Var)) {
                return value;
            }
            String name = fresh.apply(word);
            before.add(new Step.DeclareInt(name, value, false));
            return IntExpr.var(name);
        }

        /** All that is read is read before anything is stored. */
        private Step interleaved(List<Step> bodies) {
            List<Step> steps = new ArrayList<>();
            List<Real> values = new ArrayList<>();
            Step.Store first = null;
            for (Step body : bodies) {
                List<Step> list = Steps.list(body);
                if (!(list.get(list.size() - 1) instanceof Step.Store store)
                        || list.stream().filter(Steps::stores).count() != 1) {
                    throw new NoLanes("more than one result");
                }
                steps.addAll(list.subList(0, list.size() - 1));
                values.add(store.value());
                first = first == null ? store : first;
            }
            Step.Store store = java.util.Objects.requireNonNull(first);
            steps.add(new Step.Interleave(store.buffer(), store.at(), values));
            return new Step.Block(steps);
        }
    }
}

package dev.adjoint.transform;

import dev.adjoint.expr.Fun;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Steps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A sum over neighbours, {@code s += f(x[j])}, gets a partial sum for each lane, {@code s… += f(x[j…])}, and these are
 * added up in the end; largest and smallest values likewise. Several vectors of partial sums take turns, so that one
 * does not wait for the other.
 */
final class LaneSums {
    /** How many vectors take turns. */
    private static final int TURNS = 4;

    private final Set<Fun.Known> functions;
    private final UnaryOperator<String> fresh;

    /**
     * @param functions those that vectors compute
     * @param fresh makes the name of a new local of a word
     */
    LaneSums(Set<Fun.Known> functions, UnaryOperator<String> fresh) {
        this.functions = functions;
        this.fresh = fresh;
    }

    /**
     * The statements with each sum that stands among them in vectors; empty if there is none.
     *
     * @param known what is certain around them
     */
    Optional<List<Step>> of(List<Step> statements, Known known) {
        Map<String, Real> starts = new HashMap<>();
        List<Step> all = new ArrayList<>();
        boolean changed = false;
        for (Step s : statements) {
            if (s instanceof Step.Declare d && d.mutable()) {
                starts.put(d.name(), d.value());
            }
            Optional<List<Step>> sum = s instanceof Step.Loop l ? sum(l, starts, known) : Optional.empty();
            changed |= sum.isPresent();
            all.addAll(sum.orElse(List.of(s)));
        }
        return changed ? Optional.of(all) : Optional.empty();
    }

    private Optional<List<Step>> sum(Step.Loop nest, Map<String, Real> starts, Known known) {
        Step.Loop inner = nest;
        while (Steps.only(inner.body()) instanceof Step.Loop next) {
            inner = next;
        }
        IntExpr length = inner.hi().minus(inner.lo());
        if (!inner.by().equals(IntExpr.ONE)
                || length.isConstant() && length.constant() < LaneLoops.FEWEST
                || Unroll.hasLoop(inner.body())
                || Steps.stores(inner.body())) {
            return Optional.empty();
        }
        Map<String, Real.Op> sums = new HashMap<>();
        for (String name : new TreeSet<>(Steps.assigned(inner.body()))) {
            Optional<Real.Op> op = Accumulations.of(inner.body(), name);
            if (op.isEmpty() || !Accumulations.neutral(op.get()).equals(Optional.ofNullable(starts.get(name)))) {
                return Optional.empty();
            }
            sums.put(name, op.get());
        }
        try {
            return sums.isEmpty() ? Optional.empty() : Optional.of(new Sum(nest, inner, sums, known).steps());
        } catch (NoLanes e) {
            return Optional.empty();
        }
    }

    /** One nest. */
    private final class Sum {
        private final Known known;
        private final Step.Loop nest;
        private final Step.Loop inner;
        private final Map<String, Real.Op> sums;
        private final int turns;
        private final List<Map<String, String>> names = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();

        Sum(Step.Loop nest, Step.Loop inner, Map<String, Real.Op> sums, Known known) {
            this.known = known;
            this.nest = nest;
            this.inner = inner;
            this.sums = sums;
            IntExpr length = inner.hi().minus(inner.lo());
            this.turns = length.isConstant() && length.constant() < TURNS * LaneLoops.FEWEST ? 1 : TURNS;
        }

        List<Step> steps() {
            for (int turn = 0; turn < turns; turn++) {
                Map<String, String> here = new HashMap<>();
                for (String name : new TreeSet<>(sums.keySet())) {
                    String lanes = fresh.apply(name + "Lanes");
                    here.put(name, lanes);
                    Real neutral = Accumulations.neutral(op(name)).orElseThrow();
                    steps.add(new Step.Declare(lanes, new Real.Spread(neutral), true));
                }
                names.add(here);
            }
            steps.add(rebuilt(nest));
            for (String name : new TreeSet<>(sums.keySet())) {
                Real total = local(0, name);
                for (int turn = 1; turn < turns; turn++) {
                    total = new Real.Binary(op(name), total, local(turn, name));
                }
                Real folded = op(name) == Real.Op.ADD
                        ? new Real.SumOfLanes(total)
                        : new Real.ExtremumOfLanes(op(name) == Real.Op.MAX, total);
                steps.add(new Step.Assign(name, new Real.Binary(op(name), new Real.Local(name), folded)));
            }
            return steps;
        }

        private Real.Op op(String name) {
            return Objects.requireNonNull(sums.get(name));
        }

        private Real local(int turn, String name) {
            return new Real.Local(Objects.requireNonNull(names.get(turn).get(name)), true);
        }

        private Step rebuilt(Step.Loop loop) {
            Step body = loop == inner ? vectors() : rebuilt((Step.Loop) Steps.only(loop.body()));
            return loop == inner ? body : new Step.Loop(loop.var(), loop.lo(), loop.hi(), loop.by(), body);
        }

        private Step vectors() {
            List<Step> loops = new ArrayList<>();
            IntExpr lo = inner.lo();
            IntExpr hi = inner.hi();
            IntExpr extent = hi.minus(lo);
            IntExpr length = known.isAtLeast(extent, 0) ? extent : extent.max(IntExpr.ZERO);
            IntExpr from = lo;
            for (int turn : turns == 1 ? List.of(1) : List.of(turns, 1)) {
                IntExpr by = Lane.COUNT.times(turn);
                List<Step> bodies = new ArrayList<>();
                for (int k = 0; k < turn; k++) {
                    bodies.addAll(Steps.list(body(k)));
                }
                loops.add(new Step.Loop(inner.var(), from, hi.minus(by).plus(1), by, Step.block(bodies)));
                String end = fresh.apply("end");
                loops.add(new Step.DeclareInt(end, lo.plus(length).minus(length.mod(by)), false));
                from = IntExpr.var(end);
            }
            loops.add(new Step.Loop(inner.var(), from, hi, IntExpr.ONE, inner.body()));
            return new Step.Block(loops);
        }

        private Step body(int turn) {
            Map<String, String> here = names.get(turn);
            IntExpr at = IntExpr.var(inner.var()).plus(Lane.COUNT.times(turn));
            Step own = Unroll.copy(Accumulations.renamed(inner.body(), here), "", IntExpr.ZERO, fresh);
            Step lanes = new LaneBody(inner.var(), 1, functions, fresh, known)
                    .own(Set.copyOf(here.values()))
                    .of(own);
            return Steps.where(lanes, inner.var(), at);
        }
    }
}

package dev.adjoint.transform;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Cell;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * About how many operations a step takes, in all lanes together: those of its heaviest nest of loops. A value counts as
 * one, an entry that is moved as {@link #MOVE}.
 *
 * @param total over the sizes
 * @param typical the same where the sizes are such as are usual
 */
record Work(IntExpr total, double typical) {
    /** Memory is slower than arithmetic. */
    private static final long MOVE = 8;

    /** The work of a step that runs on its own. */
    static Work of(Step step, Map<String, Long> sizes) {
        return new Counter(sizes).work(step, new HashMap<>(Map.of(Lane.NAME, IntExpr.ONE)));
    }

    private record Counter(Map<String, Long> sizes) {
        /** @param values what integers stand for; those that the step declares are added */
        Work work(Step step, Map<String, IntExpr> values) {
            if (step instanceof Step.Block block) {
                return block(block.steps(), values);
            }
            if (step instanceof Step.Loop loop) {
                IntExpr lo = loop.lo().substitute(values);
                IntExpr by = loop.by().substitute(values);
                IntExpr count =
                        loop.hi().substitute(values).minus(lo).plus(by).minus(1).floorDiv(by);
                Map<String, IntExpr> inside = new HashMap<>(values);
                inside.put(loop.var(), lo);
                return times(count, work(loop.body(), inside));
            }
            if (step instanceof Step.If branch) {
                Work then = work(branch.then(), new HashMap<>(values));
                return branch.otherwise() == null
                        ? then
                        : heavier(then, work(branch.otherwise(), new HashMap<>(values)));
            }
            if (step instanceof Step.Call call) {
                Map<String, IntExpr> arguments = new HashMap<>(Map.of(Lane.NAME, IntExpr.ONE));
                for (int k = 0; k < call.ints().size(); k++) {
                    arguments.put(
                            call.routine().ints().get(k), call.ints().get(k).substitute(values));
                }
                return work(call.routine().body(), arguments);
            }
            if (step instanceof Step.Copy copy) {
                return times(copy.length().substitute(values), constant(MOVE));
            }
            if (step instanceof Step.DeclareInt d) {
                values.put(d.name(), d.value().substitute(values));
            }
            return constant(step instanceof Step.Store || step instanceof Step.Accumulate ? MOVE : 1);
        }

        private Work block(List<Step> steps, Map<String, IntExpr> values) {
            double plain = 0;
            Work heaviest = constant(1);
            for (Step step : steps) {
                Work work = work(step, values);
                plain += work.total().isConstant() ? work.typical() : 0;
                heaviest = heavier(heaviest, work);
            }
            return heavier(heaviest, constant((long) plain));
        }

        private static Work heavier(Work one, Work other) {
            return other.typical() > one.typical() ? other : one;
        }

        private static Work constant(long operations) {
            return new Work(IntExpr.of(operations), operations);
        }

        /** How often depends on sizes alone, or is taken to be once. */
        private Work times(IntExpr count, Work work) {
            boolean isKnown = sizes.keySet().containsAll(count.variables())
                    && count.atoms().stream().noneMatch(Cell.class::isInstance);
            IntExpr often = isKnown ? count : IntExpr.ONE;
            double typical = Math.max(1, often.evaluate(this::size));
            return new Work(often.times(work.total()), typical * work.typical());
        }

        private long size(Atom atom) {
            return atom instanceof Atom.Var v ? sizes.getOrDefault(v.name(), 1L) : 1L;
        }
    }
}

package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Routine;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The innermost loops of {@link LongRuns}: what some lanes add to their sums, tap by tap over a whole run.
 *
 * @param still the numbers that runs are multiplied with
 * @param arena where runs and sums stand
 * @param target names the routines
 */
record RunKernel(RunChoice choice, Buffer still, Buffer arena, Buffer target) {
    /** The loops of a block, a routine each: HotSpot takes much longer to compile several together. */
    List<Routine> routines(int width, Supplier<Scopes> locals) {
        List<Routine> kernels = new ArrayList<>();
        int taps = choice.layout().taps().size();
        int count = (taps + choice.together() - 1) / choice.together();
        for (int k = 0; k < count; k++) {
            kernels.add(routine(width, k * taps / count, (k + 1) * taps / count, locals.get()));
        }
        return kernels;
    }

    /** {@code sum_d[t] += Σ_taps w_d,tap·a[t + tap]}, t over a whole run. */
    private Routine routine(int width, int from, int to, Scopes names) {
        String at = names.enter("at");
        String t = names.enter("t");
        List<Step> steps = new ArrayList<>();
        List<Step> body = new ArrayList<>();
        for (int k = 0; k < width; k++) {
            IntExpr place = IntExpr.var(t).plus(choice.sumAt(k));
            Real sum = new Real.Load(arena, place);
            long lane = choice.lane() < 0 ? 0 : k * choice.layout().shape().strides()[choice.lane()];
            for (int n = from; n < to; n++) {
                RunLayout.Tap tap = choice.layout().taps().get(n);
                String weight = names.enter(still.name() + k + "_" + n);
                IntExpr entry = IntExpr.var(at).plus(lane + tap.still());
                steps.add(new Step.Declare(weight, new Real.Load(still, entry), false));
                Real moved = new Real.Load(arena, IntExpr.var(t).plus(choice.entryAt(tap)));
                sum = new Real.Fma(new Real.Local(weight), moved, sum);
            }
            body.add(new Step.Store(arena, place, sum));
        }
        steps.add(Step.loop(t, IntExpr.ZERO, IntExpr.of(choice.runLength()), new Step.Block(body)));
        return new Routine(
                "run" + Planner.capital(target.name()) + width + (from == 0 ? "" : "From" + from),
                List.of("Adds the products of taps with a run to " + width + (width == 1 ? " sum." : " sums.")),
                List.of(still, arena),
                List.of(at),
                new Step.Block(steps));
    }
}

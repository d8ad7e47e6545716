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
    /**
     * The most bytes of bytecode of a method that HotSpot writes into a loop that calls it ({@code FreqInlineSize}). Once
     * there, its loops are no more turned into vector code on 17.
     */
    private static final int INLINED = 325;

    /**
     * The loops of a block, a routine each: HotSpot takes much longer to compile several together. Only loops that by
     * themselves would be so few bytes that HotSpot inlines them share a routine that is longer.
     */
    List<Routine> routines(int width, Supplier<Scopes> locals) {
        int taps = choice.layout().taps().size();
        int count = (taps + choice.together() - 1) / choice.together();
        List<Integer> starts = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int last = starts.isEmpty() ? 0 : starts.get(starts.size() - 1);
            boolean isLong = bytes(width, last * taps / count, k * taps / count, k - last) > INLINED;
            boolean isRestLong = bytes(width, k * taps / count, taps, count - k) > INLINED;
            if (k == 0 || isLong && isRestLong) {
                starts.add(k);
            }
        }
        List<Routine> kernels = new ArrayList<>();
        for (int r = 0; r < starts.size(); r++) {
            int end = r + 1 < starts.size() ? starts.get(r + 1) : count;
            kernels.add(routine(width, starts.get(r), end, count, locals.get()));
        }
        return kernels;
    }

    /** At least so many bytes of bytecode: for a product an entry loaded twice and fma, for a sum a load and a store. */
    private static int bytes(int width, int from, int to, int loops) {
        return 18 * width * (to - from) + (15 * width + 16) * loops;
    }

    /** {@code sum_d[t] += Σ_taps w_d,tap·a[t + tap]}, t over a whole run, some taps after others. */
    private Routine routine(int width, int first, int end, int count, Scopes names) {
        int taps = choice.layout().taps().size();
        String at = names.enter("at");
        List<Step> steps = new ArrayList<>();
        for (int k = first; k < end; k++) {
            loop(width, k * taps / count, (k + 1) * taps / count, IntExpr.var(at), names, steps);
        }
        int from = first * taps / count;
        return new Routine(
                "run" + Planner.capital(target.name()) + width + (from == 0 ? "" : "From" + from),
                List.of("Adds the products of taps with a run to " + width + (width == 1 ? " sum." : " sums.")),
                List.of(still, arena),
                List.of(at),
                new Step.Block(steps));
    }

    private void loop(int width, int from, int to, IntExpr at, Scopes names, List<Step> steps) {
        String t = names.enter("t");
        List<Step> body = new ArrayList<>();
        for (int k = 0; k < width; k++) {
            IntExpr place = IntExpr.var(t).plus(choice.sumAt(k));
            Real sum = new Real.Load(arena, place);
            long lane = choice.lane() < 0 ? 0 : k * choice.layout().shape().strides()[choice.lane()];
            for (int n = from; n < to; n++) {
                RunLayout.Tap tap = choice.layout().taps().get(n);
                String weight = names.enter(still.name() + k + "_" + n);
                IntExpr entry = at.plus(lane + tap.still());
                steps.add(new Step.Declare(weight, new Real.Load(still, entry), false));
                Real moved = new Real.Load(arena, IntExpr.var(t).plus(choice.entryAt(tap)));
                sum = new Real.Fma(new Real.Local(weight), moved, sum);
            }
            body.add(new Step.Store(arena, place, sum));
        }
        steps.add(Step.loop(t, IntExpr.ZERO, IntExpr.of(choice.runLength()), new Step.Block(body)));
    }
}

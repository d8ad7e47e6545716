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

    /** The bytes of a product, its entry of the still operand loaded, kept, and multiplied; of a sum; of a loop. */
    private static final int PRODUCT = 14;

    private static final int SUM = 8;
    private static final int LOOP = 13;

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

    /** About how many bytes of bytecode some loops are that add these taps, at least. */
    private int bytes(int width, int from, int to, int loops) {
        int bytes = loops * LOOP;
        for (int k = 0; k < width; k++) {
            bytes += loops * (SUM + 2 * added(choice.sumAt(k)));
            for (RunLayout.Tap tap : choice.layout().taps().subList(from, to)) {
                bytes += PRODUCT + added(stillAt(k, tap)) + added(choice.entryAt(tap));
            }
        }
        return bytes;
    }

    /** How many bytes it takes to add a constant to an index. */
    private static int added(long constant) {
        if (constant == 0) {
            return 0;
        }
        if (Math.abs(constant) <= 5) {
            return 2;
        }
        return constant == (byte) constant ? 3 : 4;
    }

    /** How far from the block's first the entry stands that a tap multiplies for the k-th sum. */
    private long stillAt(int k, RunLayout.Tap tap) {
        long lane = choice.lane() < 0 ? 0 : k * choice.layout().shape().strides()[choice.lane()];
        return lane + tap.still();
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
            for (int n = from; n < to; n++) {
                RunLayout.Tap tap = choice.layout().taps().get(n);
                String weight = names.enter(still.name() + k + "_" + n);
                IntExpr entry = at.plus(stillAt(k, tap));
                steps.add(new Step.Declare(weight, new Real.Load(still, entry), false));
                Real moved = new Real.Load(arena, IntExpr.var(t).plus(choice.entryAt(tap)));
                sum = new Real.Fma(new Real.Local(weight), moved, sum);
            }
            body.add(new Step.Store(arena, place, sum));
        }
        steps.add(Step.loop(t, IntExpr.ZERO, IntExpr.of(choice.runLength()), new Step.Block(body)));
    }
}

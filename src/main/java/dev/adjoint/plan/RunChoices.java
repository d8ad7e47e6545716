package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.lower.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The ways to compute a contraction in long runs. Either operand may be the moving one; results run over some of the
 * free indices that it alone holds, in their order or the other way round; all values of the indices that shift along a
 * run are taps, and of at most one index besides, some.
 */
final class RunChoices {
    /** The most entries that are worth to be copied, 64 MiB of floats. */
    private static final double MOST_COPIES = 1 << 24;

    private static final long SHORTEST_RUN = 64;
    private static final int MOST_STRIPS = 64;

    private RunChoices() {}

    /** @param inside the same contraction with every read inside of its tensor */
    static List<RunChoice> of(Contraction c, Contraction inside, Tensors tensors) {
        List<RunChoice> choices = new ArrayList<>();
        add(c, c.left(), inside.right(), tensors, choices);
        add(c, c.right(), inside.left(), tensors, choices);
        return choices;
    }

    private static void add(
            Contraction c, Expr.Read moving, Expr.Read still, Tensors tensors, List<RunChoice> choices) {
        RunShape.of(c, moving, still, tensors).ifPresent(shape -> {
            for (int[] run : runs(shape)) {
                List<RunChoice> ofRun = new ArrayList<>();
                for (long[] widths : widths(shape, run)) {
                    RunLayout.of(shape, run, widths)
                            .filter(l -> l.length() <= MOST_COPIES)
                            .ifPresent(layout -> strips(layout, ofRun));
                }
                cheapest(ofRun, choices);
            }
        });
    }

    /** The cheapest of each kind: in one strip or in several, by one block of taps or by several. */
    private static void cheapest(List<RunChoice> all, List<RunChoice> choices) {
        for (int kind = 0; kind < 4; kind++) {
            boolean strips = (kind & 1) == 1;
            boolean groups = (kind & 2) == 2;
            all.stream()
                    .filter(r -> r.cycles() < Double.MAX_VALUE && r.strips() > 1 == strips && r.isWhole() != groups)
                    .min(Comparator.comparingDouble(RunChoice::cycles))
                    .ifPresent(choices::add);
        }
    }

    /** Sets of free indices that the moving operand alone holds, in their order and the other way round. */
    private static List<int[]> runs(RunShape shape) {
        int[] free = IntStream.range(0, shape.free())
                .filter(k -> shape.runs(k) && shape.extents()[k] > 1)
                .toArray();
        List<int[]> runs = new ArrayList<>();
        for (int set = 1; set < 1 << Math.min(free.length, 5); set++) {
            int chosen = set;
            int[] run = IntStream.range(0, free.length)
                    .filter(k -> (chosen >> k & 1) == 1)
                    .map(k -> free[k])
                    .toArray();
            long length = Arrays.stream(run).mapToLong(k -> shape.extents()[k]).reduce(1, (a, b) -> a * b);
            if (length >= SHORTEST_RUN / 2) {
                runs.add(run);
                if (run.length > 1) {
                    int[] back = new int[run.length];
                    Arrays.setAll(back, k -> run[run.length - 1 - k]);
                    runs.add(back);
                }
            }
        }
        return runs;
    }

    /** How many values of each index are taps. */
    private static List<long[]> widths(RunShape shape, int[] run) {
        boolean[] shifts = new boolean[shape.size()];
        for (int k = shape.free(); k < shape.size(); k++) {
            int at = k;
            shifts[k] = Arrays.stream(run).anyMatch(r -> shape.axes()[r] == shape.axes()[at]);
        }
        List<long[]> widths = new ArrayList<>();
        for (int whole = 0; whole < 2; whole++) {
            long[] base = new long[shape.size()];
            long taps = 1;
            for (int k = 0; k < base.length; k++) {
                base[k] = whole == 1 && shifts[k] ? shape.extents()[k] : 1;
                taps *= base[k];
            }
            if (taps <= RunLayout.MOST_TAPS && (whole == 0 || taps > 1)) {
                widths.add(base);
            }
            for (int k = shape.free(); k < base.length; k++) {
                for (long width : divisors(base[k] == 1 ? shape.extents()[k] : 1, RunLayout.MOST_TAPS / taps)) {
                    long[] more = base.clone();
                    more[k] = width;
                    widths.add(more);
                }
            }
        }
        return widths;
    }

    private static Set<Long> divisors(long of, long most) {
        Set<Long> divisors = new TreeSet<>();
        for (long d = 2; d <= Math.min(of, most); d++) {
            if (of % d == 0) {
                divisors.add(d);
            }
        }
        return divisors;
    }

    private static void strips(RunLayout layout, List<RunChoice> choices) {
        long before = 0;
        for (long parts = 1; parts <= Math.min(MOST_STRIPS, layout.height()); parts++) {
            long rows = (layout.height() + parts - 1) / parts;
            if (rows != before && (parts == 1 || rows * layout.inner() >= SHORTEST_RUN)) {
                choices.add(RunChoice.of(layout, rows));
                before = rows;
            }
        }
    }
}

package dev.adjoint.eval;

import dev.adjoint.index.Range;
import java.util.List;

/** The turns of a reduction. */
final class Loop {
    private final int[] slot;
    private final Code.Int[] lo;
    private final Code.Int[] hi;

    Loop(List<Range> ranges, Compiled compiled) {
        slot = ranges.stream().mapToInt(r -> compiled.slot(r.name())).toArray();
        lo = ranges.stream().map(r -> compiled.integer(r.lo())).toArray(Code.Int[]::new);
        hi = ranges.stream().map(r -> compiled.integer(r.hi())).toArray(Code.Int[]::new);
    }

    void run(Frame f, Runnable body) {
        run(f, 0, body);
    }

    private void run(Frame f, int depth, Runnable body) {
        if (depth == slot.length) {
            f.spend();
            body.run();
            return;
        }
        int at = slot[depth];
        long end = hi[depth].at(f);
        long saved = f.ints[at];
        for (long k = lo[depth].at(f); k < end; k++) {
            f.ints[at] = k;
            run(f, depth + 1, body);
        }
        f.ints[at] = saved;
    }

    /** Whether a later value takes the place of the best so far: the first of equals stays, the first NaN wins. */
    static boolean isBetter(boolean max, double value, double best) {
        return !Double.isNaN(best) && (Double.isNaN(value) || (max ? value > best : value < best));
    }
}

package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is certain of indices within their loops: that they stay inside an axis. */
final class Inside {
    private final Map<String, Range> ranges;
    private final Intervals intervals;

    private Inside(Map<String, Range> ranges, Intervals intervals) {
        this.ranges = ranges;
        this.intervals = intervals;
    }

    static Inside of(List<Range> ranges) {
        return new Inside(Map.of(), Intervals.none()).with(ranges);
    }

    Inside with(List<Range> more) {
        Map<String, Range> all = new HashMap<>(ranges);
        more.forEach(r -> all.put(r.name(), r));
        return new Inside(all, intervals.with(more));
    }

    /** Whether {@code 0 ≤ e < extent} is certain: it is for an index that runs over just that, and for known boxes. */
    boolean holds(IntExpr e, IntExpr extent) {
        Optional<Range> own = e.asVariable().map(ranges::get);
        boolean whole = own.isPresent()
                && own.get().lo().isConstant()
                && own.get().lo().constant() >= 0
                && own.get().hi().equals(extent);
        return whole || intervals.inside(e, extent);
    }
}

package dev.adjoint.lang;

import dev.adjoint.expr.Cond;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is known where an expression stands: the ranges of the indices around it, and the conditions that guard it. */
record Facts(List<Range> ranges, List<Cond> guards) {
    static final Facts NONE = new Facts(List.of(), List.of());

    Facts {
        ranges = List.copyOf(ranges);
        guards = List.copyOf(guards);
    }

    Facts with(List<Range> more) {
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(more);
        return new Facts(all, guards);
    }

    Facts with(Range range) {
        return with(List.of(range));
    }

    Facts where(Cond guard) {
        List<Cond> all = new ArrayList<>(guards);
        all.add(guard);
        return new Facts(ranges, all);
    }

    Set<String> indices() {
        Set<String> names = new LinkedHashSet<>();
        ranges.forEach(r -> names.add(r.name()));
        return names;
    }
}

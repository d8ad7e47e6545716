package dev.adjoint.lower;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The position of the first largest or smallest value over clamped ranges, counted as in the whole window; 0, the
 * window's first place, if no value beats the infinity that never wins.
 *
 * @param flat the position, over the indices of the ranges
 */
record Winner(boolean max, List<Range> ranges, Expr body, IntExpr flat) implements Atom {
    Winner {
        ranges = List.copyOf(ranges);
    }

    @Override
    public void collectVariables(Set<String> names) {
        Set<String> all = new LinkedHashSet<>(Variables.of(body));
        all.addAll(flat.variables());
        for (int k = ranges.size() - 1; k >= 0; k--) {
            all.remove(ranges.get(k).name());
            all.addAll(ranges.get(k).lo().variables());
            all.addAll(ranges.get(k).hi().variables());
        }
        names.addAll(all);
    }

    @Override
    public IntExpr substitute(Map<String, IntExpr> values) {
        throw new UnsupportedOperationException("winners are planned last");
    }

    @Override
    public String toString() {
        return "winner(" + ranges + ", " + body + ")";
    }
}

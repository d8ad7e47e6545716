package dev.adjoint.expr;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Integers that depend on data. */
public final class Position {
    private Position() {}

    /** The entry of an integer tensor. */
    public record Entry(String tensor, List<IntExpr> index) implements Atom {
        public Entry {
            index = List.copyOf(index);
        }

        @Override
        public void collectVariables(Set<String> names) {
            index.forEach(i -> names.addAll(i.variables()));
        }

        @Override
        public IntExpr substitute(Map<String, IntExpr> values) {
            List<IntExpr> replaced =
                    index.stream().map(i -> i.substitute(values)).toList();
            return IntExpr.of(replaced.equals(index) ? this : new Entry(tensor, replaced));
        }

        @Override
        public String toString() {
            return Printer.entry(tensor, index);
        }
    }

    /**
     * The flat row-major position, within the window, of the first largest (or smallest) value; the window is a box:
     * its bounds use none of its own indices.
     */
    public record Arg(boolean max, List<Range> ranges, Expr body) implements Atom {
        public Arg {
            ranges = List.copyOf(ranges);
        }

        @Override
        public void collectVariables(Set<String> names) {
            Set<String> all = new LinkedHashSet<>(Variables.of(body));
            for (int k = ranges.size() - 1; k >= 0; k--) {
                all.remove(ranges.get(k).name());
                all.addAll(ranges.get(k).lo().variables());
                all.addAll(ranges.get(k).hi().variables());
            }
            names.addAll(all);
        }

        @Override
        public IntExpr substitute(Map<String, IntExpr> values) {
            return new Substitution(values).atom(this);
        }

        @Override
        public String toString() {
            return (max ? "argmax[" : "argmin[") + Printer.ranges(ranges) + "](" + Printer.print(body) + ")";
        }
    }

    /** The flat row-major position of an index within a window, {@code (i₀−lo₀)·n₁·n₂ + (i₁−lo₁)·n₂ + …}. */
    public static IntExpr flat(List<Range> ranges) {
        IntExpr flat = IntExpr.ZERO;
        for (Range range : ranges) {
            flat = flat.times(range.extent()).plus(range.index().minus(range.lo()));
        }
        return flat;
    }
}

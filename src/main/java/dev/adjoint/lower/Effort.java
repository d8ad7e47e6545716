package dev.adjoint.lower;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * About how many terms the sums of one entry have, in the middle of its tensor. A gradient's padded form needs no
 * bounds, but is a detour where its sums run over everything and few terms lie inside.
 */
public final class Effort extends Rewriter {
    /** How many times more terms than there are the padded form may have. */
    private static final double MOST_PADDING = 6;

    private static final long LARGE = 64;
    private static final long SMALL = 6;
    private static final long USUAL = 24;

    private Map<String, Long> values;
    private double inside = 1;
    private double terms;

    private Effort(Map<String, Long> sizes) {
        this.values = new HashMap<>(sizes);
    }

    /**
     * Whether the padded form has many more terms than the clamped one, for one of some typical choices of the open
     * sizes: all small, as those of a kernel, or one of them large.
     */
    public static boolean isDetour(Definition padded, Definition clamped, Layer layer) {
        if (padded.rhs() == clamped.rhs()) {
            return false;
        }
        boolean tried = false;
        for (Map<String, Long> sizes : samples(layer)) {
            try {
                if (isPossible(layer, sizes)) {
                    tried = true;
                    if (of(padded, sizes) > MOST_PADDING * of(clamped, sizes)) {
                        return true;
                    }
                }
            } catch (ArithmeticException e) {
                // These sizes divide by zero: the next.
            }
        }
        return !tried;
    }

    /** Sizes that the layer allows: such as are usual, if they are found. */
    public static Map<String, Long> typical(Layer layer) {
        List<Map<String, Long>> candidates = new ArrayList<>();
        for (long size : new long[] {USUAL, LARGE, SMALL, 1}) {
            Map<String, Long> same = new HashMap<>();
            layer.sizes().forEach(s -> same.put(s.name(), size));
            candidates.add(same);
        }
        candidates.addAll(1, samples(layer));
        for (Map<String, Long> sizes : candidates) {
            try {
                if (isPossible(layer, sizes)) {
                    return sizes;
                }
            } catch (ArithmeticException e) {
                // These sizes divide by zero: the next.
            }
        }
        return candidates.get(0);
    }

    private static List<Map<String, Long>> samples(Layer layer) {
        List<Map<String, Long>> samples = new ArrayList<>();
        Map<String, Long> small = new HashMap<>();
        layer.sizes().forEach(s -> small.put(s.name(), SMALL));
        samples.add(small);
        for (Size size : layer.sizes()) {
            Map<String, Long> sizes = new HashMap<>(small);
            sizes.put(size.name(), LARGE);
            samples.add(sizes);
        }
        return samples;
    }

    private static boolean isPossible(Layer layer, Map<String, Long> sizes) {
        Effort effort = new Effort(sizes);
        return layer.tensors().stream().flatMap(t -> t.shape().stream()).allMatch(e -> e.evaluate(effort::value) >= 1)
                && layer.assumptions().stream()
                        .flatMap(c -> Cond.conjuncts(c).stream())
                        .allMatch(c -> !(c instanceof Cond.Ints i)
                                || i.rel()
                                        .holds(Long.compare(
                                                i.left().evaluate(effort::value),
                                                i.right().evaluate(effort::value))));
    }

    private static double of(Definition definition, Map<String, Long> sizes) {
        Effort effort = new Effort(sizes);
        effort.enter(definition.indices());
        effort.expr(definition.rhs());
        return effort.terms;
    }

    @Override
    public Expr expr(Expr e) {
        if (!(e instanceof Expr.Reduce r)) {
            return super.expr(e);
        }
        Map<String, Long> outside = values;
        double around = inside;
        values = new HashMap<>(values);
        inside *= enter(r.ranges());
        terms += inside;
        super.expr(r.body());
        inside = around;
        values = outside;
        return e;
    }

    /** The number of points of a box whose later sides are taken in the middle of the earlier ones. */
    private double enter(List<Range> ranges) {
        double points = 1;
        for (Range range : ranges) {
            long lo = range.lo().evaluate(this::value);
            long length = Math.max(1, range.hi().evaluate(this::value) - lo);
            values.put(range.name(), lo + length / 2);
            points *= length;
        }
        return points;
    }

    private long value(Atom atom) {
        return atom instanceof Atom.Var variable ? values.getOrDefault(variable.name(), LARGE) : LARGE;
    }
}

package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Generate.Options;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Step;
import dev.adjoint.lower.Lowering;
import dev.adjoint.lower.Tensors;
import dev.adjoint.transform.Unroll;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Unroll and jam: a block of neighbouring results is summed at once, each in a local variable of its own, so that what
 * was loaded once is used several times. Of {@code x[d,j] = Σ_m w[d,m]·o[j+m]} a block of 4 values of {@code d} times 3
 * of {@code j} makes 12 sums of 7 loads, where one after the other needs 24.
 */
final class RegisterBlocks {
    /** Sums that fit in 16 registers beside the operands. */
    private static final int MOST_SUMS = 12;

    private static final int WIDEST = 6;

    /** An index of which several neighbouring values are computed together. */
    private record Axis(Range range, int width) {}

    private final Contraction contraction;
    private final Tensors tensors;
    private final Lowering lowering;
    private final List<Axis> axes;

    /** @param unroll how much is written out */
    RegisterBlocks(Contraction contraction, Tensors tensors, Known sizes, Scopes scopes, Options.Unroll unroll) {
        this.contraction = contraction;
        this.tensors = tensors;
        this.lowering = new Lowering(tensors, sizes, scopes);
        this.axes = choose(mostSums(contraction, unroll));
    }

    /** Where all taps of the innermost loop are to be written out, fewer sums leave room for them. */
    private static int mostSums(Contraction contraction, Options.Unroll unroll) {
        Range inner = contraction.reduced().get(contraction.reduced().size() - 1);
        if (unroll != Options.Unroll.FULL || !inner.extent().isConstant()) {
            return MOST_SUMS;
        }
        long room = Unroll.MOST / 2 / Math.max(1, inner.extent().constant());
        return (int) Math.max(1, Math.min(MOST_SUMS, room));
    }

    String name() {
        StringBuilder name = new StringBuilder("loop nest");
        String separator = " in blocks of ";
        for (Axis axis : axes) {
            name.append(separator)
                    .append(axis.width())
                    .append(" ")
                    .append(axis.range().name());
            separator = " times ";
        }
        return name.toString();
    }

    String because() {
        return axes.isEmpty() ? "no operand serves several results" : "each operand loaded serves several sums";
    }

    Step nest(Unroll unroll) {
        return lowering.capture(() -> loops(
                0,
                new LinkedHashMap<>(),
                lanes -> lowering.emit(unroll.apply(lowering.capture(() -> lowering.scope(() -> block(lanes)))))));
    }

    /** One index of each operand that the other one does not hold; the widths that load least. */
    private List<Axis> choose(int mostSums) {
        Optional<Range> first = blocked(contraction.left(), contraction.right());
        Optional<Range> second = blocked(contraction.right(), contraction.left());
        List<Axis> best = List.of();
        double least = Double.MAX_VALUE;
        for (int a = 1; a <= (first.isPresent() ? WIDEST : 1); a++) {
            for (int b = 1; b <= (second.isPresent() ? WIDEST : 1) && a * b <= mostSums; b++) {
                double cost = (1.0 / a + 1.0 / b + 0.25) * waste(first, a) * waste(second, b);
                if (cost < least) {
                    least = cost;
                    best = axes(first, a, second, b);
                }
            }
        }
        return best;
    }

    private static List<Axis> axes(Optional<Range> first, int a, Optional<Range> second, int b) {
        List<Axis> axes = new ArrayList<>();
        first.filter(r -> a > 1).ifPresent(r -> axes.add(new Axis(r, a)));
        second.filter(r -> b > 1).ifPresent(r -> axes.add(new Axis(r, b)));
        return axes;
    }

    /** How much longer it takes because the last block is narrower: blocks times their width over results. */
    private static double waste(Optional<Range> range, int width) {
        if (range.isEmpty() || !range.get().extent().isConstant()) {
            return 1;
        }
        long extent = Math.max(1, range.get().extent().constant());
        return (extent + width - 1) / width * (double) width / extent;
    }

    /** The last free index in one operand alone; a short fixed one, as a kernel's, rather than a long one. */
    private Optional<Range> blocked(Expr.Read in, Expr.Read notIn) {
        Range found = null;
        for (Range range : contraction.free()) {
            boolean candidate = holds(in, range) && !holds(notIn, range) && !isSingle(range);
            if (candidate) {
                found = range;
            }
        }
        return Optional.ofNullable(found);
    }

    private static boolean holds(Expr.Read read, Range range) {
        return read.index().stream().anyMatch(e -> e.variables().contains(range.name()));
    }

    private static boolean isSingle(Range range) {
        return range.extent().equals(IntExpr.ONE);
    }

    /** Loops over the free indices from the k-th; {@code lanes} says how many values of a blocked one are at hand. */
    private void loops(int k, Map<String, Integer> lanes, Consumer<Map<String, Integer>> body) {
        if (k == contraction.free().size()) {
            body.accept(lanes);
            return;
        }
        Range range = contraction.free().get(k);
        Optional<Axis> axis = axes.stream().filter(a -> a.range().equals(range)).findFirst();
        if (axis.isEmpty()) {
            lowering.nest(List.of(range), () -> loops(k + 1, lanes, body));
            return;
        }
        int width = axis.get().width();
        IntExpr lo = range.lo();
        IntExpr rest = range.extent().mod(IntExpr.of(width));
        boolean whole = rest.isZero();
        IntExpr end = whole ? range.hi() : range.hi().minus(width - 1L);
        if (range.extent().equals(IntExpr.of(width))) {
            lowering.where(range.name(), lo, () -> loops(k + 1, with(lanes, range, width), body));
        } else if (!range.extent().isConstant() || range.extent().constant() >= width) {
            lowering.loop(range.name(), lo, end, width, () -> loops(k + 1, with(lanes, range, width), body));
        }
        if (rest.isConstant() && !whole) {
            int left = Math.toIntExact(rest.constant());
            lowering.where(range.name(), range.hi().minus(left), () -> loops(k + 1, with(lanes, range, left), body));
        } else if (!whole) {
            Range tail = new Range(range.name(), range.hi().minus(rest), range.hi());
            lowering.nest(List.of(tail), () -> loops(k + 1, with(lanes, range, 1), body));
        }
    }

    private static Map<String, Integer> with(Map<String, Integer> lanes, Range range, int width) {
        Map<String, Integer> more = new LinkedHashMap<>(lanes);
        more.put(range.name(), width);
        return more;
    }

    /** Every combination of lanes, as offsets of the blocked indices. */
    private static List<Map<String, Integer>> combinations(Map<String, Integer> lanes) {
        List<Map<String, Integer>> all = new ArrayList<>(List.of(Map.of()));
        for (Map.Entry<String, Integer> lane : lanes.entrySet()) {
            List<Map<String, Integer>> more = new ArrayList<>();
            for (Map<String, Integer> each : all) {
                for (int k = 0; k < lane.getValue(); k++) {
                    Map<String, Integer> shifted = new LinkedHashMap<>(each);
                    shifted.put(lane.getKey(), k);
                    more.add(shifted);
                }
            }
            all = more;
        }
        return all;
    }

    /** The sums of one block: all are cleared, summed over the same reads, and stored. */
    private void block(Map<String, Integer> lanes) {
        List<Map<String, Integer>> results = combinations(lanes);
        Map<Map<String, Integer>, String> sums = new LinkedHashMap<>();
        for (Map<String, Integer> result : results) {
            String sum = lowering.fresh("sum" + digits(result));
            sums.put(result, sum);
            lowering.emit(new Step.Declare(sum, Real.ZERO, true));
        }
        lowering.nest(
                contraction.reduced(),
                () -> sums.forEach((result, sum) -> lowering.shifted(result, () -> lowering.emit(term(sum)))));
        Buffer target = tensors.of(contraction.definition().target());
        sums.forEach((result, sum) -> lowering.shifted(result, () -> {
            List<IntExpr> place = new ArrayList<>();
            contraction.free().forEach(r -> place.add(lowering.integer(r.index())));
            lowering.known(contraction.sum(), new Real.Local(sum));
            Real value = lowering.real(contraction.definition().rhs());
            lowering.emit(new Step.Store(target, target.offset(place), value));
        }));
    }

    private Step term(String sum) {
        Real left = lowering.real(contraction.left());
        Real right = lowering.real(contraction.right());
        return new Step.Assign(sum, new Real.Fma(left, right, new Real.Local(sum)));
    }

    private static String digits(Map<String, Integer> lane) {
        StringBuilder digits = new StringBuilder();
        lane.values()
                .forEach(k -> digits.append(digits.length() == 0 ? "" : "_").append(k));
        return digits.toString();
    }
}

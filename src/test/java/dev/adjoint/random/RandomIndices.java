package dev.adjoint.random;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;

/** Random reads: index expressions that stay inside their tensor, by its shape, by {@code mod}, or by a pad. */
final class RandomIndices {
    private final RandomLayers layer;
    private final List<Range> scope;
    private final Map<Range, IntExpr> reaches = new IdentityHashMap<>();

    RandomIndices(RandomLayers layer, List<Range> scope) {
        this.layer = layer;
        this.scope = scope;
    }

    /** An index expression with its largest value; the smallest is 0 or more. */
    private record Bounded(IntExpr index, IntExpr max) {}

    /** A tensor made for this read: each axis just reaches the largest index. */
    Expr readNew(int rank, boolean insideMax) {
        List<IntExpr> index = new ArrayList<>();
        List<IntExpr> shape = new ArrayList<>();
        if (rank > 1 && layer.chance(0.12)) {
            split(index, shape);
        }
        if (rank - index.size() > 1 && scope.size() > 1 && layer.chance(0.06)) {
            coupled(index, shape);
        }
        while (index.size() < rank) {
            Bounded bounded = draw();
            index.add(bounded.index);
            shape.add(bounded.max.plus(1));
        }
        noteDiagonal(index);
        Tensor tensor = layer.given(shape, Optional.empty());
        if (rank > 0 && layer.chance(0.15)) {
            return padded(tensor, index, insideMax);
        }
        return Exprs.read(Ref.value(tensor.name()), index);
    }

    /** One index as quotient and remainder: a row unrolled into a matrix. */
    private void split(List<IntExpr> index, List<IntExpr> shape) {
        layer.feature("quotient and remainder");
        Range a = layer.pick(scope);
        IntExpr by = layer.chance(0.7)
                ? IntExpr.of(2 + layer.random.nextInt(2))
                : layer.pick(List.copyOf(layer.sizes.values()));
        index.add(a.index().floorDiv(by));
        shape.add(max(a).floorDiv(by).plus(1));
        index.add(a.index().mod(by));
        shape.add(by);
    }

    /** Two indices that both stand in two axes, {@code w[2*i+3*j, i+2*j]}. */
    private void coupled(List<IntExpr> index, List<IntExpr> shape) {
        layer.feature("axes that share two indices");
        Range a = layer.pick(scope);
        Range b = layer.pick(scope);
        for (int k = 0; k < 2; k++) {
            long s = 1 + layer.random.nextInt(3);
            long d = 1 + layer.random.nextInt(3);
            boolean minus = layer.chance(0.3);
            IntExpr second = minus ? max(b).minus(b.index()) : b.index();
            index.add(a.index().times(s).plus(second.times(d)));
            shape.add(max(a).times(s).plus(max(b).times(d)).plus(1));
        }
    }

    /** A read of a vector that leaves it at one end, for some indices: only a condition may let it be looked at. */
    Expr.Read moved() {
        Bounded bounded = draw();
        Tensor tensor = layer.given(List.of(bounded.max.plus(1)), Optional.empty());
        IntExpr at = bounded.index.plus(layer.random.nextInt(5) - 2);
        return new Expr.Read(Ref.value(tensor.name()), List.of(at), null);
    }

    /** A new tensor with an axis for an index, and perhaps others. */
    Expr readWith(Range m) {
        List<IntExpr> index = new ArrayList<>();
        List<IntExpr> shape = new ArrayList<>();
        for (Range range : scope) {
            if (range == m || layer.chance(0.3)) {
                index.add(range.index());
                shape.add(max(range).plus(1));
            }
        }
        Tensor tensor = layer.given(shape, Optional.empty());
        return Exprs.read(Ref.value(tensor.name()), index);
    }

    /** A tensor of a known shape, at indices that fit it. */
    Expr readOf(Tensor tensor, boolean insideMax) {
        List<IntExpr> index = new ArrayList<>();
        for (IntExpr extent : tensor.shape()) {
            index.add(fitting(extent));
        }
        noteDiagonal(index);
        if (tensor.rank() > 0 && layer.chance(0.15)) {
            return padded(tensor, index, insideMax);
        }
        return Exprs.read(Ref.value(tensor.name()), index);
    }

    /** The read with one of its indices moved, and something to read outside. */
    private Expr padded(Tensor tensor, List<IntExpr> index, boolean insideMax) {
        layer.feature("padding");
        List<IntExpr> moved = new ArrayList<>(index);
        int axis = layer.random.nextInt(moved.size());
        moved.set(axis, moved.get(axis).plus(layer.random.nextInt(5) - 2));
        Expr pad = Expr.Num.ZERO;
        if (layer.chance(0.2)) {
            layer.feature("padding with a value");
            pad = new Expr.Num(BigFraction.of(1, 2), "0.5");
        }
        return new Expr.Read(Ref.value(tensor.name()), moved, pad);
    }

    private IntExpr fitting(IntExpr extent) {
        List<IntExpr> same = scope.stream()
                .filter(r -> max(r).plus(1).equals(extent))
                .map(Range::index)
                .toList();
        double draw = layer.random.nextDouble();
        if (!same.isEmpty() && draw < 0.75) {
            return layer.pick(same);
        }
        if (!same.isEmpty() && draw < 0.82) {
            layer.feature("flipped index");
            return extent.minus(1).minus(layer.pick(same));
        }
        if (scope.isEmpty()) {
            return layer.chance(0.5) ? IntExpr.ZERO : extent.minus(1);
        }
        if (draw < 0.87) {
            layer.feature("gather");
            return gather(extent);
        }
        if (draw < 0.92) {
            layer.feature("clamped index");
            return draw().index.min(extent.minus(1));
        }
        layer.feature("mod");
        return draw().index.mod(extent);
    }

    private Bounded draw() {
        Range a = layer.pick(scope);
        Range b = layer.pick(scope);
        double draw = layer.random.nextDouble();
        Bounded plain = new Bounded(a.index(), max(a));
        if (draw < 0.55) {
            return plain;
        } else if (draw < 0.66) {
            layer.feature("sum of indices");
            return new Bounded(a.index().plus(b.index()), max(a).plus(max(b)));
        } else if (draw < 0.76) {
            layer.feature("stride or dilation");
            long s = 1 + layer.random.nextInt(3);
            long d = 1 + layer.random.nextInt(3);
            return new Bounded(
                    a.index().times(s).plus(b.index().times(d)), max(a).times(s).plus(max(b).times(d)));
        } else if (draw < 0.81) {
            layer.feature("flipped index");
            return new Bounded(max(a).minus(a.index()), max(a));
        } else if (draw < 0.86) {
            layer.feature("div");
            IntExpr by = IntExpr.of(2 + layer.random.nextInt(2));
            return new Bounded(
                    a.index().plus(b.index()).floorDiv(by), max(a).plus(max(b)).floorDiv(by));
        } else if (draw < 0.88) {
            layer.feature("regrouped index");
            long by = 2 + layer.random.nextInt(2);
            long apart = by + layer.random.nextInt(2);
            IntExpr quotient = a.index().floorDiv(IntExpr.of(by));
            return new Bounded(
                    quotient.times(apart).plus(a.index().mod(IntExpr.of(by))),
                    max(a).floorDiv(IntExpr.of(by)).times(apart).plus(by - 1));
        } else if (draw < 0.91) {
            layer.feature("mod");
            IntExpr by = layer.chance(0.5) ? IntExpr.of(2 + layer.random.nextInt(2)) : max(b).plus(1);
            return new Bounded(a.index().mod(by), by.minus(1));
        } else if (draw < 0.95) {
            layer.feature("gather");
            IntExpr limit = IntExpr.of(1 + layer.random.nextInt(3));
            return new Bounded(gather(limit), limit.minus(1));
        } else if (draw < 0.955) {
            layer.feature("distance of two indices");
            return new Bounded(a.index().minus(b.index()).abs(), max(a).max(max(b)));
        } else if (draw < 0.965) {
            layer.feature("three indices in one axis");
            Range c = layer.pick(scope);
            IntExpr three =
                    a.index().times(2).plus(b.index().times(3)).plus(c.index().times(5));
            return new Bounded(three, max(a).times(2).plus(max(b).times(3)).plus(max(c).times(5)));
        } else if (draw < 0.97) {
            layer.feature("position of a maximum as an index");
            Tensor scores = layer.given(List.of(max(a).plus(1)), Optional.empty());
            Range k = Range.below("winner", max(a).plus(1));
            Expr body = Exprs.read(Ref.value(scores.name()), List.of(k.index()));
            return new Bounded(IntExpr.of(new Position.Arg(true, List.of(k), body)), max(a));
        } else if (draw < 0.985) {
            layer.feature("flattened index");
            IntExpr extent = max(b).plus(1);
            return new Bounded(
                    a.index().times(extent).plus(b.index()),
                    max(a).times(extent).plus(max(b)));
        }
        layer.feature("constant index");
        long constant = layer.random.nextInt(2);
        return new Bounded(IntExpr.of(constant), IntExpr.of(constant));
    }

    /** The entry of a new integer tensor below a limit. */
    IntExpr gather(IntExpr limit) {
        Range a = layer.pick(scope);
        Tensor tensor = layer.given(List.of(max(a).plus(1)), Optional.of(limit));
        return IntExpr.of(new Position.Entry(tensor.name(), List.of(a.index())));
    }

    /** A range that may be empty reaches no further than this, which is 0 or more. */
    void reach(Range range, IntExpr largest) {
        reaches.put(range, largest);
    }

    /** The largest value of an index, over the sizes: those of outer indices in its bound are put in. */
    IntExpr max(Range range) {
        IntExpr known = reaches.get(range);
        if (known != null) {
            return known;
        }
        IntExpr max = range.hi().minus(1);
        for (int k = scope.size() - 1; k >= 0; k--) {
            Range outer = scope.get(k);
            if (max.variables().contains(outer.name())) {
                max = max.substitute(Map.of(outer.name(), outer.hi().minus(1)));
            }
        }
        return max.isConstant() && max.constant() < 0 ? IntExpr.ZERO : max;
    }

    private void noteDiagonal(List<IntExpr> index) {
        if (index.size() > 1 && index.stream().distinct().count() < index.size()) {
            layer.feature("diagonal read");
        }
        for (int k = 1; k < index.size(); k++) {
            Optional<String> before = index.get(k - 1).asVariable();
            Optional<String> name = index.get(k).asVariable();
            if (before.isPresent() && name.isPresent() && position(before.get()) > position(name.get())) {
                layer.feature("transposed read");
            }
        }
    }

    private int position(String name) {
        for (int k = 0; k < scope.size(); k++) {
            if (scope.get(k).name().equals(name)) {
                return k;
            }
        }
        return -1;
    }
}

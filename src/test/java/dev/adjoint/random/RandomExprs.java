package dev.adjoint.random;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;

/** Random right-hand sides over the indices in scope. */
final class RandomExprs {
    private static final List<String> NAMES =
            List.of("i", "j", "k", "m", "n", "a", "b", "c", "d", "e", "g", "h", "l", "o", "r", "s");
    /** Those that derivations like to give to indices of their own. */
    private static final List<String> CONTESTED =
            List.of("p", "q", "r", "s", "u", "v", "i1", "r1", "m", "n1", "k", "j", "g", "h", "l", "o");

    private final RandomLayers layer;
    private final RandomIndices indices;
    private final List<Range> scope = new ArrayList<>();
    private boolean insideMax;

    RandomExprs(RandomLayers layer) {
        this.layer = layer;
        this.indices = new RandomIndices(layer, scope);
    }

    /** The extent of an axis: a size, a small number, or a size and a number. */
    IntExpr extent() {
        double draw = layer.random.nextDouble();
        if (draw < 0.25) {
            return IntExpr.of(1 + layer.random.nextInt(4));
        }
        IntExpr size = layer.pick(List.copyOf(layer.sizes.values()));
        return draw < 0.85 ? size : size.plus(1);
    }

    /** An index that runs below an extent, in scope until {@link #leave}. */
    Range enter(IntExpr extent) {
        Range range = Range.below(fresh(), extent);
        scope.add(range);
        return range;
    }

    private void leave(int count) {
        scope.subList(scope.size() - count, scope.size()).clear();
    }

    private String fresh() {
        return (layer.contested ? CONTESTED : NAMES)
                .stream()
                        .filter(n -> scope.stream().noneMatch(r -> r.name().equals(n)))
                        .findFirst()
                        .orElseThrow();
    }

    Expr value(int depth) {
        if (depth <= 0 || scope.size() > 6) {
            return leaf();
        }
        double draw = layer.random.nextDouble();
        if (draw < 0.20) {
            return leaf();
        } else if (draw < 0.45) {
            return reduction(depth);
        } else if (draw < 0.58) {
            return Exprs.add(value(depth - 1), value(depth - 1));
        } else if (draw < 0.62) {
            return Exprs.sub(value(depth - 1), value(depth - 1));
        } else if (draw < 0.78) {
            return product(depth);
        } else if (draw < 0.86) {
            return function(value(depth - 1));
        } else if (draw < 0.90) {
            layer.feature("max or min of two");
            return new Expr.Extremum(layer.chance(0.6), value(depth - 1), value(depth - 1));
        } else if (draw < 0.94) {
            return select(depth);
        } else if (draw < 0.98) {
            return power(value(depth - 1));
        }
        layer.feature("stop");
        return new Expr.Stop(value(depth - 1));
    }

    private Expr product(int depth) {
        double draw = layer.random.nextDouble();
        if (draw < 0.15) {
            layer.feature("Iverson bracket");
            return Exprs.mul(Exprs.iverson(condition()), value(depth - 1));
        }
        Expr left = value(depth - 1);
        Expr product = Exprs.mul(left, layer.chance(0.2) ? left : value(depth - 1));
        if (RandomLayers.readsTwice(product)) {
            layer.feature("product of a tensor with itself");
        }
        return product;
    }

    private Expr leaf() {
        double draw = layer.random.nextDouble();
        if (draw < 0.86) {
            return read();
        } else if (draw < 0.93) {
            return Exprs.mul(number(), read());
        } else if (draw < 0.96 && !scope.isEmpty()) {
            layer.feature("index as a value");
            return Exprs.integer(layer.pick(scope).index());
        }
        return number();
    }

    private Expr number() {
        List<Expr> numbers = List.of(
                Expr.Num.of(2),
                Expr.Num.of(-1),
                Expr.Num.of(1, 2),
                new Expr.Num(BigFraction.of(3, 10), "0.3"),
                new Expr.Num(BigFraction.of(5, 4), "1.25"));
        return layer.pick(numbers);
    }

    private Expr reduction(int depth) {
        double draw = layer.random.nextDouble();
        if (draw < 0.55) {
            return reduce(Expr.Reduce.Kind.SUM, depth, true);
        } else if (draw < 0.65) {
            layer.feature("mean");
            Range range = enter(extent());
            Expr body = value(depth - 1);
            leave(1);
            return Exprs.div(Exprs.sum(List.of(range), body), Exprs.integer(range.extent()));
        } else if (draw < 0.73) {
            layer.feature("prod");
            return reduce(Expr.Reduce.Kind.PROD, depth, false);
        } else if (draw < 0.77) {
            layer.feature("norm");
            Range range = enterSome();
            Expr body = value(Math.min(1, depth - 1));
            leave(1);
            return Exprs.apply(Fun.Known.SQRT, Exprs.sum(List.of(range), Exprs.pow(body, Expr.Num.of(2))));
        } else if (draw < 0.80) {
            layer.feature("index as an exponent");
            Range range = enter(extent());
            Expr power = new Expr.Pow(read(), Exprs.integer(range.index()));
            Expr body = Exprs.mul(value(Math.min(1, depth - 1)), power);
            leave(1);
            return Exprs.sum(List.of(range), body);
        } else if (draw < 0.94) {
            layer.feature("max or min window");
            boolean before = insideMax;
            insideMax = true;
            Expr max = reduce(layer.chance(0.75) ? Expr.Reduce.Kind.MAX : Expr.Reduce.Kind.MIN, depth, true);
            insideMax = before;
            return max;
        }
        layer.feature("argmax");
        Range range = enter(extent());
        Expr body = value(Math.min(1, depth - 1));
        leave(1);
        return Exprs.integer(IntExpr.of(new Position.Arg(layer.random.nextBoolean(), List.of(range), body)));
    }

    private Expr reduce(Expr.Reduce.Kind kind, int depth, boolean two) {
        List<Range> ranges = new ArrayList<>();
        int count = two && layer.chance(0.35) ? 2 : 1;
        for (int k = 0; k < count; k++) {
            ranges.add(two && kind != Expr.Reduce.Kind.SUM ? enterSome() : enterAny());
        }
        Expr body = value(depth - 1);
        leave(count);
        return Exprs.reduce(kind, ranges, body);
    }

    /** Now and then a range that is empty for some outer indices, or for some sizes. */
    private Range enterAny() {
        if (!layer.chance(0.15)) {
            return enterSome();
        }
        String name = fresh();
        IntExpr extent = extent();
        Range range = new Range(name, IntExpr.ZERO, extent.minus(1));
        IntExpr largest = extent.minus(1);
        if (!scope.isEmpty()) {
            Range outer = layer.pick(scope);
            IntExpr i = outer.index();
            range = switch (layer.random.nextInt(5)) {
                case 0 -> new Range(name, IntExpr.ZERO, i);
                case 1 -> new Range(name, i.plus(1), outer.hi());
                case 2 ->
                    new Range(name, i.minus(1).max(IntExpr.ZERO), i.plus(2).min(outer.hi()));
                case 3 -> new Range(name, i.floorDiv(IntExpr.of(2)), i.plus(1).min(extent));
                default -> range;
            };
            largest = range.lo().isZero() && range.hi().equals(extent.minus(1)) ? largest : indices.max(outer);
        }
        indices.reach(range, largest);
        layer.feature("range that may be empty, or a band");
        scope.add(range);
        return range;
    }

    /** A box's range, or now and then one whose bounds use an index outside of it. */
    private Range enterSome() {
        if (!scope.isEmpty() && layer.chance(0.15)) {
            layer.feature("range that depends on an index");
            Range outer = layer.pick(scope);
            String name = fresh();
            Range range = layer.random.nextBoolean()
                    ? new Range(name, IntExpr.ZERO, outer.index().plus(1))
                    : new Range(name, outer.index(), outer.hi());
            scope.add(range);
            return range;
        }
        if (layer.chance(0.05)) {
            layer.feature("range that does not begin at 0");
            Range range = new Range(fresh(), IntExpr.ONE, extent().plus(1));
            scope.add(range);
            return range;
        }
        return enter(extent());
    }

    private Expr function(Expr arg) {
        double draw = layer.random.nextDouble();
        if (layer.options.functions() && draw < 0.2) {
            layer.feature("uninterpreted function");
            if (!layer.functions.contains("f")) {
                layer.functions.add("f");
            }
            return Exprs.apply(new Fun.Open("f", 0), arg);
        }
        Expr positive = Exprs.add(Expr.Num.ONE, Exprs.pow(arg, Expr.Num.of(2)));
        layer.feature("function of a value");
        return switch (layer.random.nextInt(13)) {
            case 11 -> Exprs.apply(Fun.Known.FLOOR, arg);
            case 0 -> Exprs.apply(Fun.Known.RELU, arg);
            case 1 -> Exprs.apply(Fun.Known.TANH, arg);
            case 2 -> Exprs.apply(Fun.Known.SIGMOID, arg);
            case 3 -> Exprs.apply(Fun.Known.EXP, Exprs.mul(Expr.Num.of(1, 4), Exprs.apply(Fun.Known.TANH, arg)));
            case 4 -> Exprs.apply(Fun.Known.LOG, positive);
            case 5 -> Exprs.apply(Fun.Known.SQRT, positive);
            case 6 -> Exprs.apply(Fun.Known.ABS, arg);
            case 7 -> Exprs.apply(Fun.Known.SIN, arg);
            case 8 -> Exprs.apply(Fun.Known.COS, arg);
            case 9 -> Exprs.apply(Fun.Known.ERF, arg);
            case 10 -> Exprs.apply(Fun.Known.LOG1P, Exprs.pow(arg, Expr.Num.of(2)));
            default -> {
                layer.feature("quotient");
                yield Exprs.div(read(), positive);
            }
        };
    }

    private Expr power(Expr base) {
        layer.feature("power");
        return switch (layer.random.nextInt(5)) {
            case 4 -> {
                layer.feature("exponent that depends on data");
                yield Exprs.pow(Exprs.add(Expr.Num.ONE, Exprs.pow(base, Expr.Num.of(2))), read());
            }
            case 0 -> Exprs.pow(base, Expr.Num.of(3));
            case 1 -> Exprs.pow(Exprs.add(Expr.Num.ONE, Exprs.pow(base, Expr.Num.of(2))), Expr.Num.of(-2));
            case 2 ->
                Exprs.pow(
                        Exprs.add(Expr.Num.ONE, Exprs.pow(base, Expr.Num.of(2))),
                        new Expr.Num(BigFraction.of(3, 4), "0.75"));
            default -> Exprs.pow(base, Expr.Num.of(2));
        };
    }

    private Expr select(int depth) {
        if (!scope.isEmpty() && layer.chance(0.3)) {
            layer.feature("guarded read");
            Expr.Read read = indices.moved();
            Cond inside = Cond.within(
                    IntExpr.ZERO,
                    read.index().get(0),
                    layer.tensor(read.ref().name()).shape().get(0));
            return Exprs.select(inside, Exprs.mul(read, value(1)), value(depth - 1));
        }
        layer.feature("cases");
        return Exprs.select(condition(), value(depth - 1), value(depth - 1));
    }

    private Cond condition() {
        if (scope.isEmpty() || layer.chance(0.3)) {
            layer.feature("condition on values");
            return Cond.values(
                    layer.pick(List.of(Rel.values())), read(), layer.random.nextBoolean() ? number() : read());
        }
        if (layer.chance(0.15)) {
            layer.feature("one-hot of an integer tensor");
            return Cond.ints(
                    layer.pick(List.of(Rel.EQ, Rel.EQ, Rel.NE, Rel.LT)),
                    indices.gather(IntExpr.of(3)),
                    layer.pick(scope).index());
        }
        layer.feature("condition on indices");
        IntExpr left = layer.pick(scope).index();
        IntExpr right = layer.chance(0.5) ? layer.pick(scope).index() : IntExpr.of(layer.random.nextInt(3));
        Cond one = Cond.ints(layer.pick(List.of(Rel.values())), left, right);
        if (layer.chance(0.2)) {
            return Cond.or(List.of(one, Cond.eq(left.mod(IntExpr.of(2)), IntExpr.ZERO)));
        }
        return one;
    }

    /** A tensor that is there already, or a new one whose extents follow from the read. */
    Expr read() {
        Optional<Tensor> known = layer.chance(0.6) ? layer.known() : Optional.empty();
        if (known.isPresent()) {
            layer.noteRead(known.get());
            return indices.readOf(known.get(), insideMax);
        }
        int rank = scope.isEmpty() ? 0 : Math.min(3, 1 + layer.random.nextInt(Math.min(3, scope.size() + 1)));
        return indices.readNew(rank, insideMax);
    }

    /**
     * A convolution or pooling along the first index: extents follow from the input's size, the window's, stride,
     * padding and dilation.
     */
    Expr convolution(List<Range> targets, int rank) {
        layer.feature("window");
        IntExpr input = layer.sizes.get("N").plus(layer.random.nextInt(4));
        IntExpr window = layer.chance(0.5) && layer.sizes.containsKey("M")
                ? layer.sizes.get("M")
                : IntExpr.of(1 + layer.random.nextInt(3));
        IntExpr stride = layer.chance(0.07) && layer.sizes.containsKey("K")
                ? layer.sizes.get("K")
                : IntExpr.of(layer.chance(0.5) ? 1 : 1 + layer.random.nextInt(3));
        long dilation = layer.chance(0.7) ? 1 : 2 + layer.random.nextInt(2);
        long padding = layer.chance(0.5) ? 0 : 1 + layer.random.nextInt(2);
        IntExpr reach = window.minus(1).times(dilation).plus(1);
        IntExpr room = input.plus(2 * padding).minus(reach);
        note(stride, dilation, padding, window);
        Cond fits = Cond.ints(Rel.LE, reach, input.plus(2 * padding));
        if (fits.equals(Cond.FALSE)) {
            return convolution(targets, rank);
        }
        if (!fits.equals(Cond.TRUE)) {
            layer.assumptions.add(fits);
        }
        for (int k = 1; k < rank; k++) {
            targets.add(enter(extent()));
        }
        targets.add(enter(room.floorDiv(stride).plus(1)));
        IntExpr i = targets.get(rank - 1).index();
        Range m = enter(window);
        boolean flipped = layer.chance(0.2);
        IntExpr offset = flipped ? window.minus(1).minus(m.index()) : m.index();
        IntExpr at = i.times(stride).plus(offset.times(dilation)).minus(padding);
        if (flipped) {
            layer.feature("flipped window");
        }
        double draw = layer.random.nextDouble();
        boolean max = draw < 0.3;
        List<IntExpr> where = new ArrayList<>();
        List<IntExpr> shape = new ArrayList<>();
        for (int k = 0; k < rank - 1 && layer.chance(0.6); k++) {
            where.add(targets.get(k).index());
            shape.add(targets.get(k).hi());
        }
        where.add(at);
        shape.add(input);
        Tensor o = layer.given(shape, Optional.empty());
        Expr pad = padding == 0 ? null : max ? minusInfinity() : Expr.Num.ZERO;
        Expr read = new Expr.Read(Ref.value(o.name()), where, pad);
        Expr body = max || draw > 0.9 ? read : Exprs.mul(indices.readWith(m), read);
        if (draw > 0.8 && !max) {
            body = Exprs.mul(body, value(1));
        }
        leave(1);
        if (max) {
            layer.feature("max pooling");
        }
        Expr reduced = Exprs.reduce(max ? Expr.Reduce.Kind.MAX : Expr.Reduce.Kind.SUM, List.of(m), body);
        return layer.chance(0.3) ? Exprs.add(reduced, value(1)) : reduced;
    }

    private void note(IntExpr stride, long dilation, long padding, IntExpr window) {
        if (!stride.equals(IntExpr.ONE)) {
            layer.feature(stride.isConstant() ? "stride" : "open stride");
        }
        if (dilation > 1) {
            layer.feature("dilation");
        }
        if (padding > 0) {
            layer.feature("padding");
        }
        boolean overlap = stride.isConstant() && window.isConstant() && window.constant() > stride.constant();
        if (overlap) {
            layer.feature("overlapping windows");
        }
    }

    static Expr minusInfinity() {
        return Exprs.neg(new Expr.Inf());
    }
}

package dev.adjoint.mutation;

import dev.adjoint.eval.PrimeField;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.numbers.fraction.BigFraction;

/** Draws data for a layer at given sizes, such that its assumptions on values hold. */
final class PointDraws {
    /** Which numbers are drawn. */
    enum Numbers {
        /** Any integers of 61 bits: equal where polynomials are, almost surely. */
        WIDE,
        /** Eighths between −3 and 3: where functions of the reals are neither flat nor too steep. */
        SMALL,
        /** Integers from −9 to 9: comparisons mean in every field what they mean of the reals. */
        WHOLE,
        /** Integers from −1 to 2: zeros and ties. */
        TIES
    }

    private PointDraws() {}

    /** Empty if assumptions on values cannot be met by changing one entry for each. */
    static Optional<Point> draw(Layer layer, Map<String, Long> sizes, Numbers numbers, Random random) {
        Map<String, List<BigFraction>> values = new LinkedHashMap<>();
        Map<String, long[]> integers = new LinkedHashMap<>();
        for (Tensor tensor : layer.given()) {
            int length = World.length(World.shape(tensor, sizes));
            if (tensor.limit().isPresent()) {
                long limit = World.integer(tensor.limit().get(), sizes);
                integers.put(tensor.name(), random.longs(length, 0, limit).toArray());
            } else {
                values.put(tensor.name(), numbers(length, numbers, random));
            }
        }
        for (Tensor output : layer.outputs()) {
            Ref delta = Ref.delta(output.name(), false);
            int length = World.length(World.shape(output, sizes));
            // An error of zeros, or of equal ones, would hide what it is multiplied with.
            Numbers kind = numbers == Numbers.TIES ? Numbers.SMALL : numbers;
            values.put(Point.key(delta), numbers(length, kind, random));
        }
        Point point = new Point(sizes, values, integers);
        for (Cond assumption : layer.valueAssumptions()) {
            Optional<Point> met = meet(layer, point, assumption);
            if (met.isEmpty()) {
                return Optional.empty();
            }
            point = met.get();
        }
        return meets(layer, point) ? Optional.of(point) : Optional.empty();
    }

    /** Whether the assumptions on values hold. */
    static boolean meets(Layer layer, Point point) {
        return layer.valueAssumptions().stream().allMatch(c -> residual(layer, point, c) == 0);
    }

    private static List<BigFraction> numbers(int length, Numbers numbers, Random random) {
        List<BigFraction> drawn = new ArrayList<>(IntStream.range(0, length)
                .mapToObj(k -> switch (numbers) {
                    case WIDE -> BigFraction.of(random.nextLong() >> 3);
                    case WHOLE -> BigFraction.of(random.nextInt(19) - 9);
                    case TIES -> BigFraction.of(random.nextInt(4) - 1);
                    case SMALL -> BigFraction.of(random.nextInt(49) - 24, 8);
                })
                .toList());
        if (numbers == Numbers.SMALL && length <= 48) {
            // All different, none of them 0.
            List<Integer> eighths = new ArrayList<>(
                    IntStream.rangeClosed(-24, 24).filter(k -> k != 0).boxed().toList());
            Collections.shuffle(eighths, random);
            for (int k = 0; k < length; k++) {
                drawn.set(k, BigFraction.of(eighths.get(k), 8));
            }
        }
        return drawn;
    }

    // ---- assumptions on values: of an equation that is linear in some entry, that entry is solved for

    private static Optional<Point> meet(Layer layer, Point point, Cond assumption) {
        if (!(assumption instanceof Cond.Values v) || v.rel() != Rel.EQ) {
            return Optional.of(point);
        }
        Expr difference = Exprs.sub(v.left(), v.right());
        World<Long> world = World.of(layer, point, new PrimeField(1));
        long residual = world.value(difference, Map.of());
        for (Ref ref : Variables.refs(difference)) {
            List<BigFraction> values = point.values().get(Point.key(ref));
            for (int k = 0; residual != 0 && values != null && k < values.size(); k++) {
                List<IntExpr> index = index(World.shape(layer.tensor(ref.name()).orElseThrow(), point.sizes()), k);
                long slope = world.value(new Expr.Deriv(difference, ref, index), Map.of());
                if (slope == 1 || slope == PrimeField.P - 1) {
                    BigFraction step = exact(residual).multiply(slope == 1 ? -1 : 1);
                    Map<String, List<BigFraction>> changed = new LinkedHashMap<>(point.values());
                    List<BigFraction> list = new ArrayList<>(values);
                    list.set(k, values.get(k).add(step));
                    changed.put(Point.key(ref), list);
                    return Optional.of(new Point(point.sizes(), changed, point.integers()));
                }
            }
        }
        return residual == 0 ? Optional.of(point) : Optional.empty();
    }

    private static long residual(Layer layer, Point point, Cond assumption) {
        World<Long> world = World.of(layer, point, new PrimeField(1));
        if (assumption instanceof Cond.Values v && v.rel() == Rel.EQ) {
            return world.value(Exprs.sub(v.left(), v.right()), Map.of());
        }
        return 1 - world.value(Exprs.iverson(assumption), Map.of());
    }

    /** The multiple of 1/64 that a number stands for, if it is a small one. */
    private static BigFraction exact(long number) {
        long scaled = new PrimeField(1).multiply(number, 64L);
        return BigFraction.of(scaled > PrimeField.P / 2 ? scaled - PrimeField.P : scaled, 64);
    }

    private static List<IntExpr> index(long[] shape, int flat) {
        IntExpr[] index = new IntExpr[shape.length];
        long rest = flat;
        for (int k = shape.length - 1; k >= 0; k--) {
            index[k] = IntExpr.of(rest % shape[k]);
            rest /= shape[k];
        }
        return List.of(index);
    }
}

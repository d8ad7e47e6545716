package dev.adjoint.mutation;

import dev.adjoint.eval.PrimeField;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import dev.adjoint.prove.Counterexample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A counterexample evaluated anew, by dual numbers from the layer's equations: whether its sizes and data are allowed,
 * whether the two sides differ there, and whether its values are what it says. What it leaves out may be anything.
 * Functions that the layer leaves open are smooth ones in double, and random ones over the prime field.
 */
final class Confirmation {
    private static final Pattern INTERVAL = Pattern.compile("\\[\\s*(\\S+?)\\s*,\\s*(\\S+?)\\s*\\]");

    private Confirmation() {}

    /** Why it is none; empty if it is one. */
    static Optional<String> whyNot(Layer layer, Claim claim, Counterexample c) {
        List<String> names = layer.sizes().stream().map(s -> s.name()).toList();
        if (!c.sizes().keySet().containsAll(names)) {
            return Optional.of("it lacks some of the sizes " + names + ": " + c.sizes());
        }
        if (!SizeDraws.assumed(layer, c.sizes())) {
            return Optional.of("the layer does not allow the sizes " + c.sizes());
        }
        Optional<String> outside = outside(claim, c);
        if (outside.isPresent()) {
            return outside;
        }
        for (long seed = 1; seed <= 2; seed++) {
            Optional<Point> point;
            try {
                point = point(layer, c, new Random(seed));
            } catch (IllegalArgumentException wrong) {
                return Optional.of(String.valueOf(wrong.getMessage()));
            }
            if (point.isEmpty()) {
                return Optional.of("the assumptions on values do not hold of " + c.tensors());
            }
            Optional<String> why = whyNot(layer, claim, c, point.get());
            if (why.isPresent()) {
                return why;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> outside(Claim claim, Counterexample c) {
        Map<String, Long> seen = new HashMap<>(c.sizes());
        seen.putAll(c.element());
        for (Range range : claim.indices()) {
            Long index = c.element().get(range.name());
            if (index == null || index < World.integer(range.lo(), seen) || index >= World.integer(range.hi(), seen)) {
                return Optional.of(c.element() + " is no element: " + claim.indices() + " at " + c.sizes());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> whyNot(Layer layer, Claim claim, Counterexample c, Point point) {
        Lens<Double> real = Lens.real();
        Truth.Sides<Double> reals = Truth.sides(layer, claim, point, c.element(), real.field());
        boolean different = real.compare(reals.left(), reals.right()) == Lens.Agreement.DIFFERENT;
        boolean rational = Rational.is(layer) && Rational.is(claim.left()) && Rational.is(claim.right());
        Lens<Long> prime = Lens.prime(7);
        Truth.Sides<Long> exact = Truth.sides(layer, claim, point, c.element(), prime.field());
        if (rational) {
            different = prime.compare(exact.left(), exact.right()) == Lens.Agreement.DIFFERENT;
        }
        // In double, a comparison with what is undefined has a value all the same.
        different |= exact.left().value() != null && exact.right().isDividedByZero();
        // A function that the layer leaves open may be any: another real one shows what the first hides.
        for (int variant = 1; !layer.functions().isEmpty() && variant <= 3; variant++) {
            Lens<Double> other = Lens.real(variant);
            Truth.Sides<Double> sides = Truth.sides(layer, claim, point, c.element(), other.field());
            different |= other.compare(sides.left(), sides.right()) == Lens.Agreement.DIFFERENT;
        }
        if (!different) {
            return Optional.of("the sides do not differ there: " + reals.left() + " and " + reals.right()
                    + ", modulo p " + exact.left() + " and " + exact.right());
        }
        if (!layer.functions().isEmpty()) {
            // Its values are those of functions that it chose.
            return Optional.empty();
        }
        if (!says(c.derived(), reals.left(), rational ? exact.left() : null)) {
            return Optional.of("the derived value is " + reals.left() + ", not " + c.derived());
        }
        if (!says(c.claimed(), reals.right(), rational ? exact.right() : null)) {
            return Optional.of("the claimed value is " + reals.right() + ", not " + c.claimed());
        }
        return Optional.empty();
    }

    /** Whether a text is no number, or this one. */
    private static boolean says(
            String text, Result<Double> real, @org.jspecify.annotations.Nullable Result<Long> exact) {
        Matcher interval = INTERVAL.matcher(text);
        Optional<BigFraction> number = number(text);
        if (number.isEmpty() && !interval.matches()) {
            return true;
        }
        if (exact != null && exact.value() == null
                || real.value() == null
                || real.value().isNaN()) {
            return false;
        }
        if (number.isPresent()) {
            return exact != null
                    ? new PrimeField(7).of(number.get()).equals(exact.value())
                    : close(number.get().doubleValue(), real.value());
        }
        Optional<BigFraction> lo = number(interval.group(1));
        Optional<BigFraction> hi = number(interval.group(2));
        return lo.isEmpty()
                || hi.isEmpty()
                || close(lo.get().doubleValue(), real.value())
                || close(hi.get().doubleValue(), real.value())
                || lo.get().doubleValue() <= real.value()
                        && real.value() <= hi.get().doubleValue();
    }

    private static boolean close(double a, double b) {
        return Math.abs(a - b) <= 1e-6 * (1 + Math.abs(a) + Math.abs(b));
    }

    /** {@code -2}, {@code 1/3}, {@code 0.25}. */
    private static Optional<BigFraction> number(String text) {
        try {
            String[] parts = text.strip().split("/");
            BigFraction number = decimal(parts[0]);
            return parts.length > 2
                    ? Optional.empty()
                    : Optional.of(parts.length == 1 ? number : number.divide(decimal(parts[1])));
        } catch (ArithmeticException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static BigFraction decimal(String text) {
        BigDecimal value = new BigDecimal(text.strip());
        return value.scale() <= 0
                ? BigFraction.of(value.toBigIntegerExact())
                : BigFraction.of(value.unscaledValue(), java.math.BigInteger.TEN.pow(value.scale()));
    }

    /** Its data; what it does not tell is drawn. */
    private static Optional<Point> point(Layer layer, Counterexample c, Random random) {
        Optional<Point> drawn = PointDraws.draw(layer, c.sizes(), PointDraws.Numbers.TIES, random);
        if (drawn.isEmpty()) {
            return drawn;
        }
        Map<String, List<BigFraction>> values = new LinkedHashMap<>(drawn.get().values());
        Map<String, long[]> integers = new LinkedHashMap<>(drawn.get().integers());
        for (Map.Entry<String, List<String>> each : c.tensors().entrySet()) {
            Optional<Ref> ref = ref(layer, each.getKey());
            if (ref.isEmpty() || layer.tensor(ref.get().name()).isEmpty()) {
                continue;
            }
            Tensor tensor = layer.tensor(ref.get().name()).orElseThrow();
            int length = World.length(World.shape(tensor, c.sizes()));
            if (each.getValue().size() != length) {
                throw new IllegalArgumentException(each.getKey() + " has " + length + " entries, not "
                        + each.getValue().size());
            }
            List<BigFraction> numbers = new ArrayList<>();
            for (String entry : each.getValue()) {
                numbers.add(
                        number(entry).orElseThrow(() -> new IllegalArgumentException("`" + entry + "` is no number")));
            }
            boolean value = ref.get().kind() == Ref.Kind.VALUE;
            if (value && tensor.isInteger()) {
                integers.put(
                        tensor.name(),
                        numbers.stream().mapToLong(BigFraction::longValue).toArray());
            } else if (!value || tensor.isGiven()) {
                values.put(Point.key(ref.get()), numbers);
            }
        }
        Point point = new Point(c.sizes(), values, integers);
        return PointDraws.meets(layer, point) ? Optional.of(point) : Optional.empty();
    }

    private static Optional<Ref> ref(Layer layer, String name) {
        if (name.equals("delta")) {
            return layer.outputs().size() == 1
                    ? Optional.of(Ref.delta(layer.outputs().get(0).name(), true))
                    : Optional.empty();
        }
        if (name.startsWith("delta.")) {
            return Optional.of(Ref.delta(name.substring("delta.".length()), false));
        }
        return name.startsWith("grad ") ? Optional.empty() : Optional.of(Ref.value(name));
    }
}

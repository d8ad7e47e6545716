package dev.adjoint.prove;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Printer;
import dev.adjoint.index.Domain;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.LongFunction;

/**
 * The normal form of a formula has the formula's value, whatever the tensors hold, and so has that form with its factors
 * apart ({@link Separation}); a value that is called zero is zero, one that is called positive is positive.
 */
final class NormalFormLaw implements LongFunction<Optional<String>> {
    private static final long BUDGET = 400;
    private static final int DATA = 5;

    @Override
    public Optional<String> apply(long seed) {
        Random random = new Random(seed);
        List<Range> free = free(random);
        Expr e = new RandomValues(random, free).value(1 + random.nextInt(3));
        Domain domain = Ground.domain(free);
        Calculus calculus = Ground.calculus(BUDGET);
        List<Term> value;
        List<Term> apart;
        boolean zero;
        try {
            value = calculus.value(e, domain);
        } catch (Undecided | Budget.Exhausted | ArithmeticException cannot) {
            return Optional.empty();
        }
        try {
            apart = calculus.separation.of(value, domain);
            zero = calculus.isZero(value, domain);
        } catch (Undecided | Budget.Exhausted | ArithmeticException cannot) {
            apart = value;
            zero = false;
        }
        boolean positive = Signs.isPositive(value, Ground.LAYER.sizeDomain());
        boolean notNegative = Signs.isNotNegative(value, Ground.LAYER.sizeDomain());
        for (int k = 0; k < DATA; k++) {
            Ground.Data data = Ground.draw(random);
            TermValues terms = new TermValues(data);
            for (Map<String, Long> element : Ground.elements(free, data)) {
                OptionalDouble expected = data.value(e, element);
                if (expected.isEmpty() || Math.abs(expected.getAsDouble()) > 1e5) {
                    continue;
                }
                double is = expected.getAsDouble();
                String where =
                        " of " + Printer.print(e) + " at " + data.sizes() + element + ", " + is + " by definition: ";
                double normal;
                double separated;
                try {
                    normal = terms.value(value, element);
                    separated = terms.value(apart, element);
                } catch (ArithmeticException undefined) {
                    // A part that a condition turns off.
                    continue;
                }
                if (!Ground.areEqual(normal, is)) {
                    return Optional.of("the normal form" + where + normal + ", " + value);
                }
                if (!Ground.areEqual(separated, is)) {
                    return Optional.of("the normal form with factors apart" + where + separated + ", " + apart);
                }
                if (zero && !Ground.areEqual(is, 0)) {
                    return Optional.of("the zero test" + where + "zero everywhere");
                }
                if (positive && is <= 0 || notNegative && is < -1e-7) {
                    return Optional.of("the sign" + where + (positive ? "positive" : "not negative"));
                }
            }
        }
        return Optional.empty();
    }

    static List<Range> free(Random random) {
        List<Range> free = new ArrayList<>();
        free.add(Range.below("i", Ground.LAYER.tensor("x").orElseThrow().shape().get(0)));
        if (random.nextBoolean()) {
            free.add(Range.below(
                    "j", Ground.LAYER.tensor("w").orElseThrow().shape().get(0)));
        }
        return free;
    }
}

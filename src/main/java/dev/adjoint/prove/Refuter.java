package dev.adjoint.prove;

import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Frame;
import dev.adjoint.eval.Interval;
import dev.adjoint.eval.IntervalField;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Looks for a point where the two sides of a claim differ, in intervals that enclose the exact values: where these are
 * disjoint, the claim is refuted beyond doubt. What is found is made small: sizes first, then entries to zero, then to
 * one; and it is evaluated once more from the layer's equations alone, in dual numbers.
 */
final class Refuter {
    private static final long SEED = 20160905;
    /** Reads at one point, in doubles. */
    private static final long EFFORT = 100_000;
    /** Reads at one element, in intervals. */
    private static final long CAREFUL = 300_000;
    /** Elements of a claim that are looked at one after another. */
    private static final int MOST_ELEMENTS = 100_000;
    /** Entries of all tensors at a point that is looked at closely. */
    private static final long SMALL = 60;
    /** Elements at which the sides seemed to differ, and were not shown to. */
    private static final int MOST_UNCLEAR = 24;

    private static final int SIZES_TRIED = 400;
    /** Times that values are drawn at small sizes, where a failure may need a certain sign. */
    private static final int DRAWS = 8;
    /** Entries of all tensors at sizes at which values are drawn once only. */
    private static final int FEW = 12;

    /** How much the sizes may exceed the least ones, in sum, and how many are tried, in a search over small sizes. */
    private static final int LARGEST_EXCESS = 5;

    private static final int SMALL_SIZES = 250;

    private final Meaning meaning;
    private final Samples samples;
    private final Scan scan;
    private final IntervalField field = new IntervalField(SEED);
    private final List<Likely> likely = new ArrayList<>();

    Refuter(Meaning meaning) {
        this.meaning = meaning;
        this.samples = new Samples(meaning);
        this.scan = new Scan(meaning);
    }

    Samples samples() {
        return samples;
    }

    /** A claim's sides, without gradients and derivatives. */
    record Sides(Expr left, Expr right, List<Range> indices) {}

    Sides sides(Claim claim) {
        return new Sides(
                meaning.derived(claim.left(), claim.indices()),
                meaning.derived(claim.right(), claim.indices()),
                claim.indices());
    }

    /** A point and the element at which the sides differ there. */
    record Failure(Sample sample, Map<String, Long> element) {}

    /** A point, and how to look at it quickly. */
    private record Likely(Sample sample, Frame frame) {}

    /** Points at which a wrong claim is likely to show: sizes that differ from one another, values of each style. */
    private List<Likely> likely() {
        if (likely.isEmpty()) {
            SplittableRandom random = new SplittableRandom(SEED);
            List<Map<String, Long>> sizes = new ArrayList<>(samples.smallest(3, 3, 2000));
            sizes.addAll(samples.generic(random, 4, s -> true));
            for (Map<String, Long> each : sizes) {
                for (Samples.Style style : Samples.Style.values()) {
                    Sample sample = samples.draw(each, style, random);
                    likely.add(new Likely(sample, scan.frame(sample)));
                }
            }
        }
        return likely;
    }

    /** A point at which the sides surely differ, if one is found. */
    Optional<Failure> search(Sides sides) {
        int unclear = 0;
        for (Likely point : likely()) {
            for (Map<String, Long> element : scan.differing(sides, point.frame(), 2, EFFORT)) {
                Failure failure = new Failure(point.sample(), element);
                if (differs(sides, failure)) {
                    return Optional.of(failure);
                }
                if (++unclear == MOST_UNCLEAR) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** The same at small sizes of all proportions: for sides that were neither told apart nor shown to be equal. */
    Optional<Failure> searchSmall(Sides sides) {
        SplittableRandom random = new SplittableRandom(SEED);
        return samples.smallest(LARGEST_EXCESS, SMALL_SIZES, 20 * SMALL_SIZES).stream()
                .map(sizes -> at(sides, sizes, random))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The same by intervals alone, at small sizes: for sides that are nearly equal. */
    Optional<Failure> searchClosely(Sides sides) {
        for (Likely point : likely()) {
            long entries = point.sample().shapes().values().stream()
                    .mapToLong(shape -> java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b))
                    .sum();
            if (entries > SMALL) {
                continue;
            }
            try {
                Evaluator<Interval> evaluator = evaluator(point.sample(), new Sample.Effort(CAREFUL));
                for (Map<String, Long> element : elements(sides.indices(), evaluator)) {
                    if (differ(sides, element, evaluator) && isAllowed(point.sample(), evaluator)) {
                        return Optional.of(new Failure(point.sample(), element));
                    }
                }
            } catch (Sample.TooMuch enough) {
                continue;
            }
        }
        return Optional.empty();
    }

    /** The first element at which the sides surely differ. */
    private Optional<Failure> at(Sides sides, Sample sample) {
        return scan.differing(sides, scan.frame(sample), 2, EFFORT).stream()
                .map(element -> new Failure(sample, element))
                .filter(failure -> differs(sides, failure))
                .findFirst();
    }

    Evaluator<Interval> evaluator(Sample sample, Sample.Effort effort) {
        return sample.evaluator(field, meaning, (entry, value) -> field.of(value), effort);
    }

    /**
     * Every element of a claim.
     *
     * @throws Sample.TooMuch if there are very many
     */
    static List<Map<String, Long>> elements(List<Range> indices, Evaluator<?> evaluator) {
        List<Map<String, Long>> elements = new ArrayList<>(List.of(Map.of()));
        for (Range range : indices) {
            List<Map<String, Long>> longer = new ArrayList<>();
            for (Map<String, Long> prefix : elements) {
                long hi = evaluator.integer(range.hi(), prefix);
                for (long i = evaluator.integer(range.lo(), prefix); i < hi; i++) {
                    if (longer.size() == MOST_ELEMENTS) {
                        throw new Sample.TooMuch();
                    }
                    Map<String, Long> element = new LinkedHashMap<>(prefix);
                    element.put(range.name(), i);
                    longer.add(element);
                }
            }
            elements = longer;
        }
        return elements;
    }

    /** Whether the left side is a real number and the right one undefined, or surely another. */
    private static boolean differ(Sides sides, Map<String, Long> element, Evaluator<Interval> evaluator) {
        Interval left;
        try {
            left = evaluator.value(sides.left(), element);
        } catch (ArithmeticException | IndexOutOfBoundsException undefined) {
            return false;
        }
        try {
            return isReal(left) && left.isApartFrom(evaluator.value(sides.right(), element));
        } catch (IntervalField.TooWide | Evaluator.TooLarge unknown) {
            return false;
        } catch (ArithmeticException | IndexOutOfBoundsException undefined) {
            return isReal(left);
        }
    }

    private static boolean isReal(Interval value) {
        return Double.isFinite(value.lo()) && Double.isFinite(value.hi());
    }

    /** Whether what the layer assumes of values holds at this point, it has values there, and its outputs real ones. */
    private boolean isAllowed(Sample sample, Evaluator<Interval> evaluator) {
        if (!samples.areLawful(sample)) {
            return false;
        }
        try {
            for (Equation equation : meaning.layer().equations()) {
                boolean output = equation.target().role() == Tensor.Role.OUTPUT;
                for (Map<String, Long> element : elements(equation.indices(), evaluator)) {
                    Interval value = evaluator.value(equation.rhs(), element);
                    if (output && !isReal(value)) {
                        return false;
                    }
                }
            }
            return true;
        } catch (ArithmeticException | IndexOutOfBoundsException undefined) {
            return false;
        }
    }

    /**
     * Why it is doubted that the claim fails there; empty if it does by the layer's equations alone, in dual numbers, which
     * know no rule of derivation, or if these have no value there and the derived formula has.
     */
    Optional<String> doubt(Claim claim, Sides sides, Failure failure) {
        Expr definition = meaning.byDefinition(claim.left(), claim.indices());
        Evaluator<Interval> evaluator = evaluator(failure.sample(), new Sample.Effort(20 * CAREFUL));
        Interval left;
        try {
            left = evaluator.value(definition, failure.element());
        } catch (Sample.TooMuch | IntervalField.TooWide | Evaluator.TooLarge unknown) {
            return Optional.of("the sides differ at a point, which is too much to confirm by definition");
        } catch (ArithmeticException | IndexOutOfBoundsException undefined) {
            return Optional.empty();
        }
        try {
            return left.isApartFrom(evaluator.value(sides.right(), failure.element()))
                    ? Optional.empty()
                    : Optional.of("at a point the derived formula differs from the claim, and the definition does not:"
                            + " a fault in the derivation, please report it");
        } catch (Sample.TooMuch | IntervalField.TooWide | Evaluator.TooLarge unknown) {
            return Optional.of("the sides differ at a point, which is too much to confirm by definition");
        } catch (ArithmeticException | IndexOutOfBoundsException undefined) {
            return Optional.empty();
        }
    }

    /** A failure as it is told. */
    Counterexample told(Claim claim, Sides sides, Failure failure) {
        return new Telling(meaning, field).of(claim, sides, failure);
    }

    // ---- made small

    /** The failure at the smallest sizes and with the simplest values that still show it. */
    Failure smallest(Sides sides, Failure found) {
        return simpler(sides, smallerSizes(sides, found));
    }

    private Failure smallerSizes(Sides sides, Failure found) {
        SplittableRandom random = new SplittableRandom(SEED);
        long sum = found.sample().sizes().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        for (Map<String, Long> sizes : samples.smallest(sum, SIZES_TRIED, 20 * SIZES_TRIED)) {
            if (sizes.values().stream().mapToLong(Long::longValue).sum() >= sum) {
                break;
            }
            Optional<Failure> failure = at(sides, sizes, random);
            if (failure.isPresent()) {
                return failure.get();
            }
        }
        return found;
    }

    /** A failure at these sizes; where there are few entries, their values are drawn more than once. */
    private Optional<Failure> at(Sides sides, Map<String, Long> sizes, SplittableRandom random) {
        int entries = 0;
        for (int draw = 0; draw == 0 || draw < DRAWS && entries <= FEW; draw++) {
            for (Samples.Style style : Samples.Style.values()) {
                Sample sample = samples.draw(sizes, style, random);
                entries = sample.entries();
                Optional<Failure> failure = at(sides, sample);
                if (failure.isPresent()) {
                    return failure;
                }
            }
        }
        return Optional.empty();
    }

    private Failure simpler(Sides sides, Failure found) {
        Sample sample = found.sample();
        for (long wanted : new long[] {0, 1}) {
            BigFraction value = BigFraction.of(wanted);
            for (Ref ref : found.sample().tensors().keySet()) {
                int length = sample.values(ref).length;
                for (int k = 0; k < length; k++) {
                    BigFraction old = sample.values(ref)[k];
                    if (old.equals(value) || old.equals(BigFraction.ZERO)) {
                        continue;
                    }
                    Sample simpler = sample.with(ref, k, value);
                    if (differs(sides, new Failure(simpler, found.element()))) {
                        sample = simpler;
                    }
                }
            }
        }
        return new Failure(sample, found.element());
    }

    private boolean differs(Sides sides, Failure failure) {
        try {
            Evaluator<Interval> evaluator = evaluator(failure.sample(), new Sample.Effort(CAREFUL));
            return differ(sides, failure.element(), evaluator) && isAllowed(failure.sample(), evaluator);
        } catch (Sample.TooMuch enough) {
            return false;
        }
    }
}

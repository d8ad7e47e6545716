package dev.adjoint.prove;

import dev.adjoint.eval.DegreeField;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.PrimeField;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Two formulas compared at random points modulo 2^61 − 1. Where they are quotients of polynomials in the entries, they
 * agree by chance with a probability of at most degree/p at each point (Schwartz 1980, Zippel 1979).
 */
final class FieldTest {
    private static final int TRIALS = 2;
    private static final int MOST_CHOICES = 64;
    private static final long EFFORT = 200_000;

    private FieldTest() {}

    /**
     * What was compared.
     *
     * @param sizes at which every entry agreed
     * @param bits the chance that they differ all the same is below {@code 2^−bits} for these sizes
     */
    record Agreement(List<Map<String, Long>> sizes, int bits) {}

    /** Empty if the formulas are no polynomials, or an entry differs, or the evaluation takes too long. */
    static Optional<Agreement> of(Refuter.Sides sides, Meaning meaning, Samples samples, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Map<String, Long>> sizes = new ArrayList<>(samples.generic(random, 6, s -> true));
        sizes.addAll(samples.smallest(4, 4, 2000));
        sizes.addAll(samples.generic(random, 9, 6, s -> true));
        BigInteger degree = BigInteger.ONE;
        List<Map<String, Long>> agreed = new ArrayList<>();
        try {
            for (Map<String, Long> each : sizes) {
                Sample sample = samples.draw(each, Samples.Style.SIGNED, random);
                Optional<BigInteger> found;
                try {
                    found = agree(sides, meaning, sample, random);
                } catch (Sample.TooMuch enough) {
                    // At other sizes it may be less.
                    continue;
                }
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                if (found.get().signum() > 0) {
                    degree = degree.max(found.get());
                    agreed.add(each);
                }
            }
        } catch (ArithmeticException noPolynomial) {
            return Optional.empty();
        }
        int bits = TRIALS * (60 - degree.bitLength());
        return agreed.isEmpty() || bits < 40 ? Optional.empty() : Optional.of(new Agreement(agreed, bits));
    }

    /** The degree of the formulas at these sizes if they agree, 0 if there is too much to try; empty if they differ. */
    private static Optional<BigInteger> agree(
            Refuter.Sides sides, Meaning meaning, Sample sample, SplittableRandom random) {
        Evaluator<DegreeField.Degree> degrees = sample.evaluator(
                new DegreeField(), meaning, (entry, value) -> DegreeField.Degree.ENTRY, new Sample.Effort(EFFORT));
        BigInteger degree = BigInteger.ONE;
        for (Map<String, Long> element : Refuter.elements(sides.indices(), degrees)) {
            DegreeField.Degree left = degrees.value(sides.left(), element);
            DegreeField.Degree right = degrees.value(sides.right(), element);
            degree = degree.max(left.top().add(right.below()).max(right.top().add(left.below())));
        }
        List<Sample> choices = choices(sample, meaning.layer(), degrees);
        for (int trial = 0; trial < TRIALS * choices.size(); trial++) {
            Sample chosen = choices.get(trial / TRIALS);
            if (!agree(sides, meaning, random(chosen, random), random.nextLong())) {
                return Optional.empty();
            }
        }
        return Optional.of(choices.isEmpty() ? BigInteger.ZERO : degree);
    }

    /** The sample with all that its integer tensors may hold, as no theorem speaks of those; empty if that is too much. */
    private static List<Sample> choices(Sample sample, Layer layer, Evaluator<?> evaluator) {
        List<Map<String, long[]>> choices = new ArrayList<>(List.of(Map.of()));
        for (Map.Entry<String, long[]> tensor : sample.integers().entrySet()) {
            Optional<IntExpr> limit = layer.tensor(tensor.getKey()).flatMap(Tensor::limit);
            long values = evaluator.integer(limit.orElseThrow(), Map.of());
            choices.replaceAll(choice -> with(choice, tensor.getKey(), new long[tensor.getValue().length]));
            for (int k = 0; k < tensor.getValue().length; k++) {
                List<Map<String, long[]>> more = new ArrayList<>();
                for (Map<String, long[]> choice : choices) {
                    for (long v = 0; v < values && more.size() <= MOST_CHOICES; v++) {
                        long[] entries = java.util.Objects.requireNonNull(choice.get(tensor.getKey()))
                                .clone();
                        entries[k] = v;
                        more.add(with(choice, tensor.getKey(), entries));
                    }
                }
                if (more.size() > MOST_CHOICES) {
                    return List.of();
                }
                choices = more;
            }
        }
        return choices.stream()
                .map(c -> new Sample(sample.sizes(), sample.shapes(), sample.tensors(), c))
                .toList();
    }

    private static Map<String, long[]> with(Map<String, long[]> choice, String tensor, long[] entries) {
        Map<String, long[]> changed = new LinkedHashMap<>(choice);
        changed.put(tensor, entries);
        return changed;
    }

    private static boolean agree(Refuter.Sides sides, Meaning meaning, Sample sample, long seed) {
        PrimeField field = new PrimeField(seed);
        Evaluator<Long> evaluator =
                sample.evaluator(field, meaning, (entry, value) -> field.of(value), new Sample.Effort(EFFORT));
        for (Map<String, Long> element : Refuter.elements(sides.indices(), evaluator)) {
            if (!evaluator.value(sides.left(), element).equals(evaluator.value(sides.right(), element))) {
                return false;
            }
        }
        return true;
    }

    private static Sample random(Sample sample, SplittableRandom random) {
        Map<Ref, BigFraction[]> tensors = new LinkedHashMap<>();
        sample.tensors().forEach((ref, values) -> {
            BigFraction[] drawn = new BigFraction[values.length];
            for (int k = 0; k < drawn.length; k++) {
                drawn[k] = BigFraction.of(random.nextLong(1, PrimeField.P));
            }
            tensors.put(ref, drawn);
        });
        return new Sample(sample.sizes(), sample.shapes(), tensors, sample.integers());
    }
}

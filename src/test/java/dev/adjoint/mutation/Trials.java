package dev.adjoint.mutation;

import dev.adjoint.expr.Expr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Layer;
import dev.adjoint.mutation.PointDraws.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A layer at several sizes and data, at which expressions over the indices of a claim are compared, element by element.
 * Over the prime field where that decides, and in double beside it where functions or the order of the reals have a
 * part. Serves one thread.
 */
final class Trials {
    private static final int MOST_ELEMENTS = 400;

    /** Sizes and data seen through a field. */
    private final class Trial<V> {
        private final Lens<V> lens;
        private final Point point;
        private final String numbers;
        private final World<V> world;
        private final List<Map<String, Long>> elements;
        private final Map<Expr, List<Result<V>>> references = new IdentityHashMap<>();

        Trial(Lens<V> lens, Point point, Numbers numbers, List<Map<String, Long>> elements) {
            this.lens = lens;
            this.point = point;
            this.numbers = numbers.toString().toLowerCase(java.util.Locale.ROOT);
            this.world = World.of(layer, point, lens.field());
            this.elements = elements;
        }

        /** Adds what it sees. */
        void compare(Expr reference, Expr other, Evidence evidence) {
            List<Result<V>> known = references.computeIfAbsent(reference, e -> new ArrayList<>());
            for (int k = 0; k < elements.size(); k++) {
                Map<String, Long> element = elements.get(k);
                if (known.size() == k) {
                    known.add(Result.of(() -> world.value(reference, element)));
                }
                if (known.get(k).value() == null) {
                    continue;
                }
                Result<V> found = Result.of(() -> world.value(other, element));
                switch (lens.compare(known.get(k), found)) {
                    case SAME -> evidence.same++;
                    case UNCLEAR -> evidence.unclear = true;
                    case SILENT -> {}
                    case DIFFERENT -> {
                        evidence.differ(
                                lens.field() instanceof dev.adjoint.eval.PrimeField,
                                point.sizes() + " at " + element + ": " + known.get(k) + ", not " + found + " ("
                                        + numbers + " numbers)");
                        return;
                    }
                }
            }
        }
    }

    private static final class Evidence {
        private int same;
        private boolean unclear;
        private boolean prime;
        private boolean real;
        private String where = "";

        void differ(boolean inPrimeField, String where) {
            this.where = this.where.isEmpty() ? where : this.where;
            prime |= inPrimeField;
            real |= !inPrimeField;
        }
    }

    private final Layer layer;
    private final Map<Map<String, Long>, List<Trial<?>>> bySizes = new LinkedHashMap<>();

    /**
     * @param indices of the claim
     * @param sizeSets how many sizes are drawn
     * @param entries the most entries of all tensors together
     */
    Trials(Layer layer, List<Range> indices, int sizeSets, long entries, long seed) {
        this(layer, indices, SizeDraws.draw(layer, sizeSets, entries, new Random(seed)), seed);
    }

    /** At sizes that are chosen. */
    Trials(Layer layer, List<Range> indices, List<Map<String, Long>> sizeSets, long seed) {
        this.layer = layer;
        Random random = new Random(seed);
        for (Map<String, Long> sizes : sizeSets) {
            List<Map<String, Long>> elements = elements(indices, sizes);
            Collections.shuffle(elements, random);
            List<Map<String, Long>> some = elements.subList(0, Math.min(MOST_ELEMENTS, elements.size()));
            List<Trial<?>> trials = new ArrayList<>();
            for (Numbers numbers : List.of(Numbers.WIDE, Numbers.WHOLE, Numbers.TIES)) {
                PointDraws.draw(layer, sizes, numbers, random)
                        .ifPresent(p -> trials.add(new Trial<>(Lens.prime(random.nextLong()), p, numbers, some)));
            }
            for (Numbers numbers : List.of(Numbers.SMALL, Numbers.WHOLE, Numbers.TIES)) {
                PointDraws.draw(layer, sizes, numbers, random)
                        .ifPresent(p -> trials.add(new Trial<>(Lens.real(), p, numbers, some)));
            }
            bySizes.put(sizes, trials);
        }
    }

    List<Map<String, Long>> sizes() {
        return List.copyOf(bySizes.keySet());
    }

    /** Whether the other has the reference's value wherever the reference has one. */
    Answer compare(Expr reference, Expr other) {
        return compare(reference, other, sizes -> true);
    }

    /** The same, at the allowed ones of the sizes. */
    Answer compare(Expr reference, Expr other, Predicate<Map<String, Long>> allowed) {
        boolean rational = Rational.is(layer) && Rational.is(reference) && Rational.is(other);
        Evidence evidence = new Evidence();
        boolean everywhere = true;
        for (Map.Entry<Map<String, Long>, List<Trial<?>>> each : bySizes.entrySet()) {
            if (!allowed.test(each.getKey())) {
                everywhere = false;
                continue;
            }
            for (Trial<?> trial : each.getValue()) {
                boolean prime = trial.lens.field() instanceof dev.adjoint.eval.PrimeField;
                if (rational && !prime || (prime ? evidence.prime : evidence.real)) {
                    continue;
                }
                trial.compare(reference, other, evidence);
                if (evidence.prime && (rational || evidence.real)) {
                    return new Answer(Change.CHANGES, evidence.where);
                }
            }
        }
        if (evidence.prime || evidence.real || evidence.unclear || evidence.same == 0 || !everywhere) {
            return new Answer(Change.UNDECIDED, evidence.where);
        }
        return new Answer(Change.KEEPS, "");
    }

    /** Every value of the indices at these sizes. */
    static List<Map<String, Long>> elements(List<Range> indices, Map<String, Long> sizes) {
        List<Map<String, Long>> all = new ArrayList<>(List.of(Map.of()));
        for (Range range : indices) {
            List<Map<String, Long>> longer = new ArrayList<>();
            for (Map<String, Long> shorter : all) {
                Map<String, Long> seen = new HashMap<>(sizes);
                seen.putAll(shorter);
                for (long k = World.integer(range.lo(), seen); k < World.integer(range.hi(), seen); k++) {
                    Map<String, Long> element = new LinkedHashMap<>(shorter);
                    element.put(range.name(), k);
                    longer.add(element);
                }
            }
            all = longer;
        }
        return all;
    }
}

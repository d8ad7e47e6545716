package dev.adjoint.prove;

import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Interval;
import dev.adjoint.eval.IntervalField;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.apache.commons.numbers.fraction.BigFraction;

/** Sizes that a layer allows, and values for its tensors at these; the same for the same seed. */
final class Samples {
    /** Tensors larger than this are not drawn. */
    private static final long MOST_ENTRIES = 20_000;
    /** Sizes among which the most telling are chosen. */
    private static final int MOST_DRAWN = 60;

    private final Layer layer;
    private final Lawful lawful;
    private final Evaluator<Interval> integers;
    private final List<String> names;
    private final int axes;
    private final long[] least;

    Samples(Meaning meaning) {
        this.layer = meaning.layer();
        this.lawful = new Lawful(meaning);
        this.names = layer.sizes().stream().map(Size::name).toList();
        this.axes = names.size()
                + layer.tensors().stream().mapToInt(t -> t.shape().size()).sum();
        // 0 for a size that may be 0, as a padding; 1 for an axis.
        this.least = names.stream()
                .mapToLong(n -> meaning.sizes().impliesLe(IntExpr.ONE, IntExpr.var(n)) ? 1 : 0)
                .toArray();
        this.integers = new Evaluator<>(new IntervalField(0), new NoTensors(), Map.of());
    }

    private static final class NoTensors implements Source<Interval> {
        @Override
        public long[] shape(Ref ref) {
            throw new IllegalStateException("sizes depend on no tensor: " + ref);
        }

        @Override
        public Interval read(Ref ref, long[] index) {
            throw new IllegalStateException("sizes depend on no tensor: " + ref);
        }
    }

    /** Whether the layer exists at these sizes: every axis at least 1, every assumption true, every read inside. */
    boolean allows(Map<String, Long> sizes) {
        try {
            for (Cond assumption : layer.assumptions()) {
                if (!integers.holds(assumption, sizes)) {
                    return false;
                }
            }
            for (Tensor tensor : layer.tensors()) {
                long entries = 1;
                for (IntExpr extent : tensor.shape()) {
                    long n = integers.integer(extent, sizes);
                    if (n < 1) {
                        return false;
                    }
                    entries = Math.multiplyExact(entries, n);
                }
                if (entries > MOST_ENTRIES) {
                    return false;
                }
                if (tensor.limit().isPresent()
                        && integers.integer(tensor.limit().get(), sizes) < 1) {
                    return false;
                }
            }
            for (Layer.OpenRead open : layer.openReads()) {
                if (!integers.holds(open.inside(), sizes)) {
                    return false;
                }
            }
            return true;
        } catch (ArithmeticException none) {
            return false;
        }
    }

    /** The sizes allowed, smallest sum first, until the sum or the number of tries is too large. */
    List<Map<String, Long>> smallest(long mostSum, int count, int tries) {
        List<Map<String, Long>> found = new ArrayList<>();
        int[] left = {tries};
        for (long sum = 0; sum <= mostSum && found.size() < count && left[0] > 0; sum++) {
            fill(new long[names.size()], 0, sum, found, count, left);
        }
        return found;
    }

    private void fill(long[] values, int at, long rest, List<Map<String, Long>> found, int count, int[] left) {
        if (found.size() >= count || left[0] <= 0) {
            return;
        }
        if (at == values.length) {
            if (rest == 0) {
                left[0]--;
                Map<String, Long> sizes = sizes(values);
                if (allows(sizes)) {
                    found.add(sizes);
                }
            }
            return;
        }
        for (long v = least[at]; v <= least[at] + rest; v++) {
            values[at] = v;
            fill(values, at + 1, rest - (v - least[at]), found, count, left);
        }
    }

    private Map<String, Long> sizes(long[] values) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (int k = 0; k < values.length; k++) {
            sizes.put(names.get(k), values[k]);
        }
        return sizes;
    }

    /** Sizes at random, most of them at least 2 and different from one another, where the layer allows that. */
    List<Map<String, Long>> generic(SplittableRandom random, int count, Predicate<Map<String, Long>> cheap) {
        return generic(random, 5, count, cheap);
    }

    /**
     * The same, with sizes below {@code from}, or more where that leaves axes of length 1, at which indices do not show.
     */
    List<Map<String, Long>> generic(SplittableRandom random, int from, int count, Predicate<Map<String, Long>> cheap) {
        List<Drawn> found = new ArrayList<>();
        Set<Map<String, Long>> seen = new LinkedHashSet<>();
        for (int reach = from; reach <= from + 6 && found.size() < MOST_DRAWN; reach += 2) {
            int telling = 0;
            for (int tries = 0; tries < 200 && found.size() < MOST_DRAWN; tries++) {
                long[] values = new long[names.size()];
                for (int k = 0; k < values.length; k++) {
                    long lowest = least[k];
                    values[k] =
                            lowest == 0 ? random.nextInt(reach / 2 + 1) : random.nextInt(tries % 5 == 4 ? 1 : 2, reach);
                }
                Map<String, Long> sizes = sizes(values);
                if (seen.add(sizes) && allows(sizes) && cheap.test(sizes)) {
                    Drawn drawn = drawn(sizes);
                    found.add(drawn);
                    telling += drawn.longAxes() == axes ? 1 : 0;
                }
            }
            if (telling >= count) {
                break;
            }
        }
        List<Drawn> telling = new ArrayList<>(found);
        telling.sort(Comparator.comparingInt((Drawn d) -> -d.longAxes()).thenComparingLong(Drawn::cost));
        // Every other one is any that is allowed: at long axes, paddings and strides are large too.
        Set<Map<String, Long>> chosen = new LinkedHashSet<>();
        for (int k = 0; k < found.size() && chosen.size() < count; k++) {
            chosen.add(telling.get(k).sizes());
            if (chosen.size() < count) {
                chosen.add(found.get(k).sizes());
            }
        }
        return List.copyOf(chosen);
    }

    /**
     * Sizes that were drawn.
     *
     * @param longAxes how many sizes, and axes of all tensors, are larger than 1
     * @param cost the entries of all tensors, times one more for any two sizes that are equal, as they hide mistakes
     */
    private record Drawn(Map<String, Long> sizes, int longAxes, long cost) {}

    private Drawn drawn(Map<String, Long> sizes) {
        int longAxes = (int) sizes.values().stream().filter(n -> n > 1).count();
        long entries = 0;
        for (Tensor tensor : layer.tensors()) {
            long length = 1;
            for (IntExpr extent : tensor.shape()) {
                long n = integers.integer(extent, sizes);
                longAxes += n > 1 ? 1 : 0;
                length *= n;
            }
            entries += length;
        }
        long equal = sizes.size() - sizes.values().stream().distinct().count();
        return new Drawn(sizes, longAxes, entries * (1 + equal));
    }

    /** How values are drawn. */
    enum Style {
        /** Integers from −3 to 3, few of them 0. */
        SIGNED,
        /** Integers from 1 to 4. */
        POSITIVE,
        /** Fractions between 0 and 1. */
        UNIT
    }

    /** Whether what the layer assumes of its data holds. */
    boolean areLawful(Sample sample) {
        return lawful.holds(sample);
    }

    /** The sample with a few entries changed so that what the layer assumes of its data holds, if that is found. */
    Sample lawful(Sample sample) {
        return lawful.of(sample);
    }

    Sample draw(Map<String, Long> sizes, Style style, SplittableRandom random) {
        Map<Ref, long[]> shapes = new LinkedHashMap<>();
        Map<Ref, BigFraction[]> tensors = new LinkedHashMap<>();
        Map<String, long[]> ints = new LinkedHashMap<>();
        boolean sole = layer.outputs().size() == 1;
        for (Tensor tensor : layer.tensors()) {
            long[] shape = tensor.shape().stream()
                    .mapToLong(e -> integers.integer(e, sizes))
                    .toArray();
            int length = 1;
            for (long n : shape) {
                length = Math.toIntExact(length * n);
            }
            Ref ref = Ref.value(tensor.name());
            shapes.put(ref, shape);
            if (tensor.isInteger()) {
                long limit = integers.integer(tensor.limit().orElseThrow(), sizes);
                ints.put(tensor.name(), random.longs(length, 0, limit).toArray());
            } else if (tensor.isGiven()) {
                tensors.put(ref, values(length, style, random));
            } else if (tensor.role() == Tensor.Role.OUTPUT) {
                Ref delta = Ref.delta(tensor.name(), sole);
                shapes.put(delta, shape);
                tensors.put(delta, values(length, Style.SIGNED, random));
            }
        }
        return lawful.of(new Sample(sizes, shapes, tensors, ints));
    }

    private static BigFraction[] values(int length, Style style, SplittableRandom random) {
        BigFraction[] values = new BigFraction[length];
        for (int k = 0; k < length; k++) {
            values[k] = switch (style) {
                case SIGNED ->
                    BigFraction.of(
                            random.nextInt(8) == 0 ? 0 : (random.nextInt(3) + 1) * (random.nextBoolean() ? 1 : -1));
                case POSITIVE -> BigFraction.of(random.nextInt(1, 5));
                case UNIT -> BigFraction.of(random.nextInt(1, 8), 8);
            };
        }
        return values;
    }
}

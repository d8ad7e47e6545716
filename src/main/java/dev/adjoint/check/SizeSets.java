package dev.adjoint.check;

import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds sizes at which a layer is checked: allowed ones, small, with extents pairwise different where that is possible
 * (equal ones hide a transposition), at least 3 (a short axis hides a stride and an offset) and, in every other set, a
 * 1. Each size is even in one set and odd in another, since a stride leaves a rest at one of them only; the third
 * and every other one after it has an axis that is longer than any tile, if the work allows it.
 */
final class SizeSets {
    private static final int TRIES = 400;
    private static final double GOOD = 0.99;
    /** Above a hundred times too much work. */
    private static final double MOST_EXCESS = 100;

    private static final long SHORT = 3;

    private static final long[] REACH = {7, 13, 40, 3};
    /** Longer than tiles and unrolled loops. */
    private static final long LONG = 17;

    /** Less work than this cannot have a long axis. */
    private static final double LONG_WORK = 1e4;

    private SizeSets() {}

    /**
     * Up to {@code count} different assignments of the layer's sizes; fewer if there are not so many, none if no allowed
     * one was found.
     *
     * @param maxWork the most operations that one forward pass may take
     */
    static List<Map<String, Long>> find(Layer layer, int count, double maxWork, Random random) {
        if (layer.sizes().isEmpty()) {
            return Sizes.allows(layer, Map.of()) ? List.of(Map.of()) : List.of();
        }
        List<Map<String, Long>> found = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Map<String, Long> best = best(layer, k, maxWork, found, random);
            if (best != null) {
                found.add(best);
            }
        }
        return found;
    }

    private static @Nullable Map<String, Long> best(
            Layer layer, int number, double maxWork, List<Map<String, Long>> taken, Random random) {
        boolean wide = number % 2 == 0 && number > 0 && maxWork >= LONG_WORK;
        Map<String, Long> best = null;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (long reach : REACH) {
            for (int k = 0; k < TRIES && bestScore < GOOD; k++) {
                Map<String, Long> drawn = draw(layer, reach, wide, random);
                // At first anything, then what is best with one size changed.
                Map<String, Long> sizes = best == null || k < TRIES / 4 ? drawn : changed(best, drawn, random);
                if (taken.contains(sizes) || !Sizes.allows(layer, sizes)) {
                    continue;
                }
                double score = variety(layer, sizes, number % 2 == 1, wide);
                if (number > 0) {
                    score -= sameParities(sizes, taken);
                }
                if (score > bestScore) {
                    score -= excess(layer, sizes, maxWork);
                }
                if (score > bestScore) {
                    best = sizes;
                    bestScore = score;
                }
            }
            if (bestScore > -1) {
                return best;
            }
        }
        return bestScore > -MOST_EXCESS ? best : null;
    }

    private static Map<String, Long> draw(Layer layer, long reach, boolean wide, Random random) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        int longest = wide ? random.nextInt(layer.sizes().size()) : -1;
        for (Size size : layer.sizes()) {
            if (sizes.size() == longest) {
                sizes.put(size.name(), LONG + random.nextInt((int) LONG));
                continue;
            }
            boolean small = size.defaultValue().isPresent() && random.nextBoolean();
            long value = 1 + (long) (random.nextDouble() * (small ? 3 : reach));
            boolean zero =
                    size.defaultValue().isPresent() && size.defaultValue().getAsLong() == 0;
            sizes.put(size.name(), zero ? value - 1 : value);
        }
        return sizes;
    }

    /** 1 is the best: all extents differ, none is short but for a 1 where there should be one. */
    private static double variety(Layer layer, Map<String, Long> sizes, boolean one, boolean wide) {
        Set<IntExpr> extents = new LinkedHashSet<>();
        layer.sizes().stream()
                .filter(size -> size.defaultValue().isEmpty())
                .forEach(size -> extents.add(IntExpr.var(size.name())));
        layer.tensors().forEach(t -> extents.addAll(t.shape()));
        extents.removeIf(IntExpr::isConstant);
        Set<Long> different = new HashSet<>();
        int shorts = 0;
        for (IntExpr extent : extents) {
            long value = Sizes.evaluate(extent, sizes);
            different.add(value);
            shorts += value < SHORT ? 1 : 0;
        }
        double spread = extents.isEmpty() ? 1 : (double) different.size() / extents.size();
        double tooShort = extents.isEmpty() || one ? 0 : (double) shorts / extents.size();
        boolean isLong = different.stream().anyMatch(n -> n >= LONG);
        return spread - tooShort / 2 - (different.contains(1L) == one ? 0 : 0.5) - (isLong || !wide ? 0 : 0.2);
    }

    private static Map<String, Long> changed(Map<String, Long> best, Map<String, Long> drawn, Random random) {
        Map<String, Long> sizes = new LinkedHashMap<>(best);
        String one = List.copyOf(best.keySet()).get(random.nextInt(best.size()));
        sizes.put(one, java.util.Objects.requireNonNull(drawn.get(one)));
        return sizes;
    }

    /** The share of the sizes that are still even in all sets, or odd in all. */
    private static double sameParities(Map<String, Long> sizes, List<Map<String, Long>> before) {
        long same = sizes.entrySet().stream()
                .filter(size -> before.stream()
                        .allMatch(other -> (size.getValue() - other.getOrDefault(size.getKey(), 0L)) % 2 == 0))
                .count();
        return (double) same / sizes.size();
    }

    /** 0 if one forward pass is little enough work, else the more the more it is. */
    private static double excess(Layer layer, Map<String, Long> sizes, double maxWork) {
        double work = 0;
        for (Equation equation : layer.equations()) {
            work += Tensors.length(Sizes.shape(equation.target(), sizes))
                    * Work.of(equation.rhs(), equation.indices(), sizes);
        }
        for (Tensor tensor : layer.tensors()) {
            work += Tensors.length(Sizes.shape(tensor, sizes));
        }
        return work <= maxWork ? 0 : 3 + Math.log(work / maxWork) * 20;
    }
}

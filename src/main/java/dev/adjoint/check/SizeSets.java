package dev.adjoint.check;

import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Equation;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds sizes at which a layer is checked: allowed ones, small, with extents pairwise different where that is possible
 * (equal ones hide a transposition), odd ones among them (a stride leaves a rest) and, in every other set, a 1.
 */
final class SizeSets {
    private static final int TRIES = 400;
    private static final double GOOD = 0.85;
    /** A hundred times too much work. */
    private static final double MOST_EXCESS = 100;

    private static final long[] REACH = {7, 13, 40, 3};

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
            Map<String, Long> best = best(layer, k % 2 == 1, maxWork, found, random);
            if (best != null) {
                found.add(best);
            }
        }
        return found;
    }

    private static @Nullable Map<String, Long> best(
            Layer layer, boolean one, double maxWork, List<Map<String, Long>> taken, Random random) {
        Map<String, Long> best = null;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (long reach : REACH) {
            for (int k = 0; k < TRIES && bestScore < GOOD; k++) {
                Map<String, Long> sizes = draw(layer, reach, random);
                if (taken.contains(sizes) || !Sizes.allows(layer, sizes)) {
                    continue;
                }
                double score = variety(layer, sizes, one);
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

    private static Map<String, Long> draw(Layer layer, long reach, Random random) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (Size size : layer.sizes()) {
            boolean small = size.defaultValue().isPresent() && random.nextBoolean();
            long value = 1 + (long) (random.nextDouble() * (small ? 3 : reach));
            boolean zero =
                    size.defaultValue().isPresent() && size.defaultValue().getAsLong() == 0;
            sizes.put(size.name(), zero ? value - 1 : value);
        }
        return sizes;
    }

    /** 1 is the best: all extents differ, and there are odd ones, and a 1 if there should be. */
    private static double variety(Layer layer, Map<String, Long> sizes, boolean one) {
        Set<IntExpr> extents = new HashSet<>();
        Set<Long> different = new HashSet<>();
        boolean odd = false;
        boolean ones = false;
        for (Tensor tensor : layer.tensors()) {
            for (IntExpr extent : tensor.shape()) {
                if (!extent.isConstant() && extents.add(extent)) {
                    long value = Sizes.evaluate(extent, sizes);
                    different.add(value);
                    odd |= value % 2 == 1 && value > 1;
                    ones |= value == 1;
                }
            }
        }
        double spread = extents.isEmpty() ? 1 : (double) different.size() / extents.size();
        return spread - (odd ? 0 : 0.1) - (ones == one ? 0 : 0.5);
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

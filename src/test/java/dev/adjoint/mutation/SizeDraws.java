package dev.adjoint.mutation;

import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.eval.Source;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
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

/**
 * Draws small sizes that a layer allows. Of those at which its axes are at least 2 and pairwise different, as far as
 * there are any; and of others, ones among them.
 */
final class SizeDraws {
    private static final int TRIES = 600;

    private SizeDraws() {}

    /**
     * Different sizes, the most telling first; fewer if no more are found.
     *
     * @param entries the most that all tensors may have together
     */
    static List<Map<String, Long>> draw(Layer layer, int count, long entries, Random random) {
        return draw(layer, Map.of(), count, entries, random);
    }

    /** The same with some sizes fixed. */
    static List<Map<String, Long>> draw(Layer layer, Map<String, Long> fixed, int count, long entries, Random random) {
        List<Map<String, Long>> found = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            // Every third has ones, every third is drawn as it comes.
            int wish = k % 3;
            Map<String, Long> best = null;
            double bestScore = Double.NEGATIVE_INFINITY;
            for (int t = 0; t < TRIES; t++) {
                Map<String, Long> drawn = draw(layer, wish, random);
                drawn.putAll(fixed);
                if (found.contains(drawn) || !allows(layer, drawn) || length(layer, drawn) > entries) {
                    continue;
                }
                double score = score(layer, drawn, wish);
                if (score > bestScore) {
                    best = drawn;
                    bestScore = score;
                }
            }
            if (best != null) {
                found.add(best);
            }
        }
        return found;
    }

    private static Map<String, Long> draw(Layer layer, int wish, Random random) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (Size size : layer.sizes()) {
            long usual = size.defaultValue().orElse(1);
            boolean one = wish == 2 && random.nextInt(3) == 0;
            long most = size.defaultValue().isPresent() ? 3 : 6;
            sizes.put(size.name(), one ? usual : Math.min(usual, 1) + random.nextInt((int) most));
        }
        return sizes;
    }

    private static double score(Layer layer, Map<String, Long> sizes, int wish) {
        if (wish == 1) {
            return 0;
        }
        Set<IntExpr> extents = new LinkedHashSet<>();
        layer.sizes().forEach(s -> extents.add(IntExpr.var(s.name())));
        layer.tensors().forEach(t -> extents.addAll(t.shape()));
        extents.removeIf(IntExpr::isConstant);
        Set<Long> different = new HashSet<>();
        int ones = 0;
        for (IntExpr extent : extents) {
            long value = World.integer(extent, sizes);
            different.add(value);
            ones += value < 2 ? 1 : 0;
        }
        double wanted = wish == 2 ? Math.min(1, ones) : -2 * ones;
        return different.size() + wanted;
    }

    private static long length(Layer layer, Map<String, Long> sizes) {
        long length = 0;
        for (Tensor tensor : layer.tensors()) {
            length += World.length(World.shape(tensor, sizes));
        }
        return length;
    }

    /** Whether every axis has an entry, every assumption holds, and no read leaves its tensor. */
    static boolean allows(Layer layer, Map<String, Long> sizes) {
        return assumed(layer, sizes) && readsInside(layer, sizes);
    }

    /** Whether every axis has an entry, and every assumption holds. */
    static boolean assumed(Layer layer, Map<String, Long> sizes) {
        try {
            for (Tensor tensor : layer.tensors()) {
                for (long extent : World.shape(tensor, sizes)) {
                    if (extent < 1) {
                        return false;
                    }
                }
                if (tensor.limit().isPresent() && World.integer(tensor.limit().get(), sizes) < 1) {
                    return false;
                }
            }
            return layer.assumptions().stream().allMatch(c -> holds(c, sizes));
        } catch (ArithmeticException undefined) {
            return false;
        }
    }

    /** Whether the reads that could not be decided for all sizes lie inside at these. */
    static boolean readsInside(Layer layer, Map<String, Long> sizes) {
        try {
            return layer.openReads().stream().allMatch(read -> holds(read.inside(), sizes));
        } catch (ArithmeticException undefined) {
            return false;
        }
    }

    private static boolean holds(Cond condition, Map<String, Long> sizes) {
        Source<Double> none = new Source<>() {
            @Override
            public long[] shape(Ref ref) {
                throw new IllegalStateException("a condition on sizes reads " + ref);
            }

            @Override
            public Double read(Ref ref, long[] index) {
                throw new IllegalStateException("a condition on sizes reads " + ref);
            }
        };
        return new Evaluator<>(new DoubleField(), none, sizes).holds(condition, Map.of());
    }
}

package dev.adjoint.specs;

import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Evaluator;
import dev.adjoint.expr.Cond;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Small sizes that a layer allows, drawn at random. */
final class SmallSizes {
    private static final int ENTRIES = 90;
    private static final int DRAWS = 40_000;
    private static final int CANDIDATES = 200;

    private SmallSizes() {}

    /** At most {@code count} different ones: the first that come, and of the others those that tell most. */
    static List<Map<String, Long>> draw(Layer layer, int count, Random random) {
        Set<Map<String, Long>> found = new LinkedHashSet<>();
        for (int draw = 0; draw < DRAWS && found.size() < CANDIDATES; draw++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            for (Size size : layer.sizes()) {
                sizes.put(size.name(), (long) random.nextInt(draw % 2 == 0 ? 4 : 7));
            }
            if (allows(layer, sizes)) {
                found.add(sizes);
            }
        }
        List<Map<String, Long>> all = new ArrayList<>(found);
        List<Map<String, Long>> telling = new ArrayList<>(all);
        telling.sort(Comparator.comparingLong(sizes -> -told(layer, sizes)));
        Set<Map<String, Long>> chosen = new LinkedHashSet<>(all.subList(0, Math.min(count / 2, all.size())));
        for (int k = 0; k < telling.size() && chosen.size() < count; k++) {
            chosen.add(telling.get(k));
        }
        return List.copyOf(chosen);
    }

    /** Axes of several entries, of different lengths, tell a transposed or flipped index from the right one. */
    private static long told(Layer layer, Map<String, Long> sizes) {
        Set<Long> different = new LinkedHashSet<>(sizes.values());
        long several = layer.tensors().stream()
                .flatMap(t -> t.shape().stream())
                .filter(extent -> World.integer(extent, sizes) > 1)
                .count();
        return 2 * different.size() + several;
    }

    private static boolean allows(Layer layer, Map<String, Long> sizes) {
        World<Double> none = new World<>(layer, sizes, new DoubleField(), Map.of(), Map.of());
        Evaluator<Double> evaluator = new Evaluator<>(new DoubleField(), none, sizes);
        long entries = 0;
        try {
            for (Tensor tensor : layer.tensors()) {
                long length = 1;
                for (var extent : tensor.shape()) {
                    long value = World.integer(extent, sizes);
                    if (value < 1) {
                        return false;
                    }
                    length *= value;
                }
                entries += length;
                if (tensor.limit().isPresent() && World.integer(tensor.limit().get(), sizes) < 1) {
                    return false;
                }
            }
            List<Cond> conditions = new ArrayList<>(layer.assumptions());
            layer.openReads().forEach(read -> conditions.add(read.inside()));
            return entries <= ENTRIES && conditions.stream().allMatch(c -> evaluator.holds(c, Map.of()));
        } catch (ArithmeticException divisionByZero) {
            return false;
        }
    }
}

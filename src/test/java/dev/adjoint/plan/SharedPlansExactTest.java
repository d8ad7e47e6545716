package dev.adjoint.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import dev.adjoint.loop.Step;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Loops that threads may share give exactly what the equations and gradients say, over the prime field, in whatever
 * ranges they are cut, in whatever order these run, and whatever other ranges left in the buffers of a thread.
 */
class SharedPlansExactTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 29);
    private static final int COUNT = Integer.getInteger("adjoint.random.count", 6);

    /** Layers, and the sizes of one that is no product of small random ones. */
    private static final List<String> LAYERS = List.of(
            "adjoint.dense.Dense N I K",
            "adjoint.dense.BatchedMatrixProduct B M K N",
            "adjoint.conv.CausalConv1d N C T D K L",
            "adjoint.conv.LocallyConnected2d N C H=5 W=6 D K1 K2",
            "adjoint.conv.DepthwiseConv2d N C H=6 W=9 K1 K2 S P",
            "adjoint.conv.ConvTranspose2d N C H W D K1=3 K2=3 S=2 P=1 A=1",
            "adjoint.pool.MaxPool2d N C H=6 W=11 K=3 S=2 P=1",
            "adjoint.pool.AvgPool2d N C H=6 W=11 K=3 S=2 P=1",
            "adjoint.norm.BatchNorm2d N C H W",
            "adjoint.norm.LayerNorm N D",
            "adjoint.activation.Relu N",
            "adjoint.activation.Prelu N C",
            "adjoint.elementwise.BiasAdd N C H W",
            "adjoint.similarity.SquaredDistances M N D",
            "adjoint.embedding.Embedding N V D",
            "adjoint.shape.UpsampleNearest2d N C H W S",
            "adjoint.loss.MeanSquaredError P");

    private final Random random = new Random(SEED);
    private final TreeMap<String, Integer> shared = new TreeMap<>();
    private final TreeSet<String> tiled = new TreeSet<>();

    @Test
    void everyPlanOfAConvolutionIsExactInParts() {
        for (int k = 0; k < COUNT; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(3));
            sizes.put("C", 1L + random.nextInt(4));
            sizes.put("D", 1L + random.nextInt(6));
            sizes.put("K1", 1L + random.nextInt(3));
            sizes.put("K2", 1L + random.nextInt(4));
            sizes.put("S", random.nextInt(4) > 0 ? 1L : 2L);
            sizes.put("P", (long) random.nextInt(2));
            sizes.put("H", 4L + random.nextInt(8));
            sizes.put("W", 4L + random.nextInt(8));
            check("adjoint.conv.Conv2d", sizes, random.nextInt(3) > 0);
        }
        assertThat(shared.keySet())
                .as("seed %d, loops that were shared: %s", SEED, shared)
                .contains("loop", "with buffers of its own", "to the last iteration", "part of another");
    }

    /** All three passes, each by any tiles of filters. */
    @Test
    void tilesOfFiltersAreExactInParts() {
        for (int k = 0; k < 4; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(2));
            sizes.put("C", 4L);
            sizes.put("D", 8L);
            sizes.put("K1", 2L + random.nextInt(2));
            sizes.put("K2", 3L);
            sizes.put("P", 1L);
            sizes.put("H", 5L + random.nextInt(6));
            sizes.put("W", 5L + random.nextInt(6));
            check("adjoint.conv.Conv2d", sizes, true, 1);
        }
        assertThat(tiled).as("what was computed by tiles, seed %d", SEED).contains("x", "gradO", "gradW");
    }

    @Test
    void everyKindOfLayerIsExactInParts() {
        for (String layer : LAYERS) {
            String[] words = layer.split(" ");
            for (int k = 0; k < 2; k++) {
                Map<String, Long> sizes = new LinkedHashMap<>();
                for (int e = 1; e < words.length; e++) {
                    String[] size = words[e].split("=");
                    sizes.put(size[0], size.length > 1 ? Long.parseLong(size[1]) : 1 + random.nextInt(4));
                }
                check(words[0], sizes, k % 2 == 0);
            }
        }
        assertThat(shared).as("loops that were shared").containsKey("loop");
    }

    private void check(String path, Map<String, Long> sizes, boolean bound) {
        check(path, sizes, bound, 2);
    }

    /**
     * Each size is bound or left open by chance, and the plan taken is any.
     *
     * @param tilesOf of so many plans, one is by tiles of filters if there are any
     */
    private void check(String path, Map<String, Long> sizes, boolean bound, int tilesOf) {
        StringBuilder binding = new StringBuilder();
        Map<String, Long> open = new HashMap<>();
        sizes.forEach((name, value) -> {
            boolean isBound = bound || random.nextInt(3) == 0;
            binding.append(binding.length() == 0 ? "" : ", ").append(name).append(isBound ? " = " + value : " = ?");
            if (!isBound) {
                open.put(name, value);
            }
        });
        String layer = path.substring(path.lastIndexOf('.') + 1);
        String target = tilesOf > 1 && random.nextInt(4) == 0 ? "portable" : "vector";
        String statement = "generate A = " + layer + "[" + binding + "] { target = " + target + "; parallel = true }";
        Generate generate = Specs.parse(
                        "exact.layer", "package exact; import " + path + "; " + statement, Importers.library())
                .generates()
                .get(0);
        long lanes = target.equals("portable") ? 1 : List.of(1, 2, 4, 8).get(random.nextInt(4));
        Map<String, String> taken = new LinkedHashMap<>();
        Chooser chooser = (result, candidates) -> {
            int choice = random.nextInt(candidates.size());
            if (random.nextInt(tilesOf) == 0) {
                List<Chooser.Candidate> tiles = candidates.stream()
                        .filter(c -> c.plan().contains("tiles F("))
                        .toList();
                choice = tiles.isEmpty() ? choice : candidates.indexOf(tiles.get(random.nextInt(tiles.size())));
            }
            taken.put(result, candidates.get(choice).plan());
            if (candidates.get(choice).plan().contains("tiles F(")) {
                tiled.add(result);
            }
            return choice;
        };
        try {
            ExactPlan exact = new ExactPlan(generate, open, SEED, lanes, chooser);
            for (Step.Share share : exact.plan().shares()) {
                shared.merge("loop", 1, Integer::sum);
                shared.merge(share.own().isEmpty() ? "alone" : "with buffers of its own", 1, Integer::sum);
                shared.merge(share.rest() == null ? "in parts" : "to the last iteration", 1, Integer::sum);
                shared.merge(share.ints().isEmpty() ? "outermost" : "part of another", 1, Integer::sum);
            }
            assertThat(exact.mismatch())
                    .as("%s with %s, %d lanes, by %s, seed %d", statement, open, lanes, taken, SEED)
                    .isEmpty();
        } catch (RuntimeException e) {
            throw new AssertionError(statement + " with " + open + ", " + lanes + " lanes, by " + taken, e);
        }
    }
}

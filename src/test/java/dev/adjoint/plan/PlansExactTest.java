package dev.adjoint.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A plan, statement by statement over the prime field, gives exactly what its equations and gradients say: every entry
 * of every result of every method, whatever plan was chosen.
 */
class PlansExactTest {
    private static final long SEED = 11;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> chosen = new TreeMap<>();

    @Test
    void everyPlanOfAConvolutionIsExact() {
        for (int k = 0; k < 60; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(2));
            sizes.put("C", 1L + random.nextInt(4));
            sizes.put("D", 1L + random.nextInt(9));
            sizes.put("K1", 1L + random.nextInt(4));
            sizes.put("K2", 1L + random.nextInt(6));
            sizes.put("S", random.nextInt(3) > 0 ? 1L : 2L);
            sizes.put("P", (long) random.nextInt(3));
            sizes.put("L", random.nextInt(3) > 0 ? 1L : 2L);
            long span1 = sizes.get("L") * (sizes.get("K1") - 1) + 1 - 2 * sizes.get("P");
            long span2 = sizes.get("L") * (sizes.get("K2") - 1) + 1 - 2 * sizes.get("P");
            sizes.put("H", Math.max(1, span1) + random.nextInt(12));
            sizes.put("W", Math.max(1, span2) + random.nextInt(24));
            check("adjoint.conv.Conv2d", "Conv2d", sizes);
        }
        assertThat(chosen.keySet())
                .as("seed %d, plans that were chosen: %s", SEED, chosen)
                .contains("runs over rows", "register blocks", "loop nest");
    }

    @Test
    void everyPlanOfADenseLayerIsExact() {
        for (int k = 0; k < 20; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(9));
            sizes.put("I", 1L + random.nextInt(20));
            sizes.put("K", 1L + random.nextInt(15));
            check("adjoint.dense.Dense", "Dense", sizes);
        }
    }

    @Test
    void everyPlanOfPoolingIsExact() {
        for (int k = 0; k < 60; k++) {
            long window = 1 + random.nextInt(4);
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(2));
            sizes.put("C", 1L + random.nextInt(3));
            sizes.put("K", window);
            sizes.put("S", 1L + random.nextInt(4));
            sizes.put("P", (long) random.nextInt((int) window / 2 + 1));
            sizes.put("H", window + random.nextInt(12));
            sizes.put("W", window + random.nextInt(30));
            String layer = k % 3 == 0 ? "AvgPool2d" : "MaxPool2d";
            check("adjoint.pool." + layer, layer, sizes);
        }
        assertThat(chosen.keySet())
                .as("seed %d, plans that were chosen: %s", SEED, chosen)
                .contains("edges apart");
    }

    /** What follows a sum, entry by entry, is computed where it ends: a function, a residual, a condition on the sum. */
    @Test
    void everyPlanOfWhatFollowsASumIsExact() {
        for (int k = 0; k < 8; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("C", 1L + random.nextInt(3));
            sizes.put("D", 1L + random.nextInt(7));
            sizes.put("K1", 1L + random.nextInt(3));
            sizes.put("K2", 1L + random.nextInt(5));
            sizes.put("S", random.nextInt(3) > 0 ? 1L : 2L);
            sizes.put("P", (long) random.nextInt(2));
            sizes.put("H", 3L + random.nextInt(9));
            sizes.put("W", 5L + random.nextInt(14));
            check("adjoint.conv.Conv2d", "Conv2d", TAILS.get(k % TAILS.size()), sizes);
        }
        for (int k = 0; k < 4; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(5));
            sizes.put("I", 1L + random.nextInt(9));
            sizes.put("K", 1L + random.nextInt(9));
            check("adjoint.dense.Dense", "Dense", TAILS.get(k % (TAILS.size() - 1)), sizes);
        }
        assertThat(chosen.keySet()).as("%s", chosen).contains("put in", "runs over rows", "register blocks");
    }

    static final String LAYERS = """
            layer Twice[N] { input x[N] output y[i < N] = 2 * x[i] }
            layer Gated[N] { input x[N] output y[i < N] = x[i] * (x[i]^2 + 1) }
            layer Residual[N] { input x[N] input r[N] output y[i < N] = r[i] - x[i] }
            layer Masked[N, C, H, W] {
                input x[N, C, H, W]
                input r[N, C, H, W]
                output y[n < N, c < C, i < H, j < W] = i < j ? x[n,c,i,j] : r[n,c,i,j]
            }
            layer Sum[N] { input x[N] output y = sum[i < N](x[i]) }
            """;

    static final List<String> TAILS = List.of(
            "then Twice",
            "then Gated",
            "then Residual",
            "then Residual then Gated then Residual",
            "then Twice then Sum",
            "then Masked");

    /** Each size is bound or left open by chance. */
    private void check(String library, String layer, Map<String, Long> sizes) {
        check(library, layer, "", sizes);
    }

    /** @param tail what follows the layer in a chain */
    private void check(String library, String layer, String tail, Map<String, Long> sizes) {
        StringBuilder binding = new StringBuilder();
        Map<String, Long> open = new HashMap<>();
        boolean all = random.nextInt(2) == 0;
        sizes.forEach((name, value) -> {
            boolean bound = all || random.nextInt(3) > 0;
            binding.append(binding.length() == 0 ? "" : ", ")
                    .append(name)
                    .append(" = ")
                    .append(bound ? value : "?");
            if (!bound) {
                open.put(name, value);
            }
        });
        String unroll = List.of("auto", "none", "full").get(random.nextInt(3));
        String statement = "generate A = " + layer + "[" + binding + "] " + tail + " { unroll = " + unroll + " }";
        Generate generate = Specs.parse(
                        "exact.layer",
                        "package exact; import " + library + "; " + LAYERS + statement,
                        Importers.library())
                .generates()
                .get(0);
        ExactPlan exact = new ExactPlan(generate, open, SEED);
        for (Choice choice : exact.plan().choices()) {
            String kind = choice.plan().startsWith("runs over")
                    ? "runs over rows"
                    : choice.plan().contains("in blocks of") ? "register blocks" : "loop nest";
            chosen.merge(kind, 1, Integer::sum);
            if (choice.plan().contains("apart")) {
                chosen.merge("edges apart", 1, Integer::sum);
            }
            if (choice.plan().endsWith("put in")) {
                chosen.merge("put in", 1, Integer::sum);
            }
        }
        assertThat(exact.mismatch()).as("%s with %s", statement, open).isEmpty();
    }
}

package dev.adjoint.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import dev.adjoint.loop.Lane;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Every way to compute a contraction with vectors, the cheapest as well as any other that the planner knows, gives
 * exactly what the equations and gradients say, over the prime field, for any number of lanes.
 */
class VectorPlansExactTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 17);
    private static final int COUNT = Integer.getInteger("adjoint.random.count", 60);

    private static final String PLACES_FIRST = "all of them at a place before the next";

    private final Random random = new Random(SEED);
    private final TreeSet<String> kinds = new TreeSet<>();
    private int fused;

    @Test
    void everyPlanOfAConvolutionIsExact() {
        for (int k = 0; k < COUNT; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(2));
            sizes.put("C", 1L + random.nextInt(4));
            sizes.put("D", 1L + random.nextInt(9));
            sizes.put("K1", 1L + random.nextInt(4));
            sizes.put("K2", 1L + random.nextInt(5));
            sizes.put("S", random.nextInt(3) > 0 ? 1L : 1L + random.nextInt(3));
            sizes.put("P", (long) random.nextInt(3));
            sizes.put("L", random.nextInt(3) > 0 ? 1L : 2L);
            long span1 = sizes.get("L") * (sizes.get("K1") - 1) + 1 - 2 * sizes.get("P");
            long span2 = sizes.get("L") * (sizes.get("K2") - 1) + 1 - 2 * sizes.get("P");
            sizes.put("H", Math.max(1, span1) + random.nextInt(12));
            long wide = k % 6 == 0 ? Lane.MOST : 0;
            sizes.put("W", wide + Math.max(1, span2) + random.nextInt(20));
            check("adjoint.conv.Conv2d", "Conv2d", sizes);
        }
        assertThat(kinds)
                .as("seed %d, ways that were taken: %s", SEED, kinds)
                .contains("one run", "run of rows", "one vector", "several vectors", "rows", "one row")
                .contains(
                        "vectors of",
                        "sums by lanes",
                        "tiles",
                        "sums of tiles",
                        "places first",
                        "short rows",
                        "short rows of sums");
    }

    @Test
    void everyPlanOfADenseLayerIsExact() {
        for (int k = 0; k < COUNT / 3; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(9));
            sizes.put("I", 1L + random.nextInt(80));
            sizes.put("K", 1L + random.nextInt(80));
            check("adjoint.dense.Dense", "Dense", sizes);
        }
    }

    @Test
    void everyPlanOfADepthwiseConvolutionIsExact() {
        for (int k = 0; k < COUNT / 3; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(3));
            sizes.put("C", 1L + random.nextInt(3));
            sizes.put("K1", 1L + random.nextInt(3));
            sizes.put("K2", 1L + random.nextInt(3));
            sizes.put("P", (long) random.nextInt(3));
            sizes.put("H", 3L + random.nextInt(12));
            sizes.put("W", 3L + random.nextInt(20));
            check("adjoint.conv.DepthwiseConv2d", "DepthwiseConv2d", sizes);
        }
    }

    /** Rows as long as the widest vectors, and a plane of shorter ones that lie one behind the other. */
    @Test
    void everyPlanOfOnePlaneIsExact() {
        for (int k = 0; k < COUNT / 3; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(2));
            sizes.put("C", 1L);
            sizes.put("D", 1L);
            sizes.put("K1", 2L + random.nextInt(2));
            sizes.put("K2", 1L + random.nextInt(3));
            sizes.put("P", (long) random.nextInt(2));
            sizes.put("L", 1L + random.nextInt(2));
            sizes.put("H", 5L + random.nextInt(10));
            sizes.put("W", k % 2 == 0 ? 69L + random.nextInt(40) : 8L + random.nextInt(20));
            check("adjoint.conv.Conv2d", "Conv2d", sizes);
        }
        assertThat(kinds)
                .as("seed %d, ways that were taken: %s", SEED, kinds)
                .contains("rolling rows", "rolling rows one behind the other");
    }

    /** A tap may lie wholly outside of the input, and a copy have no row for it. */
    @Test
    void everyPlanOfTapsThatReachFarOutsideIsExact() {
        for (int k = 0; k < COUNT / 6; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(4));
            sizes.put("C", 1L + random.nextInt(4));
            sizes.put("T", 1L + random.nextInt(7));
            sizes.put("D", 1L + random.nextInt(5));
            sizes.put("K", 1L + random.nextInt(5));
            sizes.put("L", 1L + random.nextInt(40));
            check("adjoint.conv.CausalConv1d", "CausalConv1d", sizes);
        }
    }

    /** Of a kind of way by chance, one that was not taken yet before all others, any: there are more of some kinds. */
    private int any(List<Chooser.Candidate> candidates) {
        List<String> words =
                candidates.stream().map(c -> kind(c.plan())).distinct().toList();
        List<String> untried = words.stream().filter(w -> !kinds.contains(w)).toList();
        List<String> these = untried.isEmpty() ? words : untried;
        String word = these.get(random.nextInt(these.size()));
        List<Integer> ways = IntStream.range(0, candidates.size())
                .filter(c -> kind(candidates.get(c).plan()).equals(word))
                .boxed()
                .toList();
        return ways.get(random.nextInt(ways.size()));
    }

    /** Of what is laid in vectors, or in which filters it is cut. */
    private static String kind(String plan) {
        return plan.endsWith(PLACES_FIRST)
                ? "places first"
                : plan.replaceAll("^(vectors of|rolling rows|sums by lanes|sums of tiles|tiles).*", "$1");
    }

    /** Rows of K taps go back in time: those of the last block that are not there lie before the first entry. */
    @Test
    void aBlockThatIsNotFullReadsNothingBeforeACopy() {
        Generate generate = Specs.parse(
                        "exact.layer",
                        "package exact; import adjoint.conv.CausalConv1d;"
                                + " generate A = CausalConv1d[N = ?, C = 1, T = ?, D = 3, K = ?, L = 4] { target = vector }",
                        Importers.library())
                .generates()
                .get(0);
        for (long taps = 1; taps < 9; taps++) {
            ExactPlan exact = new ExactPlan(generate, Map.of("N", 2L, "T", 5L, "K", taps), SEED, 8, Chooser.CHEAPEST);
            assertThat(exact.mismatch()).as("%d taps", taps).isEmpty();
        }
    }

    /** What follows a sum, entry by entry, is computed where it ends. */
    @Test
    void everyPlanOfWhatFollowsASumIsExact() {
        for (int k = 0; k < COUNT / 6; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(2));
            sizes.put("C", 1L + random.nextInt(3));
            sizes.put("D", 1L + random.nextInt(6));
            sizes.put("K1", 1L + random.nextInt(3));
            sizes.put("K2", 1L + random.nextInt(3));
            sizes.put("S", random.nextInt(3) > 0 ? 1L : 2L);
            sizes.put("P", (long) random.nextInt(2));
            sizes.put("H", 3L + random.nextInt(8));
            sizes.put("W", 3L + random.nextInt(16));
            check("adjoint.conv.Conv2d", "Conv2d", PlansExactTest.TAILS.get(k % PlansExactTest.TAILS.size()), sizes);
        }
        assertThat(fused).as("chains of which a plan puts a let in").isGreaterThan(COUNT / 12);
    }

    /** The gradient of what groups of channels read is a contraction, too: one group of filters reads each channel. */
    @Test
    void everyPlanOfAGroupedConvolutionIsExact() {
        for (int k = 0; k < COUNT / 3; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(2));
            sizes.put("G", 1L + random.nextInt(4));
            sizes.put("CG", 1L + random.nextInt(4));
            sizes.put("DG", 1L + random.nextInt(4));
            sizes.put("K1", 1L + random.nextInt(3));
            sizes.put("K2", 1L + random.nextInt(3));
            sizes.put("S", 1L + random.nextInt(2));
            sizes.put("P", (long) random.nextInt(2));
            sizes.put("H", 3L + random.nextInt(8));
            sizes.put("W", 3L + random.nextInt(14));
            check("adjoint.conv.GroupedConv2d", "GroupedConv2d", sizes);
        }
    }

    /** In groups of channels the sum is a contraction once indices are split. */
    @Test
    void everyPlanOfWhatFollowsAGroupedConvolutionIsExact() {
        for (int k = 0; k < COUNT / 15; k++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("G", 1L + random.nextInt(3));
            sizes.put("CG", 1L + random.nextInt(2));
            sizes.put("DG", 1L + random.nextInt(3));
            sizes.put("K1", 1L + random.nextInt(3));
            sizes.put("K2", 1L + random.nextInt(3));
            sizes.put("H", 3L + random.nextInt(6));
            sizes.put("W", 3L + random.nextInt(14));
            check("adjoint.conv.GroupedConv2d", "GroupedConv2d", "then Residual then Gated", sizes);
        }
        assertThat(fused).as("chains of which a plan puts a let in").isPositive();
    }

    /** Each size is bound or left open by chance, and the plan taken is the cheapest or any. */
    private void check(String library, String layer, Map<String, Long> sizes) {
        check(library, layer, "", sizes);
    }

    /** @param tail what follows the layer in a chain */
    private void check(String library, String layer, String tail, Map<String, Long> sizes) {
        StringBuilder binding = new StringBuilder();
        Map<String, Long> open = new HashMap<>();
        boolean all = random.nextInt(3) > 0;
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
        String statement = "generate A = " + layer + "[" + binding + "] " + tail + " { target = vector }";
        Generate generate = Specs.parse(
                        "exact.layer",
                        "package exact; import " + library + "; " + PlansExactTest.LAYERS + statement,
                        Importers.library())
                .generates()
                .get(0);
        long lanes = 1L << random.nextInt(1 + Long.numberOfTrailingZeros(Lane.MOST));
        Map<String, String> taken = new LinkedHashMap<>();
        Chooser chooser = (target, candidates) -> {
            int choice = random.nextInt(3) == 0 ? Chooser.CHEAPEST.choose(target, candidates) : any(candidates);
            taken.put(target, candidates.get(choice).plan());
            return choice;
        };
        ExactPlan exact = new ExactPlan(generate, open, SEED, lanes, chooser);
        fused += exact.plan().choices().stream().anyMatch(c -> c.plan().endsWith("put in")) ? 1 : 0;
        for (String plan : taken.values()) {
            kinds.add(plan.startsWith("rolling rows one behind") ? "rolling rows one behind the other" : kind(plan));
            kinds.add(plan.contains(" and ") ? "run of rows" : "one run");
            kinds.add(plan.contains(" 1 vector") ? "one vector" : "several vectors");
            kinds.add(plan.contains("one row") ? "one row" : "rows");
            kinds.add(plan.endsWith(PLACES_FIRST) ? "places first" : "rows first");
        }
        boolean shortRows = exact.plan().entries().stream()
                .flatMap(e -> e.calls().stream())
                .anyMatch(r -> r.notes().stream().anyMatch(n -> n.contains("behind its row")));
        kinds.add(shortRows ? "short rows" : "no short rows");
        boolean sums = exact.plan().entries().stream().anyMatch(ExactPlan::movesShortRows);
        kinds.add(sums ? "short rows of sums" : "no short rows of sums");
        try {
            assertThat(exact.mismatch())
                    .as("%s with %s, %d lanes, by %s, seed %d", statement, open, lanes, taken, SEED)
                    .isEmpty();
        } catch (RuntimeException e) {
            throw new AssertionError(statement + " with " + open + ", " + lanes + " lanes, by " + taken, e);
        }
    }
}

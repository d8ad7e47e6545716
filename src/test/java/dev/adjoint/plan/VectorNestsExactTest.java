package dev.adjoint.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.expr.Cond;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Size;
import dev.adjoint.lang.SpecFile;
import dev.adjoint.lang.Specs;
import dev.adjoint.loop.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Loop nests in vectors give exactly what the equations and gradients say, over the prime field, for any number of
 * lanes: all layers of the library at random sizes, bound or left open, and pooling at many.
 */
class VectorNestsExactTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 23);
    private static final int COUNT = Integer.getInteger("adjoint.random.count", 24);
    private static final int LARGEST = 200;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> plans = new TreeMap<>();
    private final List<String> undefinedAt = new ArrayList<>();

    @Test
    void everyLayerOfTheLibraryIsExact() throws IOException {
        List<String> failed = new ArrayList<>();
        int ran = 0;
        try (Stream<Path> files = Files.list(Path.of("specs"))) {
            for (Path file : files.sorted().toList()) {
                SpecFile spec = Specs.load(file, Importers.library());
                for (Layer layer : spec.layers()) {
                    Optional<Map<String, Long>> sizes = sizes(layer);
                    if (sizes.isPresent()) {
                        ran++;
                        check(layer.packageName() + "." + layer.name(), layer, sizes.get())
                                .ifPresent(failed::add);
                    }
                }
            }
        }
        System.out.println(ran + " layers, " + undefinedAt.size() + " without values, plans: " + plans);
        assertThat(failed).as("seed %d", SEED).isEmpty();
        assertThat(undefinedAt.size())
                .as("layers of %d with nothing to compare, seed %d: %s", ran, SEED, undefinedAt)
                .isLessThan(1 + ran / 20);
    }

    @Test
    void everyPoolingIsExact() {
        List<String> failed = new ArrayList<>();
        for (int k = 0; k < COUNT; k++) {
            String name = List.of("MaxPool2d", "AvgPool2d", "L2Pool2d", "AvgPool2dOfInside")
                    .get(random.nextInt(4));
            Layer layer = generate("adjoint.pool." + name, "").layer();
            long window = 1 + random.nextInt(4);
            Map<String, Long> sizes = new LinkedHashMap<>();
            sizes.put("N", 1L + random.nextInt(2));
            sizes.put("C", 1L + random.nextInt(2));
            sizes.put("K", window);
            sizes.put("S", 1L + random.nextInt(4));
            sizes.put("P", (long) random.nextInt((int) window / 2 + 1));
            sizes.put("H", window + random.nextInt(7));
            sizes.put("W", window + random.nextInt(50));
            check("adjoint.pool." + name, layer, sizes).ifPresent(failed::add);
        }
        System.out.println(undefinedAt.size() + " without values, plans: " + plans);
        assertThat(failed).as("seed %d", SEED).isEmpty();
        assertThat(undefinedAt.size())
                .as("pools of %d with nothing to compare, seed %d: %s", COUNT, SEED, undefinedAt)
                .isLessThan(1 + COUNT / 20);
        assertThat(plans.keySet()).contains("vectors along j", "vectors along j, edges apart", "vectors along q");
    }

    /** Sizes that the layer allows; one of them may be large. */
    private Optional<Map<String, Long>> sizes(Layer layer) {
        for (int time = 0; time < 400; time++) {
            Map<String, Long> sizes = new LinkedHashMap<>();
            int large = random.nextInt(layer.sizes().size() + 1);
            for (Size size : layer.sizes()) {
                sizes.put(size.name(), 1L + random.nextInt(sizes.size() == large ? 40 : 5));
            }
            try {
                if (isPossible(layer, sizes)) {
                    return Optional.of(sizes);
                }
            } catch (ArithmeticException e) {
                // These sizes divide by zero: the next.
            }
        }
        return Optional.empty();
    }

    private static boolean isPossible(Layer layer, Map<String, Long> sizes) {
        for (dev.adjoint.lang.Tensor tensor : layer.tensors()) {
            long length = 1;
            for (dev.adjoint.index.IntExpr e : tensor.shape()) {
                long extent = e.evaluate(a -> sizes.get(a.toString()));
                length *= Math.max(0, extent);
            }
            if (length < 1 || length > LARGEST) {
                return false;
            }
        }
        return layer.assumptions().stream()
                .flatMap(c -> Cond.conjuncts(c).stream())
                .allMatch(c -> !(c instanceof Cond.Ints i)
                        || !i.left().minus(i.right()).atoms().stream()
                                .allMatch(a -> a instanceof dev.adjoint.index.Atom.Var)
                        || i.rel()
                                .holds(Long.compare(
                                        i.left().evaluate(a -> sizes.get(a.toString())),
                                        i.right().evaluate(a -> sizes.get(a.toString())))));
    }

    private static Generate generate(String library, String binding) {
        String name = library.substring(library.lastIndexOf('.') + 1);
        String statement = "generate A = " + name + binding + " { target = vector }";
        return Specs.parse("exact.layer", "package exact; import " + library + "; " + statement, Importers.library())
                .generates()
                .get(0);
    }

    /** Each size is bound or left open by chance. */
    private Optional<String> check(String library, Layer layer, Map<String, Long> sizes) {
        List<String> binding = new ArrayList<>();
        Map<String, Long> open = new HashMap<>();
        boolean all = random.nextInt(3) == 0;
        sizes.forEach((name, value) -> {
            boolean bound = all || random.nextInt(3) > 0;
            binding.add(name + " = " + (bound ? value : "?"));
            if (!bound) {
                open.put(name, value);
            }
        });
        layer.functions().forEach(f -> binding.add(f + " = tanh"));
        String bound = binding.isEmpty() ? "" : "[" + String.join(", ", binding) + "]";
        long lanes = 1L << random.nextInt(1 + Long.numberOfTrailingZeros(Lane.MOST));
        String what = library + bound + " with " + open + ", " + lanes + " lanes";
        try {
            ExactPlan exact = new ExactPlan(generate(library, bound), open, SEED, lanes, Chooser.CHEAPEST);
            exact.plan().choices().forEach(c -> plans.merge(c.plan(), 1, Integer::sum));
            return exact.mismatch().map(m -> what + ": " + m);
        } catch (ArithmeticException undefined) {
            // These values divide by zero, or ask for the root of what has none: nothing was compared.
            undefinedAt.add(what);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(what + ": " + e);
        }
    }
}

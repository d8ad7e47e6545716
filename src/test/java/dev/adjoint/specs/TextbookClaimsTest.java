package dev.adjoint.specs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.Field;
import dev.adjoint.eval.PrimeField;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.SpecFile;
import dev.adjoint.lang.Specs;
import dev.adjoint.lang.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every claim of the library holds, entry by entry, at small sizes that its layer allows: exactly over a prime field
 * where the layer adds, multiplies, divides and applies open functions; else in doubles, on small integers, where kinks
 * and ties are met, on values around 0, and on values between 0 and 1. {@code -Dadjoint.random.seed} draws others.
 */
class TextbookClaimsTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final int SIZES = 5;
    private static final int POINTS = 30;

    /** What tensors are filled with where values are doubles. */
    private enum Data {
        INTEGERS,
        AROUND_ZERO,
        PROBABILITIES
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("specs"))) {
            return files.sorted().toList();
        }
    }

    private static SpecFile read(Path file) throws IOException {
        return Specs.parse(file.toString(), Files.readString(file), Importers.library());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void everyClaimHolds(String name, Layer layer) {
        assertThat(layer.claims()).as("claims of " + name).isNotEmpty();
        assertThat(failures(layer)).as(name + ", seed " + SEED).isEmpty();
    }

    static Stream<Arguments> names() throws IOException {
        List<Layer> layers = new ArrayList<>();
        for (Path file : files()) {
            layers.addAll(read(file).layers());
        }
        return layers.stream().map(l -> Arguments.of(l.packageName() + "." + l.name(), l));
    }

    @Test
    void theTextIsStatedFromItsFirstEquationToItsLast() throws IOException {
        List<String> numbers = read(Path.of("specs/backprop-in-cnns.layer")).layers().stream()
                .flatMap(layer -> layer.claims().stream())
                .map(Claim::label)
                .filter(label -> !label.isEmpty())
                .toList();
        assertThat(numbers)
                .containsOnly(
                        IntStream.rangeClosed(1, 22).mapToObj(String::valueOf).toArray(String[]::new));
    }

    @Test
    void noSpecOfTheLibraryIsWarnedOf() throws IOException {
        for (Path file : files()) {
            assertThat(read(file).warnings()).as(file.toString()).isEmpty();
        }
    }

    @Test
    void aWrongClaimIsSeen() {
        Layer layer =
                Specs.parse("wrong.layer", """
                layer Wrong[H, K] {
                    function f
                    input o[H]
                    param w[K]
                    let s[i < H-K+1] = sum[k < K](w[k] * o[i+k])
                    output y[i] = f(s[i])
                    claim grad w[k] = sum[i](grad s[i] * o[H-1-i-k])
                    claim grad s[i] = delta[i] * f(s[i])
                    claim d(y[i]) / d(w[k]) = f'(s[i]) * o[i]
                    claim d(d(y[i]) / d(s[i])) / d(s[i]) = f'(s[i])
                }
                """, Importers.library()).layers().get(0);
        assertThat(failures(layer)).hasSize(4).allMatch(f -> f.contains("Wrong at sizes"));
    }

    @Test
    void aWrongKinkIsSeen() {
        Layer layer =
                Specs.parse("kink.layer", """
                layer Kink[N] {
                    input x[N]
                    output y[i < N] = relu(x[i])
                    claim grad x[i] = delta[i] * [x[i] >= 0]
                }
                """, Importers.library()).layers().get(0);
        assertThat(failures(layer)).singleElement().asString().contains("x = [");
    }

    // ---- one layer

    private static List<String> failures(Layer layer) {
        Random random = new Random(SEED);
        List<Map<String, Long>> sets = SmallSizes.draw(layer, layer.sizes().isEmpty() ? 1 : SIZES, random);
        assertThat(sets).as("sizes that " + layer.name() + " allows").isNotEmpty();
        Map<Claim, Integer> compared = new LinkedHashMap<>();
        Map<Claim, String> failures = new LinkedHashMap<>();
        for (Map<String, Long> sizes : sets) {
            if (Polynomial.isOf(layer)) {
                PrimeField field = new PrimeField(SEED);
                compare(
                        layer,
                        sizes,
                        field,
                        () -> Math.floorMod(random.nextLong(), PrimeField.P),
                        Long::equals,
                        random,
                        compared,
                        failures);
            } else {
                for (Data data : Data.values()) {
                    DoubleField field = new DoubleField(TextbookClaimsTest::wave);
                    Supplier<Double> element = () -> element(data, random);
                    compare(layer, sizes, field, element, TextbookClaimsTest::close, random, compared, failures);
                }
            }
        }
        for (Claim claim : layer.claims()) {
            if (!compared.containsKey(claim)) {
                failures.putIfAbsent(claim, layer.name() + ": never defined where it was evaluated: " + claim.text());
            }
        }
        return List.copyOf(failures.values());
    }

    private static double element(Data data, Random random) {
        return switch (data) {
            case INTEGERS -> random.nextInt(7) - 3;
            case AROUND_ZERO -> 2 * random.nextDouble() - 1;
            case PROBABILITIES -> 0.05 + 0.9 * random.nextDouble();
        };
    }

    /** An open function and its derivatives: a sine of a frequency and a phase of its own. */
    private static double wave(Fun.Open fun, double x) {
        int hash = Math.floorMod(fun.name().hashCode(), 97);
        double frequency = 0.5 + hash / 97.0;
        return Math.pow(frequency, fun.order()) * Math.sin(frequency * x + hash + fun.order() * Math.PI / 2);
    }

    private static boolean close(double a, double b) {
        return Math.abs(a - b) <= 1e-8 * (1 + Math.abs(a) + Math.abs(b));
    }

    private static <V> void compare(
            Layer layer,
            Map<String, Long> sizes,
            Field<V> field,
            Supplier<V> element,
            BiPredicate<V, V> equal,
            Random random,
            Map<Claim, Integer> compared,
            Map<Claim, String> failures) {
        Map<Ref, List<V>> given = new LinkedHashMap<>();
        Map<String, long[]> integers = new LinkedHashMap<>();
        for (Tensor tensor : layer.tensors()) {
            long[] shape = tensor.shape().stream()
                    .mapToLong(e -> World.integer(e, sizes))
                    .toArray();
            int length = World.length(shape);
            if (tensor.isInteger()) {
                int limit = (int) World.integer(tensor.limit().orElseThrow(), sizes);
                integers.put(
                        tensor.name(),
                        random.ints(length, 0, limit).asLongStream().toArray());
            } else if (tensor.isGiven() || tensor.role() == Tensor.Role.OUTPUT) {
                boolean error = tensor.role() == Tensor.Role.OUTPUT;
                Ref ref = error ? Ref.delta(tensor.name(), false) : Ref.value(tensor.name());
                given.put(ref, Stream.generate(element).limit(length).toList());
            }
        }
        World<V> world = new World<>(layer, sizes, field, given, integers);
        if (!layer.outputs().stream().allMatch(y -> isDefined(y, world, field))) {
            return;
        }
        for (Claim claim : layer.claims()) {
            for (Map<String, Long> point : points(claim, sizes, random)) {
                V left = defined(() -> world.value(claim.left(), point), field);
                if (left == null || failures.containsKey(claim)) {
                    continue;
                }
                compared.merge(claim, 1, Integer::sum);
                V right = defined(() -> world.value(claim.right(), point), field);
                if (right == null || !equal.test(left, right)) {
                    failures.put(
                            claim,
                            "%s at sizes %s, element %s, seed %d:%n  %s%n  left is %s, right is %s%n  where %s %s"
                                    .formatted(
                                            layer.name(),
                                            sizes,
                                            point,
                                            SEED,
                                            claim.text(),
                                            left,
                                            right == null ? "undefined" : right,
                                            text(given),
                                            text(integers)));
                }
            }
        }
    }

    private static <V> boolean isDefined(Tensor tensor, World<V> world, Field<V> field) {
        Ref ref = Ref.value(tensor.name());
        return IntStream.range(0, World.length(world.shape(ref)))
                .allMatch(k -> defined(() -> world.at(ref, k), field) != null);
    }

    private static String text(Map<?, ?> values) {
        List<String> all = new ArrayList<>();
        values.forEach((key, value) ->
                all.add(key + " = " + (value instanceof long[] ints ? java.util.Arrays.toString(ints) : value)));
        return String.join(", ", all);
    }

    /** Null where there is no finite value. */
    private static <V> V defined(Supplier<V> value, Field<V> field) {
        try {
            V v = value.get();
            return v instanceof Double d && !Double.isFinite(d) ? null : v;
        } catch (ArithmeticException undefined) {
            return null;
        }
    }

    /** Every point of the claim's ranges, or some of them if there are many. */
    private static List<Map<String, Long>> points(Claim claim, Map<String, Long> sizes, Random random) {
        List<Map<String, Long>> points = List.of(Map.of());
        for (Range range : claim.indices()) {
            List<Map<String, Long>> longer = new ArrayList<>();
            for (Map<String, Long> point : points) {
                Map<String, Long> known = new HashMap<>(sizes);
                known.putAll(point);
                for (long k = World.integer(range.lo(), known); k < World.integer(range.hi(), known); k++) {
                    Map<String, Long> next = new LinkedHashMap<>(point);
                    next.put(range.name(), k);
                    longer.add(next);
                }
            }
            points = longer;
        }
        List<Map<String, Long>> some = new ArrayList<>(points);
        Collections.shuffle(some, random);
        return some.subList(0, Math.min(POINTS, some.size()));
    }
}

package dev.adjoint.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import dev.adjoint.plan.Chooser;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What lies outside of a tensor is no entry of it, whatever it would be multiplied with: where operands hold infinities
 * and NaN, a class with vectors gives infinities and NaN exactly where the loop nest of the equation does.
 */
class VectorStrongZeroTest {
    private static final long SEED = 3;
    private static final double[] WILD = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};

    /** Beside these, what sums of products of transformed entries could not hold. */
    private static final double[] WILD_FOR_TILES = {Double.POSITIVE_INFINITY, Double.NaN, 0x1p1020, -0x1p1020};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Conv2d[C = 3, H = 11, W = 13, D = 4, K1 = 3, K2 = 3, P = 1]",
                "Conv2d[C = 1, H = 28, W = 28, D = 6, K1 = 5, K2 = 5]",
                "Conv2d[N = 2, C = 2, H = 9, W = 10, D = 3, K1 = 3, K2 = 2, S = 2, P = 1]",
                "Conv2d[C = 2, H = 12, W = 12, D = 2, K1 = 3, K2 = 3, P = 2, L = 2]",
                "DepthwiseConv2d[C = 3, H = 20, W = 21, K1 = 3, K2 = 3, P = 1]",
                "Dense[N = 5, I = 70, K = 9]",
                "Conv2d[C = 2, H = 11, W = 13, D = 4, K1 = 3, K2 = 3, P = 1] then LeakyRelu",
                "MaxPool2d[C = 2, H = 9, W = 40, K = 3, S = 2, P = 1]",
                "MaxPool2d[C = 2, H = 8, W = 50, K = 2, S = 2]",
                "MaxPool2d[C = 2, H = 9, W = 40, K = 3, S = 1, P = 1]"
            })
    void infinitiesStandWhereTheEquationHasThem(String layer) throws ReflectiveOperationException {
        Object vectors = instance(layer, "target = vector");
        assertThat((String) vectors.getClass().getMethod("target").invoke(vectors))
                .startsWith("Vector API, ");
        compare(layer, vectors, WILD, 0);
    }

    /** A function that is computed where each sum ends sees the same sums; one that is not chosen is not seen. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Conv2d[C = 2, H = 11, W = 13, D = 4, K1 = 3, K2 = 3, P = 1] then LeakyRelu",
                "MaxPool2d[C = 2, H = 9, W = 40, K = 3, S = 2, P = 1]",
                "MaxPool2d[C = 2, H = 9, W = 20, K = 2, S = 2]"
            })
    void infinitiesStandThereWithoutVectorsToo(String layer) throws ReflectiveOperationException {
        compare(layer, instance(layer, "target = portable"), WILD, 0);
    }

    /** A transform mixes the entries of a tile: what is infinite, or far too large for it, must not go through one. */
    @Test
    void tilesOfFiltersLeaveToTheEquationWhatTheyWouldMix() throws ReflectiveOperationException {
        String layer = "Conv2d[C = 3, H = 11, W = 13, D = 8, K1 = 3, K2 = 3, P = 1]";
        Generate generate = generate(layer, "target = vector");
        List<String> tiles = new ArrayList<>();
        Chooser chooser = (target, candidates) -> {
            for (int k = 0; k < candidates.size(); k++) {
                if (candidates.get(k).plan().matches("(tiles F\\(4, 3\\)|sums of tiles F\\(3, 4\\)) by .*")) {
                    tiles.add(target);
                    return k;
                }
            }
            return Chooser.CHEAPEST.choose(target, candidates);
        };
        List<SourceFile> files = Emitter.emit(generate, Derive.derive(generate.layer()), "wild.layer", chooser);
        assertThat(tiles).contains("x", "gradW");
        Object vectors =
                Emitted.compile(files, "wild.A").type().getConstructor().newInstance();
        compare(layer, vectors, WILD_FOR_TILES, 1e-12);
    }

    /** @param off how far results may be from those of the nest, over the largest */
    private static void compare(String layer, Object fast, double[] wilds, double off)
            throws ReflectiveOperationException {
        Object nest = instance(layer, "unroll = none");
        Random random = new Random(SEED);
        int wild = 0;
        for (int round = 0; round < 12; round++) {
            for (Method method : fast.getClass().getMethods()) {
                if (method.getDeclaringClass() == fast.getClass() && isPass(method)) {
                    wild += compare(layer, method, fast, nest, random, wilds, off);
                }
            }
        }
        assertThat(wild).as("entries that are not finite, seed %d", SEED).isPositive();
    }

    private static boolean isPass(Method method) {
        return method.getName().equals("forward") || method.getName().startsWith("grad");
    }

    private static Object instance(String layer, String options) throws ReflectiveOperationException {
        Generate generate = generate(layer, options);
        return Emitted.of(generate, Derive.derive(generate.layer()))
                .type()
                .getConstructor()
                .newInstance();
    }

    private static Generate generate(String layer, String options) {
        return Specs.parse(
                        "wild.layer",
                        "package wild; import adjoint.conv.Conv2d; import adjoint.conv.DepthwiseConv2d;"
                                + " import adjoint.pool.MaxPool2d;"
                                + " import adjoint.dense.Dense; import adjoint.activation.LeakyRelu; generate A = "
                                + layer + " { type = double; " + options
                                + " }",
                        Importers.library())
                .generates()
                .get(0);
    }

    /** Runs both on the same data, one operand of which holds a few wild entries; the last argument is the result. */
    private static int compare(
            String layer, Method method, Object vectors, Object nest, Random random, double[] wilds, double off)
            throws ReflectiveOperationException {
        List<double[]> arguments = new ArrayList<>();
        for (int k = 0; k < method.getParameterCount(); k++) {
            String name = method.getParameters()[k].getName();
            double[] values = new double[length(vectors, name)];
            Arrays.setAll(values, i -> random.nextInt(9) - 4);
            arguments.add(values);
        }
        int last = arguments.size() - 1;
        double[] operand = arguments.get(random.nextInt(last));
        for (int k = 0; k < 1 + random.nextInt(2); k++) {
            operand[random.nextInt(operand.length)] = wilds[random.nextInt(wilds.length)];
        }
        double[] found = arguments.get(last);
        method.invoke(vectors, arguments.toArray());
        double[] expected = new double[found.length];
        arguments.set(last, expected);
        nest.getClass().getMethod(method.getName(), method.getParameterTypes()).invoke(nest, arguments.toArray());
        double largest = Arrays.stream(expected)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
        assertThat(Arrays.stream(found).boxed().toArray(Double[]::new))
                .as("%s of %s, seed %d: sums of small integers, of infinities and NaN", method.getName(), layer, SEED)
                .usingElementComparator((a, b) -> Double.compare(a, b) == 0 || Math.abs(a - b) <= off * largest ? 0 : 1)
                .containsExactly(java.util.Arrays.stream(expected).boxed().toArray(Double[]::new));
        return (int) Arrays.stream(expected).filter(v -> !Double.isFinite(v)).count();
    }

    /** The tensor of {@code gradW} is w, that of {@code delta} is the output. */
    private static int length(Object layer, String name) throws ReflectiveOperationException {
        boolean pool = Arrays.stream(layer.getClass().getMethods())
                .anyMatch(m -> m.getName().equals("lengthY"));
        String output = pool ? "y" : "x";
        String tensor = name.startsWith("grad") ? name.substring(4) : name.equals("delta") ? output : name;
        String capital = tensor.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + tensor.substring(1);
        return (int) layer.getClass().getMethod("length" + capital).invoke(layer);
    }

    @Test
    void aClassWithoutVectorsNamesNoModule() {
        Generate generate = Specs.parse(
                        "plain.layer",
                        "package wild; import adjoint.dense.Dense; generate A = Dense",
                        Importers.library())
                .generates()
                .get(0);
        assertThat(Emitter.emit(generate, Derive.derive(generate.layer()), "plain.layer"))
                .singleElement()
                .satisfies(f -> assertThat(f.text()).doesNotContain("jdk.incubator"));
    }
}

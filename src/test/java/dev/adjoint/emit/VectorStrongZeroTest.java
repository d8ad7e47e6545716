package dev.adjoint.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Conv2d[C = 3, H = 11, W = 13, D = 4, K1 = 3, K2 = 3, P = 1]",
                "Conv2d[C = 1, H = 28, W = 28, D = 6, K1 = 5, K2 = 5]",
                "Conv2d[N = 2, C = 2, H = 9, W = 10, D = 3, K1 = 3, K2 = 2, S = 2, P = 1]",
                "Conv2d[C = 2, H = 12, W = 12, D = 2, K1 = 3, K2 = 3, P = 2, L = 2]",
                "DepthwiseConv2d[C = 3, H = 20, W = 21, K1 = 3, K2 = 3, P = 1]",
                "Dense[N = 5, I = 70, K = 9]",
                "Conv2d[C = 2, H = 11, W = 13, D = 4, K1 = 3, K2 = 3, P = 1] then LeakyRelu"
            })
    void infinitiesStandWhereTheEquationHasThem(String layer) throws ReflectiveOperationException {
        Object vectors = instance(layer, "target = vector");
        assertThat((String) vectors.getClass().getMethod("target").invoke(vectors))
                .startsWith("Vector API, ");
        compare(layer, vectors);
    }

    /** A function that is computed where each sum ends sees the same sums; one that is not chosen is not seen. */
    @Test
    void infinitiesStandThereWithoutVectorsToo() throws ReflectiveOperationException {
        String layer = "Conv2d[C = 2, H = 11, W = 13, D = 4, K1 = 3, K2 = 3, P = 1] then LeakyRelu";
        compare(layer, instance(layer, "target = portable"));
    }

    private static void compare(String layer, Object fast) throws ReflectiveOperationException {
        Object nest = instance(layer, "unroll = none");
        Random random = new Random(SEED);
        int wild = 0;
        for (int round = 0; round < 12; round++) {
            for (Method method : fast.getClass().getMethods()) {
                if (method.getDeclaringClass() == fast.getClass() && isPass(method)) {
                    wild += compare(layer, method, fast, nest, random);
                }
            }
        }
        assertThat(wild).as("entries that are not finite, seed %d", SEED).isPositive();
    }

    private static boolean isPass(Method method) {
        return method.getName().equals("forward") || method.getName().startsWith("grad");
    }

    private static Object instance(String layer, String options) throws ReflectiveOperationException {
        Generate generate = Specs.parse(
                        "wild.layer",
                        "package wild; import adjoint.conv.Conv2d; import adjoint.conv.DepthwiseConv2d;"
                                + " import adjoint.dense.Dense; import adjoint.activation.LeakyRelu; generate A = "
                                + layer + " { type = double; " + options
                                + " }",
                        Importers.library())
                .generates()
                .get(0);
        return Emitted.of(generate, Derive.derive(generate.layer()))
                .type()
                .getConstructor()
                .newInstance();
    }

    /** Runs both on the same data, one operand of which holds a few wild entries; the last argument is the result. */
    private static int compare(String layer, Method method, Object vectors, Object nest, Random random)
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
            operand[random.nextInt(operand.length)] = WILD[random.nextInt(WILD.length)];
        }
        double[] found = arguments.get(last);
        method.invoke(vectors, arguments.toArray());
        double[] expected = new double[found.length];
        arguments.set(last, expected);
        nest.getClass().getMethod(method.getName(), method.getParameterTypes()).invoke(nest, arguments.toArray());
        assertThat(found)
                .as("%s of %s, seed %d: sums of small integers, of infinities and NaN", method.getName(), layer, SEED)
                .containsExactly(expected);
        return (int) Arrays.stream(expected).filter(v -> !Double.isFinite(v)).count();
    }

    /** The tensor of {@code gradW} is w, that of {@code delta} is x. */
    private static int length(Object layer, String name) throws ReflectiveOperationException {
        String tensor = name.startsWith("grad") ? name.substring(4) : name.equals("delta") ? "x" : name;
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

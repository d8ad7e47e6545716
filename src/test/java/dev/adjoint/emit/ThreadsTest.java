package dev.adjoint.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An instance whose work several threads do computes the same bits as one that works alone, whoever helps it. */
class ThreadsTest {
    private static final int[] THREADS = {1, 2, 3, 7};
    private static final Executor REJECTS = task -> {
        throw new RejectedExecutionException("shut down");
    };

    private static ExecutorService pool;
    private static ExecutorService single;

    /** Tiles, direct sums with open sizes, pooling, and plain Java. */
    private static final List<Layer> LAYERS = new ArrayList<>();

    @BeforeAll
    static void emit() throws ReflectiveOperationException {
        pool = Executors.newFixedThreadPool(3);
        single = Executors.newSingleThreadExecutor();
        LAYERS.add(new Layer(
                "adjoint.conv.Conv2d",
                "C = 16, H = 24, W = 24, D = 16, K1 = 3, K2 = 3, P = 1",
                "target = vector",
                new int[0]));
        LAYERS.add(new Layer(
                "adjoint.conv.Conv2d",
                "N = ?, C = ?, H = ?, W = ?, D = ?, K1 = 3, K2 = 3, P = 1",
                "target = vector; winograd = none",
                new int[] {2, 5, 32, 32, 16}));
        LAYERS.add(new Layer(
                "adjoint.pool.MaxPool2d", "N = ?, K = 3, S = 2, P = 1", "target = vector", new int[] {2, 8, 60, 60}));
        LAYERS.add(new Layer("adjoint.dense.Dense", "N = ?, I = 96, K = 72", "save = false", new int[] {24}));
        LAYERS.add(new Layer(
                "adjoint.conv.Conv2d",
                "N = 4, C = 8, H = 20, W = 20, D = 8, K1 = 3, K2 = 3, P = 1",
                "save = false",
                new int[0]));
    }

    @AfterAll
    static void end() {
        pool.shutdown();
        single.shutdown();
    }

    @Test
    void theBitsAreThoseOfOneThread() throws Exception {
        assertThat(LAYERS)
                .as("a class whose threads fetch a copy that others have written, and one whose threads do not")
                .anyMatch(layer -> layer.fetches)
                .anyMatch(layer -> !layer.fetches);
        for (Layer layer : LAYERS) {
            for (int threads : THREADS) {
                layer.check(layer.instance(pool, threads), 2);
            }
            for (Executor executor : List.of(single, (Executor) Runnable::run, REJECTS, (Executor) task -> {})) {
                layer.check(layer.instance(executor, 3), 1);
            }
        }
    }

    /** Calls that follow each other closely meet helpers that are coming, working, waiting and leaving. */
    @Test
    void manyCallsGiveTheBitsOfOneThread() throws Exception {
        for (Layer layer : LAYERS) {
            layer.check(layer.instance(pool, 3), 24);
        }
    }

    @Test
    void aCallerMayBeTheOnlyThreadOfItsExecutor() throws Exception {
        for (Layer layer : LAYERS) {
            Callable<Void> calls = () -> {
                layer.check(layer.instance(single, 4), 2);
                return null;
            };
            single.submit(calls).get();
        }
    }

    @Test
    void anInterruptedCallerGetsItsResultsAndStaysInterrupted() throws Exception {
        for (Layer layer : LAYERS) {
            Thread.currentThread().interrupt();
            layer.check(layer.instance(pool, 3), 2);
            assertThat(Thread.interrupted()).as("interrupted").isTrue();
        }
    }

    @Test
    void whatAnExecutorThrowsReachesTheCallerAndHarmsNoLaterCall() throws Exception {
        boolean[] broken = {true};
        Executor executor = task -> {
            if (broken[0]) {
                throw new IllegalStateException("no threads today");
            }
            pool.execute(task);
        };
        Layer layer = LAYERS.get(0);
        Object instance = layer.instance(executor, 3);
        Object[] arguments = layer.arguments(layer.method("forward"), false);
        assertThatThrownBy(() -> layer.method("forward").invoke(instance, arguments))
                .hasRootCauseMessage("no threads today");
        broken[0] = false;
        layer.check(instance, 3);
    }

    /** Arrays that are too short get past the checks if the class with vectors is called by itself. */
    @Test
    void whatAPartThrowsReachesTheCallerAndHarmsNoLaterCall() throws Exception {
        Layer layer = LAYERS.get(0);
        Object instance = layer.instance(pool, 3);
        Field field = instance.getClass().getDeclaredField("vectors");
        field.setAccessible(true);
        Object vectors = field.get(instance);
        Method forward = Arrays.stream(vectors.getClass().getDeclaredMethods())
                .filter(m -> m.getName().equals("forward"))
                .findFirst()
                .orElseThrow();
        forward.setAccessible(true);
        for (int round = 0; round < 20; round++) {
            Object[] arguments = layer.arguments(layer.method("forward"), false);
            arguments[arguments.length - 1] = new float[100];
            assertThatThrownBy(() -> forward.invoke(vectors, arguments))
                    .isInstanceOf(InvocationTargetException.class)
                    .hasRootCauseInstanceOf(IndexOutOfBoundsException.class);
            layer.check(instance, 1);
        }
    }

    @Test
    void noThreadsAndNoExecutorAreRefused() {
        Layer layer = LAYERS.get(0);
        assertThatThrownBy(() -> layer.instance(pool, 0))
                .hasCauseInstanceOf(IllegalArgumentException.class)
                .hasRootCauseMessage("threads must be at least 1, it is 0");
        assertThatThrownBy(() -> layer.instance(null, 2))
                .hasCauseInstanceOf(NullPointerException.class)
                .hasRootCauseMessage("executor is null");
    }

    /** A class, and what an instance that works alone computes, of numbers and of numbers with some NaN among them. */
    private static final class Layer {
        private final String name;
        private final Class<?> type;
        private final int[] sizes;
        private final Object alone;

        /** Whether threads fetch what they read as a whole. */
        private final boolean fetches;

        Layer(String path, String binding, String options, int[] sizes) throws ReflectiveOperationException {
            this.name = path.substring(path.lastIndexOf('.') + 1) + "[" + binding + "]";
            this.sizes = sizes;
            Generate generate = Specs.parse(
                            "threads.layer",
                            "package threads; import " + path + "; generate A = " + name + " { " + options
                                    + "; parallel = true }",
                            Importers.library())
                    .generates()
                    .get(0);
            Emitted emitted = Emitted.of(generate, Derive.derive(generate.layer()));
            assertThat(emitted.source()).as(name).contains("class Team");
            this.fetches = emitted.source().contains("fetch(team.reals[");
            this.type = emitted.type();
            this.alone = type.getConstructor(types(sizes.length)).newInstance(boxed());
        }

        private Class<?>[] types(int count) {
            Class<?>[] types = new Class<?>[count];
            Arrays.fill(types, int.class);
            return types;
        }

        private Object[] boxed() {
            return IntStream.of(sizes).boxed().toArray();
        }

        Object instance(Executor executor, int threads) throws ReflectiveOperationException {
            Class<?>[] types = Arrays.copyOf(types(sizes.length), sizes.length + 2);
            types[sizes.length] = Executor.class;
            types[sizes.length + 1] = int.class;
            Object[] arguments = Arrays.copyOf(boxed(), sizes.length + 2);
            arguments[sizes.length] = executor;
            arguments[sizes.length + 1] = threads;
            return type.getConstructor(types).newInstance(arguments);
        }

        Method method(String wanted) {
            return methods().stream()
                    .filter(m -> m.getName().equals(wanted))
                    .findFirst()
                    .orElseThrow();
        }

        private List<Method> methods() {
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(m -> m.getName().equals("forward") || m.getName().startsWith("grad"))
                    .filter(m -> java.lang.reflect.Modifier.isPublic(m.getModifiers()))
                    .toList();
        }

        /** Every method of an instance, so many times. */
        void check(Object instance, int times) throws ReflectiveOperationException {
            for (int time = 0; time < times; time++) {
                for (Method method : methods()) {
                    boolean wild = time % 2 == 1;
                    Object[] expected = arguments(method, wild);
                    Object[] found = arguments(method, wild);
                    method.invoke(alone, expected);
                    method.invoke(instance, found);
                    assertThat((float[]) found[found.length - 1])
                            .as("%s %s, call %d%s", name, method.getName(), time, wild ? ", with NaN" : "")
                            .isEqualTo((float[]) expected[expected.length - 1]);
                }
            }
        }

        /** The last argument is the result. */
        Object[] arguments(Method method, boolean wild) throws ReflectiveOperationException {
            Random random = new Random(method.getName().hashCode());
            Object[] arguments = new Object[method.getParameterCount()];
            for (int k = 0; k < arguments.length; k++) {
                float[] values = new float[length(method.getParameters()[k].getName())];
                for (int e = 0; e < values.length; e++) {
                    values[e] = random.nextFloat() - 0.5f;
                }
                if (wild) {
                    values[random.nextInt(values.length)] = Float.NaN;
                }
                arguments[k] = values;
            }
            return arguments;
        }

        private int length(String parameter) throws ReflectiveOperationException {
            String tensor = parameter.startsWith("grad") ? parameter.substring(4) : parameter;
            String of = tensor.equals("delta")
                    ? output()
                    : tensor.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + tensor.substring(1);
            return (int) type.getMethod("length" + of).invoke(alone);
        }

        /** The tensor that forward computes, in upper case. */
        private String output() {
            Method forward = method("forward");
            String last = forward.getParameters()[forward.getParameterCount() - 1].getName();
            return last.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + last.substring(1);
        }
    }
}

package dev.adjoint.random;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** An instance of an emitted class, called as its contract says, with results full of garbage and inputs watched. */
final class Called {
    private final Object instance;
    private final boolean single;

    Called(Class<?> type, boolean single, int[] sizes) throws ReflectiveOperationException {
        this.instance = type.getConstructor(
                        Arrays.stream(sizes).mapToObj(s -> int.class).toArray(Class<?>[]::new))
                .newInstance(Arrays.stream(sizes).boxed().toArray());
        this.single = single;
    }

    static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private Method method(String name) {
        return Arrays.stream(instance.getClass().getMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no method " + name));
    }

    int length(String tensor) throws ReflectiveOperationException {
        return (Integer) method("length" + capital(tensor)).invoke(instance);
    }

    int parameters(String name) {
        return method(name).getParameterCount();
    }

    Object array(double[] values) {
        if (!single) {
            return values.clone();
        }
        float[] narrow = new float[values.length];
        for (int k = 0; k < narrow.length; k++) {
            narrow[k] = (float) values[k];
        }
        return narrow;
    }

    /** An array of its own garbage, infinities among it. */
    Object garbage(int length) {
        double[] values = new double[length];
        for (int k = 0; k < length; k++) {
            values[k] = k % 3 == 0 ? Double.NaN : k % 3 == 1 ? 1e30 : Double.NEGATIVE_INFINITY;
        }
        return array(values);
    }

    /** Calls a method; the first arguments are given, the last only read again, those between are overwritten. */
    List<Object> call(String name, List<Object> given, int[] results, List<Object> saved)
            throws ReflectiveOperationException {
        List<Object> arguments = new ArrayList<>(given);
        for (int length : results) {
            arguments.add(garbage(length));
        }
        arguments.addAll(saved);
        List<Object> before = arguments.stream().map(Called::copy).toList();
        try {
            method(name).invoke(instance, arguments.toArray());
        } catch (InvocationTargetException e) {
            throw new AssertionError(name + " threw " + e.getCause(), e.getCause());
        }
        for (int k = 0; k < before.size(); k++) {
            boolean result = k >= given.size() && k < given.size() + results.length;
            if (!result && !Arrays.deepEquals(new Object[] {before.get(k)}, new Object[] {arguments.get(k)})) {
                throw new AssertionError(name + " wrote into its argument " + k);
            }
        }
        return arguments.subList(given.size(), given.size() + results.length);
    }

    /** The bytes that a call allocates once it is warm: the least of some rounds, since others allocate too. */
    long allocates(String name, List<Object> arguments) throws ReflectiveOperationException {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        Method method = method(name);
        Object[] all = arguments.toArray();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 40 && least > 0; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            method.invoke(instance, all);
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        return least;
    }

    private static Object copy(Object array) {
        Object copy = Array.newInstance(array.getClass().getComponentType(), Array.getLength(array));
        System.arraycopy(array, 0, copy, 0, Array.getLength(array));
        return copy;
    }

    static final Function<Object, double[]> WIDE = array -> {
        double[] wide = new double[Array.getLength(array)];
        for (int k = 0; k < wide.length; k++) {
            wide[k] = ((Number) Array.get(array, k)).doubleValue();
        }
        return wide;
    };
}

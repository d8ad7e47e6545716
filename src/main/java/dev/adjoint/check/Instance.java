package dev.adjoint.check;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/** An instance of an emitted class, called by the names of its contract. Lives in the other JVM. */
final class Instance {
    private final Object target;
    private final boolean single;

    private Instance(Object target) {
        this.target = target;
        this.single = Arrays.asList(method("forward").getParameterTypes()).contains(float[].class);
    }

    static Instance of(ClassLoader loader, String className, int[] sizes) throws Broken {
        try {
            Class<?>[] types = new Class<?>[sizes.length];
            Arrays.fill(types, int.class);
            Constructor<?> constructor = Class.forName(className, true, loader).getConstructor(types);
            return new Instance(
                    constructor.newInstance(IntStream.of(sizes).boxed().toArray()));
        } catch (InvocationTargetException e) {
            throw new Broken("the constructor threw ", cause(e));
        } catch (ReflectiveOperationException e) {
            throw new Broken("the class cannot be used: ", e);
        }
    }

    /** The same with other threads that share its work, if the class can do that. */
    static Optional<Instance> shared(ClassLoader loader, String className, int[] sizes, Executor executor, int threads)
            throws Broken {
        try {
            Class<?>[] types = new Class<?>[sizes.length + 2];
            Arrays.fill(types, int.class);
            types[sizes.length] = Executor.class;
            Object[] arguments = Arrays.copyOf(IntStream.of(sizes).boxed().toArray(), types.length);
            arguments[sizes.length] = executor;
            arguments[sizes.length + 1] = threads;
            Constructor<?> constructor = Class.forName(className, true, loader).getConstructor(types);
            return Optional.of(new Instance(constructor.newInstance(arguments)));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        } catch (InvocationTargetException e) {
            throw new Broken("the constructor with an executor threw ", cause(e));
        } catch (ReflectiveOperationException e) {
            throw new Broken("the class cannot be used: ", e);
        }
    }

    /** The class broke its contract. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String what, Throwable cause) {
            super(what + cause, cause);
        }
    }

    boolean isFloat() {
        return single;
    }

    int length(String tensor) throws Broken {
        return (Integer) call("length" + capital(tensor), new Object[0]);
    }

    /** How many arguments a method takes, beyond what its contract names: those of {@code save = true}. */
    String[] more(String method, int expected) {
        return Arrays.stream(method(method).getParameters())
                .skip(expected)
                .map(java.lang.reflect.Parameter::getName)
                .toArray(String[]::new);
    }

    Object call(String name, Object[] arguments) throws Broken {
        return call(method(name), arguments);
    }

    /** A call that is made again and again. */
    interface Repeated {
        void run() throws Broken;
    }

    /** A call whose method is looked up once. */
    Repeated repeated(String name, Object[] arguments) {
        Method method = method(name);
        return () -> call(method, arguments);
    }

    private Object call(Method method, Object[] arguments) throws Broken {
        String name = method.getName();
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new Broken(name + " threw ", cause(e));
        } catch (IllegalAccessException | IllegalArgumentException e) {
            throw new Broken(name + " cannot be called as its contract says: ", e);
        }
    }

    /** What the class threw; an exhausted heap is no matter of one call. */
    private static Throwable cause(InvocationTargetException e) {
        if (e.getCause() instanceof OutOfMemoryError exhausted) {
            throw exhausted;
        }
        return e.getCause() == null ? e : e.getCause();
    }

    private Method method(String name) {
        for (Method method : target.getClass().getMethods()) {
            if (method.getName().equals(name)) {
                return method;
            }
        }
        throw new IllegalStateException("there is no public method " + name);
    }

    /** The values as an array of this class' element type. */
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

    /** An array full of garbage, to be overwritten. */
    Object garbage(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Double.NaN);
        return array(values);
    }

    static double[] wide(Object array) {
        if (array instanceof double[] values) {
            return values;
        }
        float[] narrow = (float[]) array;
        double[] values = new double[narrow.length];
        for (int k = 0; k < narrow.length; k++) {
            values[k] = narrow[k];
        }
        return values;
    }

    static List<double[]> wide(List<Object> arrays) {
        return arrays.stream().map(Instance::wide).toList();
    }

    static String capital(String name) {
        return name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
    }
}

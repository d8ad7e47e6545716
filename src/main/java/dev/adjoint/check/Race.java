package dev.adjoint.check;

import dev.adjoint.check.Instance.Broken;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Classes that compute the same, run side by side in the other JVM: what a method of theirs computes and, if there are
 * rounds, how long it takes. Each class is warmed up until it gets no faster; then, round by round, each runs for a
 * moment, and another one begins every round, so that whatever slows the machine down slows all of them.
 *
 * @param call the data, the sizes, and the directory in which all the classes lie
 * @param classNames of the classes
 * @param method that is called: {@code forward}, {@code backward} or the method of one gradient
 * @param warmUp how long each class runs before it is looked at whether it got faster, in nanoseconds
 * @param rounds at most; none if only values are wanted
 * @param moment how long a class runs in a round, in nanoseconds
 * @param budget after so many nanoseconds no round begins but the first few
 */
record Race(Request call, List<String> classNames, String method, long warmUp, int rounds, long moment, long budget)
        implements Question<Race.Finish> {
    private static final int MOST_WARM_UPS = 12;
    private static final int LEAST_WARM_UPS = 3;
    private static final int LEAST_ROUNDS = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /** A class that gets less than so much faster is warm. */
    private static final double FASTER = 0.95;

    /**
     * What came of it.
     *
     * @param failure empty if all went well
     * @param target what the first class says that it computes with
     * @param values what the first class computed
     * @param nanos of each class the time of a call, round by round
     */
    record Finish(String failure, String target, List<double[]> values, List<double[]> nanos) implements Serializable {
        boolean isFinite() {
            return values.stream().allMatch(v -> java.util.Arrays.stream(v).allMatch(Double::isFinite));
        }
    }

    @Override
    public Finish failed(String failure) {
        return new Finish(failure, "", List.of(), List.of());
    }

    @Override
    public Finish answer() throws Broken {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {Path.of(call.classes()).toUri().toURL()}, Race.class.getClassLoader())) {
            return run(loader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Finish run(ClassLoader loader) throws Broken {
        int[] sizes = call.sizes().stream().mapToInt(Integer::intValue).toArray();
        Instance first = Instance.of(loader, classNames.get(0), sizes);
        Calls calls = new Calls(first, call);
        boolean forward = method.equals("forward");
        List<Request.Wanted> wanted = gradients();
        List<Object> arguments = forward ? calls.forwardArguments() : calls.backwardArguments(method, wanted);
        Object[] shared = arguments.toArray();
        first.call(method, shared);
        int results = call.given().size() + (forward ? 0 : call.outputs().size());
        List<Object> computed =
                arguments.subList(results, results + (forward ? call.outputs().size() : wanted.size()));
        List<double[]> values = List.copyOf(Instance.wide(computed));
        String target = String.valueOf(first.call("target", new Object[0]));
        List<double[]> nanos = new ArrayList<>();
        if (rounds > 0) {
            List<Runner> runners = new ArrayList<>();
            for (String name : classNames) {
                Instance instance = name.equals(classNames.get(0)) ? first : Instance.of(loader, name, sizes);
                runners.add(new Runner(instance.repeated(method, shared)));
            }
            nanos.addAll(measure(runners));
        }
        return new Finish("", target, values, List.copyOf(nanos));
    }

    private List<Request.Wanted> gradients() {
        return method.equals("backward")
                ? call.gradients()
                : call.gradients().stream()
                        .filter(g -> method.equals("grad" + Instance.capital(g.name())))
                        .toList();
    }

    private List<double[]> measure(List<Runner> runners) throws Broken {
        for (Runner runner : runners) {
            runner.warmUp(warmUp);
        }
        List<List<Double>> times = new ArrayList<>();
        runners.forEach(r -> times.add(new ArrayList<>()));
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            if (round >= LEAST_ROUNDS && System.nanoTime() - start > budget) {
                break;
            }
            for (int k = 0; k < runners.size(); k++) {
                int turn = (k + round) % runners.size();
                times.get(turn).add(runners.get(turn).run(moment));
            }
        }
        return times.stream()
                .map(t -> t.stream().mapToDouble(Double::doubleValue).toArray())
                .toList();
    }

    /** One class at work. */
    private static final class Runner {
        private final Instance.Repeated work;
        private double perCall;

        Runner(Instance.Repeated work) {
            this.work = work;
        }

        /** First it is interpreted, then compiled in haste, then compiled well: it runs until it gets no faster. */
        void warmUp(long span) throws Broken {
            double best = Double.POSITIVE_INFINITY;
            for (int k = 0; k < MOST_WARM_UPS; k++) {
                long start = worked();
                long now;
                int calls = 0;
                do {
                    work.run();
                    calls++;
                    now = worked();
                } while (now - start < span);
                perCall = Math.max(1, (now - start) / (double) calls);
                if (k + 1 >= LEAST_WARM_UPS && perCall > FASTER * best) {
                    return;
                }
                best = Math.min(best, perCall);
            }
        }

        /** The time of a call, over as many calls as fit. */
        double run(long span) throws Broken {
            int calls = (int) Math.max(1, Math.min(Integer.MAX_VALUE, span / perCall));
            long start = worked();
            for (int k = 0; k < calls; k++) {
                work.run();
            }
            return Math.max(1, worked() - start) / (double) calls;
        }

        /** How long this thread has been at work, without the time that others had its processor. */
        private static long worked() {
            return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
        }
    }
}

package dev.adjoint.check;

import dev.adjoint.check.Instance.Broken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One class put through its calls, in the other JVM. */
final class Examination {
    private final Request request;
    private final List<String> failures = new ArrayList<>();

    private Examination(Request request) {
        this.request = request;
    }

    static Outcome of(Request request) throws Broken {
        try (URLClassLoader emitted = loader(request.classes());
                URLClassLoader twin = loader(request.twin())) {
            return new Examination(request).run(emitted, twin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URLClassLoader loader(String directory) throws IOException {
        return new URLClassLoader(new URL[] {Path.of(directory).toUri().toURL()}, Examination.class.getClassLoader());
    }

    private Outcome run(ClassLoader emittedLoader, ClassLoader twinLoader) throws Broken {
        int[] sizes = request.sizes().stream().mapToInt(Integer::intValue).toArray();
        Instance twin = Instance.of(twinLoader, request.className(), sizes);
        if (twin.isFloat()) {
            throw new IllegalStateException("its twin is not in double");
        }
        Outcome.Values inDouble = examine(twin, twinLoader);
        Outcome.Values asEmitted = inDouble;
        if (!request.classes().equals(request.twin())) {
            asEmitted = examine(Instance.of(emittedLoader, request.className(), sizes), emittedLoader);
        }
        List<Outcome.Slopes> slopes = new ArrayList<>();
        if (inDouble.gradients().size() == request.gradients().size()) {
            Calls calls = new Calls(twin, request);
            for (int k = 0; k < request.gradients().size(); k++) {
                slopes.add(slopes(calls, k, inDouble));
            }
        }
        return new Outcome(List.copyOf(failures), asEmitted, inDouble, List.copyOf(slopes));
    }

    /** The values that the class computes, after its contract was tried. */
    private Outcome.Values examine(Instance instance, ClassLoader loader) throws Broken {
        new Contract(request, instance, failures).lengths();
        Outcome.Values values = new Calls(instance, request).values();
        new Contract(request, instance, failures).check(values, loader);
        return values;
    }

    /** Derivatives of {@code E = Σ delta·(output − output before)}, whose terms vanish where nothing changed. */
    private Outcome.Slopes slopes(Calls calls, int gradient, Outcome.Values values) throws Broken {
        Request.Wanted wanted = request.gradients().get(gradient);
        double[] expected = values.gradients().get(gradient);
        double scale = Arrays.stream(expected)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
        double magnitude = 0;
        for (int k = 0; k < request.outputs().size(); k++) {
            double[] delta = request.outputs().get(k).delta();
            for (int q = 0; q < delta.length; q++) {
                double term = delta[q] == 0 ? 0 : delta[q] * values.outputs().get(k)[q];
                magnitude += term * term;
            }
        }
        double[] varied = (double[]) calls.given().get(givenIndex(wanted.name()));
        double[] slopes = new double[wanted.entries().length];
        boolean[] kinks = new boolean[slopes.length];
        for (int k = 0; k < slopes.length; k++) {
            int entry = wanted.entries()[k];
            double before = varied[entry];
            try {
                Slope.Result slope = Slope.of(
                        h -> {
                            varied[entry] = before + h;
                            return error(calls, values.outputs());
                        },
                        expected[entry],
                        scale,
                        Math.sqrt(magnitude),
                        request.step());
                slopes[k] = slope.value();
                kinks[k] = slope.kink();
            } finally {
                varied[entry] = before;
            }
        }
        return new Outcome.Slopes(wanted.entries(), slopes, kinks);
    }

    private int givenIndex(String name) {
        for (int k = 0; k < request.given().size(); k++) {
            if (request.given().get(k).name().equals(name)) {
                return k;
            }
        }
        throw new IllegalStateException(name + " is not given");
    }

    private double error(Calls calls, List<double[]> before) {
        List<Object> outputs;
        try {
            outputs = calls.forward();
        } catch (Broken e) {
            throw new IllegalStateException(e);
        }
        double error = 0;
        for (int k = 0; k < outputs.size(); k++) {
            double[] delta = request.outputs().get(k).delta();
            double[] now = (double[]) outputs.get(k);
            double[] then = before.get(k);
            for (int q = 0; q < now.length; q++) {
                if (delta[q] != 0 && now[q] != then[q]) {
                    error += delta[q] * (now[q] - then[q]);
                }
            }
        }
        return error;
    }
}

package dev.adjoint.check;

import dev.adjoint.check.Instance.Broken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What every emitted class promises besides its values: lengths, refusals, results that depend on the arguments alone,
 * arguments that are left as they were. Lives in the other JVM.
 */
final class Contract {
    private final Request request;
    private final Instance instance;
    private final List<String> failures;

    Contract(Request request, Instance instance, List<String> failures) {
        this.request = request;
        this.instance = instance;
        this.failures = failures;
    }

    /** {@code lengthT()} is the number of entries of T. */
    void lengths() throws Broken {
        for (Request.Given tensor : request.given()) {
            length(tensor.name(), tensor.length());
        }
        for (Request.Result output : request.outputs()) {
            length(output.name(), output.delta().length);
        }
    }

    private void length(String name, int expected) throws Broken {
        int found = instance.length(name);
        if (found != expected) {
            failures.add("length" + Instance.capital(name) + "() is " + found + ", but " + name + " has " + expected
                    + " entries");
        }
    }

    /** @param values what the class computed when it was called first */
    void check(Outcome.Values values, ClassLoader loader) throws Broken {
        repeats(values);
        shares(values, loader);
        leavesArguments();
        soleGradients(values);
        refusesLengths();
        sharing();
        refusesIntegers();
        refusesSizes(loader);
    }

    /** The same arguments give the same bits, whatever the instance computed in between. */
    private void repeats(Outcome.Values first) throws Broken {
        List<Request.Given> others = new ArrayList<>();
        for (Request.Given tensor : request.given()) {
            double[] reversed = new double[tensor.values().length];
            for (int k = 0; k < reversed.length; k++) {
                reversed[k] = tensor.values()[reversed.length - 1 - k] * 1.5;
            }
            others.add(new Request.Given(tensor.name(), reversed, tensor.entries(), tensor.limit()));
        }
        new Calls(instance, request.with(others, request.outputs())).values();
        compare(first, new Calls(instance, request).values(), "a second call with the same arguments");
    }

    /** Threads that share the work give the same bits. */
    private void shares(Outcome.Values first, ClassLoader loader) throws Broken {
        int[] sizes = request.sizes().stream().mapToInt(Integer::intValue).toArray();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Optional<Instance> shared = Instance.shared(loader, request.className(), sizes, pool, 3);
            if (shared.isPresent()) {
                compare(first, new Calls(shared.get(), request).values(), "an instance of three threads");
            }
        } finally {
            pool.shutdown();
        }
    }

    private void compare(Outcome.Values first, Outcome.Values again, String what) {
        for (int k = 0; k < first.outputs().size(); k++) {
            if (!Arrays.equals(first.outputs().get(k), again.outputs().get(k))) {
                failures.add(request.outputs().get(k).name() + ": " + what + " gave another result");
            }
        }
        for (int k = 0; k < first.gradients().size(); k++) {
            if (!Arrays.equals(first.gradients().get(k), again.gradients().get(k))) {
                failures.add("grad"
                        + Instance.capital(request.gradients().get(k).name()) + ": " + what + " gave another result");
            }
        }
    }

    private void leavesArguments() throws Broken {
        Calls calls = new Calls(instance, request);
        List<Object> before = calls.given().stream().map(Contract::copy).toList();
        calls.values();
        for (int k = 0; k < before.size(); k++) {
            if (!Arrays.deepEquals(
                    new Object[] {before.get(k)}, new Object[] {calls.given().get(k)})) {
                failures.add(request.given().get(k).name() + ": the class wrote into an argument that it only reads");
            }
        }
    }

    private static Object copy(Object array) {
        if (array instanceof int[] ints) {
            return ints.clone();
        }
        return array instanceof float[] floats ? floats.clone() : ((double[]) array).clone();
    }

    /** {@code gradT} alone computes what {@code backward} does, up to the order of its sums. */
    private void soleGradients(Outcome.Values values) throws Broken {
        double tolerance = instance.isFloat() ? 1e-3 : 1e-9;
        Calls calls = new Calls(instance, request);
        for (int k = 0; k < request.gradients().size(); k++) {
            Request.Wanted wanted = request.gradients().get(k);
            double[] together = values.gradients().get(k);
            double[] alone = Instance.wide(calls.gradient(wanted));
            double scale = Arrays.stream(together)
                    .filter(Double::isFinite)
                    .map(Math::abs)
                    .max()
                    .orElse(0);
            for (int q = 0; q < alone.length; q++) {
                boolean same = Double.compare(alone[q], together[q]) == 0
                        || Math.abs(alone[q] - together[q]) <= tolerance * scale;
                if (!same) {
                    failures.add("grad" + Instance.capital(wanted.name()) + " computes " + alone[q]
                            + " where backward computes " + together[q] + ", at position " + q);
                    break;
                }
            }
        }
    }

    /** An array that is one too long or one too short is refused, wherever it stands. */
    private void refusesLengths() throws Broken {
        Calls calls = new Calls(instance, request);
        refusesLengths("forward", calls.forwardArguments());
        if (!request.gradients().isEmpty()) {
            refusesLengths("backward", calls.backwardArguments("backward", request.gradients()));
        }
        for (Request.Wanted wanted : request.gradients()) {
            String method = "grad" + Instance.capital(wanted.name());
            refusesLengths(method, calls.backwardArguments(method, List.of(wanted)));
        }
    }

    private void refusesLengths(String method, List<Object> arguments) {
        for (int k = 0; k < arguments.size(); k++) {
            for (int change : new int[] {1, -1}) {
                Object[] wrong = arguments.toArray();
                int length = java.lang.reflect.Array.getLength(wrong[k]);
                Object other =
                        java.lang.reflect.Array.newInstance(wrong[k].getClass().getComponentType(), length + change);
                System.arraycopy(wrong[k], 0, other, 0, Math.min(length, length + change));
                wrong[k] = other;
                refuses(
                        method,
                        wrong,
                        "argument " + (k + 1) + " of length " + (length + change) + " instead of " + length);
            }
        }
    }

    /** A result that is given the array of another argument is refused, or comes out as in an array of its own. */
    private void sharing() throws Broken {
        Calls calls = new Calls(instance, request);
        List<Object> forward = calls.forwardArguments();
        int given = request.given().size();
        sharing("forward", forward, given, forward.size());
        int first = request.outputs().size() + given;
        if (!request.gradients().isEmpty()) {
            List<Object> backward = calls.backwardArguments("backward", request.gradients());
            sharing("backward", backward, first, first + request.gradients().size());
        }
        for (Request.Wanted wanted : request.gradients()) {
            String method = "grad" + Instance.capital(wanted.name());
            sharing(method, calls.backwardArguments(method, List.of(wanted)), first, first + 1);
        }
    }

    private void sharing(String method, List<Object> arguments, int firstResult, int endOfResults) throws Broken {
        Object[] expected = copies(arguments);
        instance.call(method, expected);
        for (int result = firstResult; result < endOfResults; result++) {
            for (int other = 0; other < arguments.size(); other++) {
                boolean alike =
                        arguments.get(result).getClass() == arguments.get(other).getClass()
                                && java.lang.reflect.Array.getLength(arguments.get(result))
                                        == java.lang.reflect.Array.getLength(arguments.get(other));
                if (other != result && alike) {
                    Object[] shared = copies(arguments);
                    shared[result] = shared[other];
                    Object[] results = Arrays.copyOfRange(expected, firstResult, endOfResults);
                    sharing(method, shared, result, other, firstResult, results);
                }
            }
        }
    }

    /** @param expected all results, from arrays of their own */
    private void sharing(String method, Object[] arguments, int result, int other, int firstResult, Object[] expected) {
        String what = "the same array as argument " + (other + 1) + " and as result, argument " + (result + 1);
        try {
            instance.call(method, arguments);
            Object[] found = Arrays.copyOfRange(arguments, firstResult, firstResult + expected.length);
            if (!Arrays.deepEquals(expected, found)) {
                failures.add(method + " accepts " + what + ", and computes something else then");
            }
        } catch (Broken e) {
            refusal(method, what, e);
        }
    }

    private static Object[] copies(List<Object> arrays) {
        return arrays.stream().map(Contract::copy).toArray();
    }

    /** An integer outside its range is refused, not used as an index. */
    private void refusesIntegers() throws Broken {
        Calls calls = new Calls(instance, request);
        for (int k = 0; k < request.given().size(); k++) {
            Request.Given tensor = request.given().get(k);
            if (tensor.isInteger()) {
                for (long outside : new long[] {-1, tensor.limit()}) {
                    Object[] wrong = calls.forwardArguments().toArray();
                    int[] entries = tensor.entries().clone();
                    entries[entries.length - 1] = (int) outside;
                    wrong[k] = entries;
                    refuses("forward", wrong, tensor.name() + " with an entry " + outside);
                }
            }
        }
    }

    private void refusesSizes(ClassLoader loader) {
        for (int[] sizes : request.refused()) {
            try {
                Instance.of(loader, request.className(), sizes);
                failures.add("the constructor accepts " + Arrays.toString(sizes));
            } catch (Broken e) {
                refusal("the constructor", "the sizes " + Arrays.toString(sizes), e);
            }
        }
    }

    private void refuses(String method, Object[] arguments, String what) {
        try {
            instance.call(method, arguments);
            failures.add(method + " accepts " + what);
        } catch (Broken e) {
            refusal(method, what, e);
        }
    }

    private void refusal(String method, String what, Broken thrown) {
        if (!(thrown.getCause() instanceof IllegalArgumentException refused)) {
            failures.add(method + " answers " + what + " with " + thrown.getCause());
        } else if (refused.getMessage() == null || refused.getMessage().isBlank()) {
            failures.add(method + " refuses " + what + " without a word");
        }
    }
}

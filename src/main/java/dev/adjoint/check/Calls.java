package dev.adjoint.check;

import dev.adjoint.check.Instance.Broken;
import java.util.ArrayList;
import java.util.List;

/** The calls of an emitted class on the data of a request, every result array full of garbage before. */
final class Calls {
    private final Instance instance;
    private final Request request;
    private final List<Object> given = new ArrayList<>();
    private final List<Object> deltas = new ArrayList<>();

    Calls(Instance instance, Request request) {
        this.instance = instance;
        this.request = request;
        for (Request.Given tensor : request.given()) {
            given.add(tensor.isInteger() ? tensor.entries().clone() : instance.array(tensor.values()));
        }
        request.outputs().forEach(output -> deltas.add(instance.array(output.delta())));
    }

    /** The arrays that are passed in; a change of an entry here is seen by the next call. */
    List<Object> given() {
        return given;
    }

    /** The arguments of {@code forward}: what is given, the outputs, and what it saves. */
    List<Object> forwardArguments() throws Broken {
        List<Object> arguments = new ArrayList<>(given);
        request.outputs().forEach(output -> arguments.add(instance.garbage(output.delta().length)));
        for (String saved : instance.more("forward", arguments.size())) {
            arguments.add(instance.garbage(instance.length(saved)));
        }
        return arguments;
    }

    /** The arguments of a method of the backward pass: errors, what is given, gradients, and what was saved. */
    List<Object> backwardArguments(String method, List<Request.Wanted> gradients) throws Broken {
        List<Object> arguments = new ArrayList<>(deltas);
        arguments.addAll(given);
        gradients.forEach(gradient -> arguments.add(instance.garbage(gradient.length())));
        if (instance.more(method, arguments.size()).length > 0) {
            List<Object> forward = forwardArguments();
            instance.call("forward", forward.toArray());
            arguments.addAll(forward.subList(given.size() + deltas.size(), forward.size()));
        }
        return arguments;
    }

    List<Object> forward() throws Broken {
        List<Object> arguments = forwardArguments();
        instance.call("forward", arguments.toArray());
        return arguments.subList(given.size(), given.size() + deltas.size());
    }

    List<Object> backward() throws Broken {
        return backward("backward", request.gradients());
    }

    Object gradient(Request.Wanted gradient) throws Broken {
        return backward("grad" + Instance.capital(gradient.name()), List.of(gradient))
                .get(0);
    }

    private List<Object> backward(String method, List<Request.Wanted> gradients) throws Broken {
        List<Object> arguments = backwardArguments(method, gradients);
        instance.call(method, arguments.toArray());
        int first = deltas.size() + given.size();
        return arguments.subList(first, first + gradients.size());
    }

    Outcome.Values values() throws Broken {
        List<double[]> outputs = Instance.wide(forward());
        return new Outcome.Values(
                List.copyOf(outputs),
                request.gradients().isEmpty() ? List.of() : List.copyOf(Instance.wide(backward())));
    }
}

package dev.adjoint.build;

import dev.adjoint.check.ClassReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A layer of a run, with the classes that one spec generates of it.
 *
 * @param name the layer's name
 * @param spec the spec that it stands in, or that a class of it is generated in
 * @param gradients of inputs and params
 * @param time spent on it: derivation, emission and check
 */
public record LayerResult(String name, String spec, int gradients, List<ClassResult> classes, Duration time) {
    public LayerResult {
        classes = List.copyOf(classes);
    }

    /** The largest error that a check of its classes found, in double; empty if none was checked. */
    public OptionalDouble largestError() {
        return classes.stream()
                .map(ClassResult::check)
                .flatMap(Optional::stream)
                .mapToDouble(ClassReport::largestError)
                .max();
    }
}

package dev.adjoint.plan;

import java.util.List;

/**
 * A public method of a generated class.
 *
 * @param name as {@code forward}
 * @param parameters what it is given, then what it computes, in the order of its arguments
 * @param calls the routines that it runs, in order
 */
public record Entry(String name, List<Buffer> parameters, List<Routine> calls) {
    public Entry {
        parameters = List.copyOf(parameters);
        calls = List.copyOf(calls);
    }

    /** What it overwrites. */
    public List<Buffer> results() {
        return parameters.stream().filter(p -> p.role() == Buffer.Role.RESULT).toList();
    }
}

package dev.adjoint.plan;

import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Routine;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A public method of a generated class.
 *
 * @param name as {@code forward}
 * @param parameters what it is given, then what it computes, in the order of its arguments
 * @param calls the routines that it runs, in order
 * @param inPlace result → the arguments whose array it may have: each entry is read for the last time where it is
 *     overwritten
 */
public record Entry(String name, List<Buffer> parameters, List<Routine> calls, Map<String, Set<String>> inPlace) {
    public Entry {
        parameters = List.copyOf(parameters);
        calls = List.copyOf(calls);
        inPlace = Map.copyOf(inPlace);
    }

    /** Whether a result may be computed into the array of another argument. */
    public boolean mayShare(Buffer result, Buffer argument) {
        return inPlace.getOrDefault(result.name(), Set.of()).contains(argument.name());
    }

    /** What it overwrites. */
    public List<Buffer> results() {
        return parameters.stream().filter(p -> p.role() == Buffer.Role.RESULT).toList();
    }
}

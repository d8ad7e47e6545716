package dev.adjoint.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects diagnostics, so that all independent errors of a text are told in one run. */
public final class Diagnostics {
    private final Set<Diagnostic> found = new LinkedHashSet<>();

    public void add(Diagnostic diagnostic) {
        found.add(diagnostic);
    }

    public void addAll(Iterable<Diagnostic> diagnostics) {
        diagnostics.forEach(found::add);
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(Diagnostic::isError);
    }

    /** Everything so far, in the order of the text; what has no place comes last. */
    public List<Diagnostic> list() {
        List<Diagnostic> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(Diagnostic::place, Comparator.nullsLast(Comparator.naturalOrder())));
        return List.copyOf(sorted);
    }

    /**
     * Ends the work if an error was found.
     *
     * @throws AdjointException with everything found so far
     */
    public void throwIfErrors() {
        if (hasErrors()) {
            throw new AdjointException(list());
        }
    }
}

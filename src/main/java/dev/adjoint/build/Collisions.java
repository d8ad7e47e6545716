package dev.adjoint.build;

import dev.adjoint.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Outputs that would be one file, on some file system at least. */
final class Collisions {
    private Collisions() {}

    static List<Diagnostic> among(List<Output> outputs) {
        Map<String, Output> taken = new HashMap<>();
        List<Diagnostic> found = new ArrayList<>();
        for (Output output : outputs) {
            Output first = taken.putIfAbsent(output.file().path().toLowerCase(Locale.ROOT), output);
            if (first != null) {
                found.add(Trouble.sameOutput(output.file().path(), first, output));
            }
        }
        return found;
    }
}

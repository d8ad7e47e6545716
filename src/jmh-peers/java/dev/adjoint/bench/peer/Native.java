package dev.adjoint.bench.peer;

import java.util.List;
import java.util.Optional;

/** What all contenders with native code need. */
final class Native {
    /** From Java 24 on, native code that is not announced is warned of. */
    static final List<String> JVM_ARGUMENTS =
            Runtime.version().feature() < 24 ? List.of() : List.of("--enable-native-access=ALL-UNNAMED");

    private Native() {}

    /** Why a preset cannot be used; empty if its class, and so its library, is there and loads. */
    static Optional<String> absence(String className) {
        try {
            Class.forName(className);
            return Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            // The message would name paths of the machine.
            return Optional.of(
                    "its native library does not load: " + e.getClass().getSimpleName());
        }
    }
}

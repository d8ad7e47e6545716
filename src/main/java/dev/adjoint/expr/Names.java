package dev.adjoint.expr;

import java.util.Collection;

/** Names that are still free. */
public final class Names {
    private Names() {}

    /** The name itself if it is free, else with the smallest number that makes it so: {@code m}, {@code m1}, … */
    public static String fresh(String name, Collection<String> taken) {
        if (!taken.contains(name)) {
            return name;
        }
        String stem = name.replaceAll("[0-9]+$", "");
        for (int k = 1; ; k++) {
            if (!taken.contains(stem + k)) {
                return stem + k;
            }
        }
    }

    /** The first of some usual names that is free, else the last of them, numbered. */
    public static String first(Collection<String> candidates, Collection<String> taken) {
        String last = "p";
        for (String candidate : candidates) {
            if (!taken.contains(candidate)) {
                return candidate;
            }
            last = candidate;
        }
        return fresh(last, taken);
    }
}

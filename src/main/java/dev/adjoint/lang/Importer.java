package dev.adjoint.lang;

import java.util.ArrayList;
import java.util.List;

/** Finds the files that an {@code import} speaks of. */
public interface Importer {
    /** Knows no file. */
    Importer NONE = packageName -> List.of();

    /**
     * A file's text.
     *
     * @param file as messages name it, with forward slashes
     */
    record Source(String file, String text) {}

    /** Every file that states this package; empty if there is none. */
    List<Source> find(String packageName);

    /** What this finds and, after it, what another does. */
    default Importer and(Importer other) {
        return packageName -> {
            List<Source> all = new ArrayList<>(find(packageName));
            for (Source source : other.find(packageName)) {
                if (all.stream().noneMatch(s -> s.file().equals(source.file()))) {
                    all.add(source);
                }
            }
            return all;
        };
    }
}

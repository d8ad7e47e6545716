package dev.adjoint.build;

import java.util.List;

/**
 * What a run did to its output directory: relative paths, in order.
 *
 * @param written new or with new bytes
 * @param unchanged as they were, and not touched
 * @param deleted no longer generated, and never edited
 */
public record Changes(List<String> written, List<String> unchanged, List<String> deleted) {
    public static final Changes NONE = new Changes(List.of(), List.of(), List.of());

    public Changes {
        written = List.copyOf(written);
        unchanged = List.copyOf(unchanged);
        deleted = List.copyOf(deleted);
    }
}

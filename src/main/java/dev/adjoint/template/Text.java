package dev.adjoint.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A string that came in as a value. StringTemplate prints the text of templates and the strings that fill them alike;
 * this tells them apart, so that only the latter are escaped.
 */
record Text(String value) {
    /** The value with every string wrapped, an empty one as nothing: a template may ask whether there is one. */
    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof String s) {
            return s.isEmpty() ? null : new Text(s);
        }
        if (value instanceof List<?> list) {
            // An empty line among lines stays a line.
            List<@Nullable Object> all = new ArrayList<>();
            list.forEach(each -> all.add(each instanceof String s ? new Text(s) : of(each)));
            return all;
        }
        if (value instanceof Map<?, ?>) {
            throw new IllegalArgumentException("a map: its strings would not be escaped");
        }
        return value;
    }
}

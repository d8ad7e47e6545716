package dev.adjoint.diagnostic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON, for machines: maps in their own order, lists, text, numbers, booleans, null. What is written is
 * valid whatever the text holds, and the same for the same values.
 */
public final class Json {
    private Json() {}

    /** A value indented by two spaces, ending with a line feed. */
    public static String print(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(text, value, "\n");
        return text.append('\n').toString();
    }

    /** A diagnostic as a value to be printed. */
    public static Map<String, @Nullable Object> of(Diagnostic diagnostic) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("code", diagnostic.code());
        map.put("severity", diagnostic.severity().name().toLowerCase(java.util.Locale.ROOT));
        map.put("place", diagnostic.place() == null ? null : of(diagnostic.place()));
        map.put("message", diagnostic.message());
        map.put("notes", diagnostic.notes().stream().map(Json::of).toList());
        map.put("help", diagnostic.help());
        return map;
    }

    private static Map<String, @Nullable Object> of(Diagnostic.Note note) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("text", note.text());
        map.put("place", note.place() == null ? null : of(note.place()));
        return map;
    }

    /** A place as a value to be printed. */
    public static Map<String, Object> of(Place place) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", place.file());
        map.put("line", place.line());
        map.put("column", place.column());
        map.put("endLine", place.endLine());
        map.put("endColumn", place.endColumn());
        return map;
    }

    private static void write(StringBuilder text, @Nullable Object value, String newLine) {
        if (value instanceof Map<?, ?> map) {
            String separator = "";
            text.append('{');
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(separator).append(newLine).append("  ");
                quote(text, String.valueOf(entry.getKey()));
                text.append(": ");
                write(text, entry.getValue(), newLine + "  ");
                separator = ",";
            }
            text.append(map.isEmpty() ? "" : newLine).append('}');
        } else if (value instanceof List<?> list) {
            String separator = "";
            text.append('[');
            for (Object element : list) {
                text.append(separator).append(newLine).append("  ");
                write(text, element, newLine + "  ");
                separator = ",";
            }
            text.append(list.isEmpty() ? "" : newLine).append(']');
        } else if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            text.append(value);
        } else if (value instanceof Double d) {
            // JSON has no word for these.
            text.append(d.isNaN() || d.isInfinite() ? "null" : d.toString());
        } else {
            quote(text, value.toString());
        }
    }

    private static void quote(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (c == '\t') {
                text.append("\\t");
            } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || isLone(value, i)) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    private static boolean isLone(String value, int i) {
        char c = value.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 >= value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
    }
}

package dev.adjoint.emit;

import java.util.Map;

/** Text from a spec made harmless: inside a string literal, inside a comment. */
final class JavaStrings {
    private JavaStrings() {}

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c == 0x7f) {
                quoted.append(' ');
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    /** Letters and signs that have names in HTML; other characters beyond ASCII are numbered. */
    private static final Map<Integer, String> ENTITIES = Map.of(
            (int) '×', "times", (int) 'Σ', "Sigma", (int) '·', "middot", (int) '°', "deg", (int) '≤', "le", (int) '≥',
            "ge", (int) 'δ', "delta", (int) '∂', "part", (int) '→', "rarr", (int) '−', "minus");

    /**
     * For Javadoc: no tag, no end of comment, no Unicode escape comes of it; and ASCII alone, so that it compiles
     * whatever encoding a build assumes.
     */
    static String doc(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '@' -> safe.append("&#64;");
                case '\\' -> safe.append("&#92;");
                case '/' -> safe.append(safe.length() > 0 && safe.charAt(safe.length() - 1) == '*' ? "&#47;" : "/");
                default -> {
                    if (c > 0x7f) {
                        safe.append('&')
                                .append(ENTITIES.getOrDefault(c, "#" + c))
                                .append(';');
                    } else if (c >= ' ' && c != 0x7f) {
                        safe.appendCodePoint(c);
                    }
                }
            }
        });
        return safe.toString();
    }
}

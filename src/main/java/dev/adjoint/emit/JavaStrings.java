package dev.adjoint.emit;

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

    /** For Javadoc: no tag, no end of comment, no Unicode escape comes of it. */
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
                    if (c >= ' ' && c != 0x7f) {
                        safe.appendCodePoint(c);
                    }
                }
            }
        });
        return safe.toString();
    }
}

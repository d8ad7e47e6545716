package dev.adjoint.diagnostic;

/**
 * Text made fit for a terminal: tabs widened, control characters shown as pictures (so that no spec can steer the
 * terminal that prints it), and the number of columns that each character takes.
 */
final class Display {
    private static final int TAB = 4;

    private Display() {}

    /** One line, with every control character but the tab made visible. */
    static String visible(String line) {
        if (line.codePoints().noneMatch(Display::isUnfit)) {
            return line;
        }
        StringBuilder text = new StringBuilder(line.length());
        line.codePoints().forEach(c -> text.appendCodePoint(isUnfit(c) ? picture(c) : c));
        return text.toString();
    }

    /** Several lines, each made visible. */
    static String visibleLines(String text) {
        StringBuilder all = new StringBuilder();
        for (String line : text.lines().toList()) {
            all.append(all.isEmpty() ? "" : "\n").append(visible(line));
        }
        return all.toString();
    }

    /** What is printed for one character that begins at the given column, counted from 0. */
    static String at(int codePoint, int column) {
        if (codePoint == '\t') {
            return " ".repeat(TAB - column % TAB);
        }
        return Character.toString(isUnfit(codePoint) ? picture(codePoint) : codePoint);
    }

    /** The columns that one character takes. */
    static int width(int codePoint, int column) {
        if (codePoint == '\t') {
            return TAB - column % TAB;
        }
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    /** Characters of two columns: Hangul, kana, ideographs, full-width forms, pictographs. */
    private static boolean isWide(int c) {
        return c >= 0x1100
                && (c <= 0x115F
                        || c >= 0x2E80 && c <= 0xA4CF && c != 0x303F
                        || c >= 0xAC00 && c <= 0xD7A3
                        || c >= 0xF900 && c <= 0xFAFF
                        || c >= 0xFE30 && c <= 0xFE6F
                        || c >= 0xFF00 && c <= 0xFF60
                        || c >= 0xFFE0 && c <= 0xFFE6
                        || c >= 0x1F300 && c <= 0x1F64F
                        || c >= 0x1F900 && c <= 0x1F9FF
                        || c >= 0x20000 && c <= 0x3FFFD);
    }

    /** Controls, and the marks that turn the direction of what follows. */
    private static boolean isUnfit(int c) {
        return c != '\t' && Character.isISOControl(c)
                || c >= 0x202A && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069
                || c >= 0xD800 && c <= 0xDFFF;
    }

    private static int picture(int c) {
        return c < 0x20 ? 0x2400 + c : c == 0x7F ? 0x2421 : 0xFFFD;
    }
}

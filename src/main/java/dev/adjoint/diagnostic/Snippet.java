package dev.adjoint.diagnostic;

/**
 * One line of source as it is shown, and where its carets go, in columns. A line that is too wide is cut to the part
 * around the place.
 */
record Snippet(String line, int start, int length) {
    private static final int WIDEST = 120;
    private static final int BEFORE = 60;

    static Snippet of(String source, Place place) {
        int[] points = source.codePoints().toArray();
        int from = Math.min(Math.max(place.column() - 1, 0), points.length);
        int to = place.endLine() > place.line() ? points.length : Math.min(place.endColumn(), points.length);
        int first = 0;
        int last = points.length;
        if (points.length > WIDEST) {
            first = Math.max(0, Math.min(from - BEFORE, points.length - WIDEST));
            last = Math.min(points.length, first + WIDEST);
        }
        StringBuilder line = new StringBuilder(first > 0 ? "…" : "");
        int column = line.length();
        int start = -1;
        int end = -1;
        for (int i = first; i < last; i++) {
            start = i == from ? column : start;
            end = i == to ? column : end;
            line.append(Display.at(points[i], column));
            column += Display.width(points[i], column);
        }
        start = start < 0 ? column : start;
        end = end < 0 ? column : end;
        return new Snippet(last < points.length ? line + "…" : line.toString(), start, Math.max(1, end - start));
    }
}

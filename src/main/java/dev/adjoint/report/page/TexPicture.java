package dev.adjoint.report.page;

import dev.adjoint.report.figure.Drawing;
import dev.adjoint.report.math.Latex;
import dev.adjoint.template.Notation;
import dev.adjoint.template.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prints drawings in LaTeX's own picture mode, where y grows upward and a dashed line is many lines. */
final class TexPicture {
    private static final Notation LATEX = Notation.of("picture", Latex::escape);

    private TexPicture() {}

    /** A line from a point to the right, or downward if {@code across} is not set. */
    record Line(int x, int y, boolean across, int length) {}

    /** Lines of one style. */
    record Lines(String style, List<Line> lines) {}

    static String print(Drawing drawing) {
        List<Drawing.Box> boxes = drawing.boxes().stream()
                .map(b ->
                        new Drawing.Box(b.x(), drawing.height() - b.y() - b.height(), b.width(), b.height(), b.style()))
                .toList();
        List<Lines> lines = drawing.strokes().stream()
                .map(s -> new Lines(s.style(), lines(s, drawing.height())))
                .toList();
        List<Drawing.Text> texts = drawing.texts().stream()
                .map(t -> new Drawing.Text(t.x(), drawing.height() - t.y(), t.style(), t.pieces()))
                .toList();
        return Templates.render(LATEX, "picture", Map.of("d", drawing, "boxes", boxes, "lines", lines, "texts", texts));
    }

    private static List<Line> lines(Drawing.Strokes strokes, int height) {
        List<Line> lines = new ArrayList<>();
        for (Drawing.Segment s : strokes.segments()) {
            boolean across = s.y1() == s.y2();
            int length = across ? s.x2() - s.x1() : s.y2() - s.y1();
            switch (strokes.style()) {
                case "dashed" -> dash(s, height, length, 6, 4, lines);
                case "border" -> dash(s, height, length, 2, 2, lines);
                default -> lines.add(new Line(s.x1(), height - s.y1(), across, length));
            }
        }
        return lines;
    }

    private static void dash(Drawing.Segment s, int height, int length, int dash, int gap, List<Line> lines) {
        boolean across = s.y1() == s.y2();
        for (int at = 0; at < length; at += dash + gap) {
            int x = across ? s.x1() + at : s.x1();
            int y = across ? s.y1() : s.y1() + at;
            lines.add(new Line(x, height - y, across, Math.min(dash, length - at)));
        }
    }
}

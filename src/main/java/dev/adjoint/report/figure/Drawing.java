package dev.adjoint.report.figure;

import java.util.List;

/**
 * A drawing on squared paper, y growing downward, in pixels: boxes, on them lines, on these text.
 *
 * @param id a name that no other drawing of the page has
 */
public record Drawing(
        String id,
        String title,
        String description,
        int width,
        int height,
        List<Box> boxes,
        List<Strokes> strokes,
        List<Text> texts) {
    /** A filled box; its style is {@code h0} to {@code h8}, a colour. */
    public record Box(int x, int y, int width, int height, String style) {}

    /** Horizontal and vertical lines of one style: {@code grid}, {@code border}, {@code heavy}, {@code dashed}. */
    public record Strokes(String style, List<Segment> segments) {
        public Strokes {
            segments = List.copyOf(segments);
        }
    }

    /** One line, from left to right or from top to bottom. */
    public record Segment(int x1, int y1, int x2, int y2) {}

    /** Text, centred at x, on the base line y; its style is {@code label}, {@code small}, {@code heading}. */
    public record Text(int x, int y, String style, List<Label.Piece> pieces) {
        public Text {
            pieces = List.copyOf(pieces);
        }
    }

    public Drawing {
        boxes = List.copyOf(boxes);
        strokes = List.copyOf(strokes);
        texts = List.copyOf(texts);
    }
}

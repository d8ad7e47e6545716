package dev.adjoint.report.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What stands in a cell: pieces of text, each on the line or below it. */
public record Label(List<Piece> pieces) {
    /** A piece of text. */
    public record Piece(String text, boolean below) {}

    public static final Label NONE = new Label(List.of());

    public Label {
        pieces = List.copyOf(pieces);
    }

    public static Label of(String text) {
        return new Label(List.of(new Piece(text, false)));
    }

    /** {@code w₁₂}; of a long name the index alone. */
    static Label entry(String name, Point point, boolean flat) {
        String comma = Math.max(point.row(), point.column()) > 9 ? "," : "";
        String index = flat ? String.valueOf(point.column()) : point.row() + comma + point.column();
        return name.codePointCount(0, name.length()) > 1
                ? of(flat ? index : point.row() + "," + point.column())
                : new Label(List.of(new Piece(name, false), new Piece(index, true)));
    }

    /** This, and then that. */
    Label and(Label other) {
        List<Piece> all = new ArrayList<>(pieces);
        all.addAll(other.pieces);
        return new Label(all);
    }

    /** This, and that in the line below. */
    Label above(Label other) {
        return and(of("\n")).and(other);
    }

    List<List<Piece>> lines() {
        List<List<Piece>> lines = new ArrayList<>();
        List<Piece> line = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.text().equals("\n")) {
                lines.add(line);
                line = new ArrayList<>();
            } else {
                line.add(piece);
            }
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        return lines;
    }

    /** About how many pixels wide it is. */
    int width() {
        int widest = 0;
        for (List<Piece> line : lines()) {
            int width = 0;
            for (Piece piece : line) {
                width += piece.text().codePointCount(0, piece.text().length()) * (piece.below() ? 6 : 8);
            }
            widest = Math.max(widest, width);
        }
        return widest;
    }

    int height() {
        return lines().size() * 14;
    }

    /** The text as it would be read aloud. */
    public String text() {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }
}

package dev.adjoint.report.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Draws panels: each plane with its heading above it, one beside the other. */
public final class Draughtsman {
    private static final int MARGIN = 3;
    private static final int HEADING = 20;
    private static final int JOINT = 20;
    private static final int GAP = 24;

    private final List<Drawing.Box> boxes = new ArrayList<>();
    private final Map<String, List<Drawing.Segment>> strokes = new LinkedHashMap<>();
    private final List<Drawing.Text> texts = new ArrayList<>();

    private Draughtsman() {
        List.of("grid", "border", "heavy", "dashed").forEach(style -> strokes.put(style, new ArrayList<>()));
    }

    /** One panel. */
    public static Drawing draw(String id, Panel panel) {
        Draughtsman hand = new Draughtsman();
        int height = height(panel);
        int width = hand.panel(panel, 0, 0, height);
        return hand.done(id, panel.title(), panel.description(), width, height);
    }

    /** All panels of a figure, in lines of at most this width if they fit. */
    public static Drawing draw(String id, Figure figure, int widest) {
        Draughtsman hand = new Draughtsman();
        int x = 0;
        int y = 0;
        int line = 0;
        int width = 0;
        StringBuilder description = new StringBuilder();
        for (Panel panel : figure.panels()) {
            int wide = width(panel);
            if (x > 0 && x + wide > widest) {
                x = 0;
                y += line + GAP;
                line = 0;
            }
            int high = height(panel);
            hand.panel(panel, x, y, high);
            width = Math.max(width, x + wide);
            x += wide + GAP;
            line = Math.max(line, high);
            description.append(description.length() == 0 ? "" : " ").append(panel.description());
        }
        return hand.done(id, figure.title(), description.toString(), width, y + line);
    }

    private Drawing done(String id, String title, String description, int width, int height) {
        List<Drawing.Strokes> lines = new ArrayList<>();
        strokes.forEach((style, segments) -> {
            if (!segments.isEmpty()) {
                lines.add(new Drawing.Strokes(style, segments));
            }
        });
        return new Drawing(id, title, description, width, height, boxes, lines, texts);
    }

    private static int width(Panel panel) {
        int width = panel.joints().stream().mapToInt(Draughtsman::jointWidth).sum();
        return width + panel.grids().stream().mapToInt(Draughtsman::width).sum();
    }

    private static int width(Grid grid) {
        return Math.max(grid.box()[3] * grid.cell(), textWidth(grid.heading())) + 2 * MARGIN;
    }

    private static int jointWidth(String joint) {
        return Math.max(JOINT, textWidth(joint) + 8);
    }

    /** No less than it takes in bold letters of 12 pixels. */
    private static int textWidth(String text) {
        return text.codePoints().map(c -> Character.isLetterOrDigit(c) ? 9 : 6).sum();
    }

    private static int height(Panel panel) {
        return HEADING
                + 2 * MARGIN
                + panel.grids().stream()
                        .mapToInt(g -> g.box()[2] * g.cell())
                        .max()
                        .orElse(0);
    }

    private int panel(Panel panel, int left, int top, int height) {
        int x = left;
        int middle = top + HEADING + (height - HEADING) / 2;
        for (int k = 0; k < panel.grids().size(); k++) {
            if (k > 0) {
                String joint = panel.joints().get(k - 1);
                int wide = jointWidth(joint);
                texts.add(new Drawing.Text(
                        x + wide / 2, middle + 4, "heading", Label.of(joint).pieces()));
                x += wide;
            }
            Grid grid = panel.grids().get(k);
            int wide = width(grid);
            int high = grid.box()[2] * grid.cell();
            int y = middle - high / 2;
            texts.add(new Drawing.Text(
                    x + wide / 2, y - 7, "heading", Label.of(grid.heading()).pieces()));
            grid(grid, x + (wide - grid.box()[3] * grid.cell()) / 2, y);
            x += wide;
        }
        return x - left;
    }

    private void grid(Grid grid, int left, int top) {
        int[] box = grid.box();
        int side = grid.cell();
        int x0 = left - box[1] * side;
        int y0 = top - box[0] * side;
        for (Grid.Cell cell : grid.cells()) {
            int x = x0 + cell.point().column() * side;
            int y = y0 + cell.point().row() * side;
            if (cell.hue() >= 0) {
                boxes.add(new Drawing.Box(x, y, side, side, "h" + cell.hue()));
            }
            label(cell.label(), x, y, side);
        }
        lines(grid, x0, y0);
        border(grid, x0, y0);
        for (Grid.Outline outline : grid.outlines()) {
            outline(outline.cells(), outline.dashed() ? "dashed" : "heavy", x0, y0, side);
        }
    }

    private void label(Label label, int x, int y, int side) {
        List<List<Label.Piece>> lines = label.lines();
        String style = side >= 24 ? "label" : "small";
        boolean fits = side >= 16 || label.text().length() < 2 && side >= 12;
        for (int k = 0; k < lines.size() && fits; k++) {
            int base = y + side / 2 + (side >= 24 ? 4 : 3) + (2 * k - lines.size() + 1) * 7;
            texts.add(new Drawing.Text(x + side / 2, base, style, lines.get(k)));
        }
    }

    private void lines(Grid grid, int x0, int y0) {
        int side = grid.cell();
        int right = x0 + grid.columns() * side;
        int bottom = y0 + grid.rows() * side;
        for (int row = 0; row <= grid.rows(); row++) {
            add("grid", new Drawing.Segment(x0, y0 + row * side, right, y0 + row * side));
        }
        for (int column = 0; column <= grid.columns(); column++) {
            add("grid", new Drawing.Segment(x0 + column * side, y0, x0 + column * side, bottom));
        }
    }

    private void add(String style, Drawing.Segment segment) {
        java.util.Objects.requireNonNull(strokes.get(style)).add(segment);
    }

    /** The sides of cells outside of the plane that are not sides of the plane. */
    private void border(Grid grid, int x0, int y0) {
        Set<Edge> edges = new TreeSet<>();
        for (Grid.Cell cell : grid.cells()) {
            if (cell.border()) {
                edges.addAll(Edge.of(cell.point()));
            }
        }
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                edges.removeAll(Edge.of(new Point(row, column)));
            }
        }
        Edge.joined(edges).forEach(e -> add("border", e.segment(x0, y0, grid.cell())));
    }

    private void outline(Set<Point> cells, String style, int x0, int y0, int side) {
        Set<Edge> edges = new TreeSet<>();
        for (Point cell : cells) {
            for (Edge edge : Edge.of(cell)) {
                if (!edges.remove(edge)) {
                    edges.add(edge);
                }
            }
        }
        Edge.joined(edges).forEach(e -> add(style, e.segment(x0, y0, side)));
    }

    /** A side of cells: from a corner to the right, or down. */
    private record Edge(boolean across, int row, int column, int length) implements Comparable<Edge> {
        static List<Edge> of(Point cell) {
            return List.of(
                    new Edge(true, cell.row(), cell.column(), 1),
                    new Edge(true, cell.row() + 1, cell.column(), 1),
                    new Edge(false, cell.row(), cell.column(), 1),
                    new Edge(false, cell.row(), cell.column() + 1, 1));
        }

        /** Edges that go on in one another as one. */
        static List<Edge> joined(Set<Edge> edges) {
            List<Edge> joined = new ArrayList<>();
            for (Edge edge : edges) {
                Edge last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
                boolean goesOn = last != null
                        && last.across == edge.across
                        && (edge.across
                                ? last.row == edge.row && last.column + last.length == edge.column
                                : last.column == edge.column && last.row + last.length == edge.row);
                if (goesOn && last != null) {
                    joined.set(joined.size() - 1, new Edge(last.across, last.row, last.column, last.length + 1));
                } else {
                    joined.add(edge);
                }
            }
            return joined;
        }

        Drawing.Segment segment(int x0, int y0, int side) {
            int x = x0 + column * side;
            int y = y0 + row * side;
            return new Drawing.Segment(x, y, across ? x + length * side : x, across ? y : y + length * side);
        }

        @Override
        public int compareTo(Edge other) {
            if (across != other.across) {
                return across ? -1 : 1;
            }
            int line = across ? Integer.compare(row, other.row) : Integer.compare(column, other.column);
            return line != 0 ? line : across ? Integer.compare(column, other.column) : Integer.compare(row, other.row);
        }
    }
}

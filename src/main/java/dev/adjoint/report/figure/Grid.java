package dev.adjoint.report.figure;

import java.util.List;
import java.util.Set;

/**
 * A plane, drawn cell by cell.
 *
 * @param heading the tensor, and which of its planes
 * @param cell the side of a cell, in pixels
 * @param rows of the plane itself; cells of its border lie outside
 * @param cells those that differ from an empty one, each at its own place
 * @param outlines around sets of cells
 */
public record Grid(String heading, int cell, int rows, int columns, List<Cell> cells, List<Outline> outlines) {
    /**
     * A cell that is not empty.
     *
     * @param hue which colour; −1 for none. Equal hues of one figure mean the same thing, and so do equal labels
     * @param border whether it lies outside of the plane and is read as its pad
     */
    public record Cell(Point point, int hue, Label label, boolean border) {}

    /** A line around cells; dashed for a region that something reaches, heavy for what a figure is about. */
    public record Outline(Set<Point> cells, boolean dashed, String meaning) {
        public Outline {
            cells = Set.copyOf(cells);
        }
    }

    public Grid {
        cells = List.copyOf(cells);
        outlines = List.copyOf(outlines);
    }

    /** The smallest box that holds the plane and its border: first row, first column, rows, columns. */
    int[] box() {
        int top = 0;
        int left = 0;
        int bottom = rows;
        int right = columns;
        for (Cell each : cells) {
            top = Math.min(top, each.point().row());
            left = Math.min(left, each.point().column());
            bottom = Math.max(bottom, each.point().row() + 1);
            right = Math.max(right, each.point().column() + 1);
        }
        return new int[] {top, left, bottom - top, right - left};
    }
}

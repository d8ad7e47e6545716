package dev.adjoint.report.figure;

import dev.adjoint.lang.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A grid as a reader sees it: which tensor, which entries are marked, and what stands in them. */
record Drawn(Grid grid, String tensor, List<Integer> axes, int rank) {
    /** Read off the heading: {@code o[0, 0, ·, ·]}, {@code ∂E/∂o}, {@code rot180(w)}. */
    static Drawn of(Grid grid, Layer layer) {
        String heading = grid.heading().replace("∂E/∂", "").replaceAll("^rot180\\((.*)\\)$", "$1");
        int bracket = heading.indexOf('[');
        String tensor = bracket < 0 ? heading : heading.substring(0, bracket);
        List<Integer> axes = new ArrayList<>();
        if (bracket < 0) {
            String output = layer.outputs().get(0).name();
            String declared = tensor.equals("δ") ? output : tensor.replaceFirst("^δ\\.", "");
            boolean line = layer.tensor(declared).orElseThrow().rank() == 1;
            return new Drawn(grid, tensor, line ? List.of(0) : List.of(0, 1), line ? 1 : 2);
        }
        String[] parts = heading.substring(bracket + 1, heading.length() - 1).split(", ");
        for (int k = 0; k < parts.length; k++) {
            if (parts[k].equals("·")) {
                axes.add(k);
            }
        }
        return new Drawn(grid, tensor, axes, parts.length);
    }

    List<Long> index(Point point) {
        Long[] index = new Long[rank];
        Arrays.fill(index, 0L);
        index[axes.get(axes.size() - 1)] = (long) point.column();
        if (axes.size() == 2) {
            index[axes.get(0)] = (long) point.row();
        }
        return List.of(index);
    }

    List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                points.add(new Point(row, column));
            }
        }
        return points;
    }

    boolean holds(Point p) {
        return p.row() >= 0 && p.row() < grid.rows() && p.column() >= 0 && p.column() < grid.columns();
    }

    /** The cells in the outline of this meaning that lie in the plane. */
    Set<Point> outlined(String meaning) {
        Set<Point> cells = new LinkedHashSet<>();
        for (Grid.Outline outline : grid.outlines()) {
            if (outline.meaning().equals(meaning)) {
                outline.cells().stream().filter(this::holds).forEach(cells::add);
            }
        }
        return cells;
    }

    /** What stands in coloured cells of the plane. */
    Map<Point, String> coloured() {
        Map<Point, String> labels = new LinkedHashMap<>();
        for (Grid.Cell cell : grid.cells()) {
            if (cell.hue() >= 0 && holds(cell.point())) {
                labels.put(cell.point(), cell.label().text());
            }
        }
        return labels;
    }

    /** {@code w12}, or {@code w2} on a line: how an entry at a place is named in a cell; a long name stands above it. */
    static String label(String name, Point point, boolean line) {
        if (name.length() > 1) {
            return line ? String.valueOf(point.column()) : point.row() + "," + point.column();
        }
        return name + (line ? "" : point.row()) + point.column();
    }
}

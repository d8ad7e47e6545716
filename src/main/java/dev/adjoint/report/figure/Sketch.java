package dev.adjoint.report.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A plane while it is drawn; what is drawn later at a place stands for what was drawn before. */
final class Sketch {
    static final int LARGE = 28;
    static final int SMALL = 16;

    private final String heading;
    private final Plane plane;
    private final int cell;
    private final Map<Point, Grid.Cell> cells =
            new TreeMap<>(Comparator.comparing(Point::row).thenComparing(Point::column));
    private final List<Grid.Outline> outlines = new ArrayList<>();

    Sketch(Plane plane, int cell) {
        this.heading = plane.heading();
        this.plane = plane;
        this.cell = cell;
    }

    Sketch(String heading, Plane plane, int cell) {
        this.heading = heading;
        this.plane = plane;
        this.cell = cell;
    }

    Sketch cell(Point point, int hue, Label label) {
        cells.put(point, new Grid.Cell(point, hue, label, !plane.holds(point)));
        return this;
    }

    /** Every cell of the plane with the name of its entry. */
    Sketch named(String name, boolean hued) {
        for (Point point : plane.points()) {
            cell(point, hued ? plane.hue(point) : -1, plane.label(name, point));
        }
        return this;
    }

    /** The border that the window reaches, {@code pad} in it. */
    Sketch bordered(Set<Point> reached, String pad) {
        for (Point point : reached) {
            if (!plane.holds(point)) {
                cells.putIfAbsent(point, new Grid.Cell(point, -1, Label.of(pad), true));
            }
        }
        return this;
    }

    Sketch outline(Set<Point> around, String meaning) {
        if (!around.isEmpty()) {
            outlines.add(new Grid.Outline(around, false, meaning));
        }
        return this;
    }

    Sketch dashed(Set<Point> around, String meaning) {
        if (!around.isEmpty()) {
            outlines.add(new Grid.Outline(around, true, meaning));
        }
        return this;
    }

    /** With cells as large as what stands in them. */
    Grid fitting() {
        int side = cell;
        for (Grid.Cell each : cells.values()) {
            side = Math.max(side, Math.max(each.label().width(), each.label().height()) + 4);
        }
        return done(side);
    }

    Grid done() {
        return done(cell);
    }

    private Grid done(int side) {
        return new Grid(heading, side, plane.rows(), plane.columns(), List.copyOf(cells.values()), outlines);
    }
}

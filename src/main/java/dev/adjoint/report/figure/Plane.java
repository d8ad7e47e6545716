package dev.adjoint.report.figure;

import dev.adjoint.expr.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The plane of a tensor that is drawn: along its spatial axes, at 0 of all others. A line is a plane of one row.
 *
 * @param axes the drawn axes, rows before columns
 * @param shape the extents of all axes
 */
record Plane(Ref ref, List<Integer> axes, List<Long> shape) {
    /** How many colours a figure has. */
    static final int HUES = 9;

    Plane {
        axes = List.copyOf(axes);
        shape = List.copyOf(shape);
    }

    boolean isLine() {
        return axes.size() == 1;
    }

    int rows() {
        return isLine() ? 1 : Math.toIntExact(shape.get(axes.get(0)));
    }

    int columns() {
        return Math.toIntExact(shape.get(axes.get(axes.size() - 1)));
    }

    boolean holds(Point point) {
        return point.row() >= 0 && point.row() < rows() && point.column() >= 0 && point.column() < columns();
    }

    List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (int row = 0; row < rows(); row++) {
            for (int column = 0; column < columns(); column++) {
                points.add(new Point(row, column));
            }
        }
        return points;
    }

    Point centre() {
        return new Point(rows() / 2, columns() / 2);
    }

    Point last() {
        return new Point(rows() - 1, columns() - 1);
    }

    /** Where an entry is drawn; nowhere if it lies in another plane of the tensor. */
    Optional<Point> point(List<Long> index) {
        for (int k = 0; k < index.size(); k++) {
            if (!axes.contains(k) && index.get(k) != 0) {
                return Optional.empty();
            }
        }
        int column = Math.toIntExact(index.get(axes.get(axes.size() - 1)));
        return Optional.of(new Point(isLine() ? 0 : Math.toIntExact(index.get(axes.get(0))), column));
    }

    List<Long> index(Point point) {
        List<Long> index = new ArrayList<>();
        for (int k = 0; k < shape.size(); k++) {
            int axis = axes.indexOf(k);
            index.add(axis < 0 ? 0L : axis == axes.size() - 1 ? point.column() : (long) point.row());
        }
        return index;
    }

    int hue(Point point) {
        return (point.row() * columns() + point.column()) % HUES;
    }

    Label label(String name, Point point) {
        return Label.entry(name, point, isLine());
    }

    /** The entry in the language, its other axes at 0. */
    String entry(Point point) {
        return ref + index(point).stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    /** The name, and which plane where there are several. */
    String heading() {
        String name = ref.kind() == Ref.Kind.GRAD
                ? "∂E/∂" + ref.name()
                : ref.toString().replace("delta", "δ");
        if (shape.size() == axes.size()) {
            return name;
        }
        List<String> index = new ArrayList<>();
        for (int k = 0; k < shape.size(); k++) {
            index.add(axes.contains(k) ? "·" : "0");
        }
        return name + "[" + String.join(", ", index) + "]";
    }
}

package dev.adjoint.lift;

import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An array of the program: which axes of its tensor each pair of brackets holds, in which order.
 *
 * @param name as the program calls it
 * @param extents of the tensor's axes, in the tensor's order
 * @param layout the axes by brackets, outer to inner within one pair: {@code [[0], [1]]} for a nested matrix,
 *     {@code [[0, 1]]} for a flat one in row-major order, {@code [[1, 0]]} in column-major order
 * @param kind of its entries
 * @param site what the layout is chosen for
 */
record ArrayInfo(String name, List<IntExpr> extents, List<List<Integer>> layout, Kind kind, String site) {
    /** What its entries are. */
    enum Kind {
        REAL,
        INT
    }

    ArrayInfo {
        extents = List.copyOf(extents);
        layout = layout.stream().map(List::copyOf).toList();
    }

    /** An array that is no tensor of the layer: what is written to it is not followed, what is read is not known. */
    static ArrayInfo opaque(String name, int brackets, Kind kind) {
        return new ArrayInfo(name, List.of(), java.util.Collections.nCopies(brackets, List.of()), kind, "?");
    }

    boolean isOpaque() {
        return site.equals("?");
    }

    int rank() {
        return extents.size();
    }

    /** The length of the arrays at a depth of nesting. */
    IntExpr length(int depth) {
        IntExpr length = IntExpr.ONE;
        for (int axis : layout.get(depth)) {
            length = length.times(extents.get(axis));
        }
        return length;
    }

    /** How the entry at an index of the tensor is written in Java. */
    String access(List<String> index) {
        StringBuilder text = new StringBuilder(name);
        for (List<Integer> axes : layout) {
            String offset = axes.isEmpty() ? "0" : index.get(axes.get(0));
            for (int axis : axes.subList(Math.min(1, axes.size()), axes.size())) {
                boolean sum = offset.contains(" ");
                offset = (sum ? "(" + offset + ")" : offset) + "*"
                        + extents.get(axis).asFactor() + " + " + index.get(axis);
            }
            text.append('[').append(offset).append(']');
        }
        return text.toString();
    }

    /** All ways to lay axes into pairs of brackets, those in the tensor's order and row-major first. */
    static List<List<List<Integer>>> layouts(int rank, int brackets) {
        List<List<Integer>> orders = new ArrayList<>();
        permute(rank, new ArrayList<>(), orders);
        List<List<List<Integer>>> all = new ArrayList<>();
        for (List<Integer> order : orders) {
            if (brackets <= rank) {
                split(order, brackets, new ArrayList<>(), all);
            } else {
                spread(order, brackets, new ArrayList<>(), all);
            }
        }
        return all;
    }

    private static void permute(int rank, List<Integer> order, List<List<Integer>> orders) {
        if (order.size() == rank) {
            orders.add(List.copyOf(order));
        }
        for (int axis = 0; axis < rank; axis++) {
            if (!order.contains(axis)) {
                order.add(axis);
                permute(rank, order, orders);
                order.remove(order.size() - 1);
            }
        }
    }

    private static void split(
            List<Integer> order, int brackets, List<List<Integer>> done, List<List<List<Integer>>> all) {
        if (brackets == 0) {
            if (order.isEmpty()) {
                all.add(List.copyOf(done));
            }
            return;
        }
        for (int n = 1; n <= order.size() - brackets + 1; n++) {
            done.add(order.subList(0, n));
            split(order.subList(n, order.size()), brackets - 1, done, all);
            done.remove(done.size() - 1);
        }
    }

    /** With brackets to spare: some of them hold one entry. */
    private static void spread(
            List<Integer> order, int brackets, List<List<Integer>> done, List<List<List<Integer>>> all) {
        if (brackets == 0) {
            all.add(List.copyOf(done));
            return;
        }
        if (!order.isEmpty()) {
            done.add(order.subList(0, 1));
            spread(order.subList(1, order.size()), brackets - 1, done, all);
            done.remove(done.size() - 1);
        }
        if (brackets > order.size()) {
            done.add(List.of());
            spread(order, brackets - 1, done, all);
            done.remove(done.size() - 1);
        }
    }

    @Override
    public String toString() {
        return name + extents.stream().map(IntExpr::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}

package dev.adjoint.plan;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * About how many cycles a {@link LaneChoice} takes, on a core that multiplies and adds two vectors and loads two a cycle
 * and keeps four results waiting in each pipe. Its constants were measured; they rank choices, they predict no times.
 */
final class LaneCost {
    /** The least a tap takes: the next one waits for its sums. */
    private static final double LATENCY = 4;

    /** How much longer it takes to load a vector that lies across cache lines. */
    private static final double UNALIGNED = 1.5;

    /** To call a kernel, to start its loop and to leave it. */
    private static final double CALL = 20;

    /** To copy an entry on its own, or as a part of a row; to start a row. */
    private static final double COPY_ENTRY = 1.2;

    private static final double COPY_IN_ROW = 0.15;
    private static final double ROW = 6;

    private final Map<String, Long> sizes;
    private final long lanes;
    private final Map<Layout, Double> copies = new IdentityHashMap<>();

    /**
     * @param sizes values of all sizes, those left open among them
     * @param lanes of the vectors
     */
    LaneCost(Map<String, Long> sizes, long lanes) {
        this.sizes = sizes;
        this.lanes = lanes;
    }

    private double value(IntExpr e) {
        return e.evaluate(this::leaf);
    }

    private long leaf(Atom atom) {
        Long value = atom instanceof Atom.Var variable ? sizes.get(variable.name()) : null;
        return value == null ? 0 : value;
    }

    double of(LaneChoice choice) {
        double blocks = value(choice.rows().blocks());
        for (Range range : choice.outer()) {
            blocks *= value(range.extent());
        }
        double full = Math.floor(vectors(choice) / choice.vectors());
        int rest = rest(choice);
        double taps = value(choice.taps().count());
        double along = full * kernel(choice, choice.vectors(), taps) + (rest > 0 ? kernel(choice, rest, taps) : 0);
        double cycles = blocks * along;
        cycles += copy(choice.moving()) + copy(choice.still());
        return choice.direct() ? cycles : cycles + finish(choice);
    }

    private double vectors(LaneChoice choice) {
        return Math.ceil(value(choice.runLength()) / lanes);
    }

    /** How many vectors are left when as many blocks as fit have gone along the run. */
    int rest(LaneChoice choice) {
        return (int) (vectors(choice) % choice.vectors());
    }

    private double kernel(LaneChoice choice, int vectors, double taps) {
        int rows = choice.rows().count();
        double multiply = rows * vectors / 2.0;
        double load = (rows + UNALIGNED * vectors + 1) / 2;
        return CALL + rows * vectors + taps * Math.max(LATENCY, Math.max(multiply, load));
    }

    private double copy(Layout layout) {
        return layout.isCopy() ? copies.computeIfAbsent(layout, this::copied) : 0;
    }

    private double copied(Layout layout) {
        Packing packing = new Packing(layout.source(), layout.place().buffer(), layout.origins(), layout.axes());
        double entries = value(layout.length());
        Packing.Axis last = layout.axes().get(layout.axes().size() - 1);
        return packing.copiesRows()
                ? entries * COPY_IN_ROW + entries / value(last.extent()) * ROW
                : entries * COPY_ENTRY;
    }

    private double finish(LaneChoice choice) {
        List<Range> free = choice.contraction().free();
        double results = 1;
        for (Range range : free) {
            results *= value(range.extent());
        }
        Range last = free.get(free.size() - 1);
        return choice.run().contains(last)
                ? results * COPY_IN_ROW + results / value(last.extent()) * ROW
                : results * COPY_ENTRY;
    }
}

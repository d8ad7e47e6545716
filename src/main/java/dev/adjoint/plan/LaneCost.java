package dev.adjoint.plan;

import dev.adjoint.bilinear.Precision;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Lane;
import dev.adjoint.loop.Place;
import dev.adjoint.transform.LaneLoops;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * About how many cycles a {@link LaneWay} takes on a {@link Core}. It ranks choices, it predicts no times.
 */
final class LaneCost {
    /** How much longer it takes to load a vector that lies across cache lines, as nearly all do. */
    private static final double UNALIGNED = 2;

    /** To call a kernel, to start its loop and to leave it. */
    private static final double CALL = 20;

    /** To add up the lanes of a vector. */
    private static final double SUM_OF_LANES = 30;

    /** To copy an entry on its own, or as a part of a row; to start a row. */
    private static final double COPY_ENTRY = 2;

    /** The same where neighbours of the copy are every second to fourth entry of a row. */
    private static final double COPY_PICKED = 0.4;

    private static final double COPY_IN_ROW = 0.15;
    private static final double ROW = 6;

    /** A row that is copied by whole vectors, and each of these. */
    private static final double SHORT_ROW = 2;

    private static final double VECTOR = 1;

    /** To bring a line from the second cache, or from behind it. */
    private static final double LINE = 2;

    private static final double FAR_LINE = 6;

    /** The same of a line that is written while no line beside it is. */
    private static final double SCATTERED = 4;

    private static final double FAR_SCATTERED = 16;

    /** How much of what can be done at the same time is not. */
    private static final double APART = 0.3;

    /** The same of numbers that are brought again for each place of a run: all products of a row wait for one. */
    private static final double NUMBERS_APART = 0.6;

    private final Map<String, Long> sizes;
    private final long lanes;
    private final long bytes;
    private final Map<Layout, Double> copies = new IdentityHashMap<>();
    private final Map<Layout, Map<List<Long>, Double>> lines = new IdentityHashMap<>();

    /**
     * @param sizes values of all sizes, those left open among them
     * @param lanes of the vectors, each of 64 bytes
     */
    LaneCost(Map<String, Long> sizes, long lanes) {
        this.sizes = sizes;
        this.lanes = lanes;
        this.bytes = Core.LINE / lanes;
    }

    double value(IntExpr e) {
        return e.evaluate(this::leaf);
    }

    long lanes() {
        return lanes;
    }

    /** What sums are rounded to. */
    Precision precision() {
        return bytes == Float.BYTES ? Precision.FLOAT : Precision.DOUBLE;
    }

    private long leaf(Atom atom) {
        if (atom instanceof Atom.Var variable && variable.name().equals(Lane.NAME)) {
            return lanes;
        }
        Long value = atom instanceof Atom.Var variable ? sizes.get(variable.name()) : null;
        return value == null ? 0 : value;
    }

    double of(LaneChoice choice) {
        double blocks = value(choice.rows().blocks());
        for (Range range : choice.outer()) {
            blocks *= value(range.extent());
        }
        double cycles = blocks * along(choice);
        if (choice.slowest().isPresent()) {
            cycles *= value(choice.slowest().get().extent());
            cycles += strips(choice, choice.moving()) + strips(choice, choice.still());
        }
        cycles += copy(choice.moving()) + copy(choice.still());
        return choice.direct() ? cycles : cycles + finish(choice);
    }

    /** To bring near, for each part of the results, what each value of the slowest summed index reads. */
    private double strips(LaneChoice choice, Layout layout) {
        double strips = value(choice.slowest().orElseThrow().extent());
        for (Range range : choice.parts()) {
            strips *= value(range.extent());
        }
        return fetch(value(layout.length()) * bytes, strips * strip(choice, layout));
    }

    /** How many cache lines of an operand all kernels of a part read at one value of the slowest summed index. */
    private double strip(LaneChoice choice, Layout layout) {
        List<Range> ranges = new ArrayList<>(choice.taps().ranges());
        ranges.addAll(choice.contraction().free());
        ranges.removeAll(choice.parts());
        return lines(layout, new Taps(ranges), lanes);
    }

    /** The bytes of an operand that kernels read again and again. */
    private double again(LaneChoice choice, Layout layout) {
        return choice.slowest().isPresent()
                ? strip(choice, layout) * Core.LINE
                : value(layout.length()) * bytes;
    }

    /** All kernels of one row block: vectors one by one where a wide block is longer than the run. */
    private double along(LaneChoice choice) {
        double vectors = vectors(choice);
        if (choice.isBounded() && value(choice.runLength()) < lanes * choice.vectors()) {
            return vectors * kernel(choice, 1);
        }
        int rest = rest(choice);
        return Math.floor(vectors / choice.vectors()) * kernel(choice, choice.vectors())
                + (rest > 0 ? kernel(choice, rest) : 0);
    }

    private double vectors(LaneChoice choice) {
        return Math.ceil(value(choice.runLength()) / lanes);
    }

    /** How many vectors are left when as many blocks as fit have gone along the run. */
    int rest(LaneChoice choice) {
        return (int) (vectors(choice) % choice.vectors());
    }

    private double kernel(LaneChoice choice, int vectors) {
        int rows = choice.rows().count();
        double taps = value(choice.taps().count());
        double compute = taps * Core.tap(rows * vectors, rows + UNALIGNED * vectors + 1);
        double moving = lines(choice.moving(), choice.taps(), vectors * lanes);
        double still = lines(choice.still(), choice.taps(), 1) * Math.ceil(rows * bytes / (double) Core.LINE);
        boolean near = (moving + still) * Core.LINE < Core.FIRST;
        double vectorsFetched = fetch(again(choice, choice.moving()), moving);
        double numbersFetched = fetch(again(choice, choice.still()), still);
        double passing = choice.alongFirst() ? numbersFetched : vectorsFetched;
        double staying = choice.alongFirst() ? vectorsFetched : numbersFetched;
        double again = near ? (choice.alongFirst() ? 1 / value(choice.rows().blocks()) : 0) : 1;
        double memory = passing + again * staying;
        double apart = choice.alongFirst() ? NUMBERS_APART : APART;
        double stores = rows * vectors * (choice.alongFirst() ? 1 + scattered(choice.result()) : 1);
        if (choice.slowest().isPresent()) {
            stores += rows * vectors * (1 + LINE);
        }
        return CALL + stores + Math.max(compute, memory) + apart * Math.min(compute, memory);
    }

    /** What a store takes that none beside it follows: nothing foresees which lines come next. */
    private double scattered(Place result) {
        double whole = value(result.buffer().length()) * bytes;
        return whole < Core.FIRST ? 0 : whole < Core.SECOND ? SCATTERED : FAR_SCATTERED;
    }

    double of(RollingChoice choice) {
        double blocks = value(choice.rows().blocks());
        for (Range range : choice.outer()) {
            blocks *= value(range.extent());
        }
        double taps = value(choice.taps().count());
        double loads = choice.loads(choice.moving().place()).size();
        double length = value(choice.run().extent());
        double sums = choice.block() * (double) choice.vectors();
        double round = Math.max(sums * taps, UNALIGNED * choice.vectors() * loads + taps) / 2 + sums;
        double compute = Math.ceil(length / (lanes * choice.vectors())) * round;
        double lines = lines(choice.moving(), choice.taps(), (long) length) * loads / taps;
        double memory = fetch(choice.moving(), lines);
        double block = CALL + taps + Math.max(compute, memory) + APART * Math.min(compute, memory);
        return blocks * block + copy(choice.moving()) + copy(choice.still());
    }

    double of(SumChoice choice) {
        double blocks = value(choice.rows().blocks()) * value(choice.columns().blocks());
        for (Range range : choice.outer()) {
            blocks *= value(range.extent());
        }
        int rows = choice.rows().count();
        int columns = choice.columns().count();
        double taps = value(choice.taps().count());
        double compute = taps * Core.tap(rows * columns, UNALIGNED * (rows + columns) + 1);
        double lines = taps * (rows + columns / 2.0);
        boolean near = lines * Core.LINE < Core.FIRST;
        double memory = near ? 0 : fetch(choice.still(), taps * rows) + fetch(choice.moving(), taps * columns / 2);
        double kernel =
                CALL + rows * columns * SUM_OF_LANES + Math.max(compute, memory) + APART * Math.min(compute, memory);
        return blocks * kernel
                + copy(choice.moving())
                + copy(choice.still())
                + (choice.direct() ? 0 : results(choice.contraction()) * COPY_ENTRY);
    }

    private double results(Contraction contraction) {
        double results = 1;
        for (Range range : contraction.free()) {
            results *= value(range.extent());
        }
        return results;
    }

    private double fetch(Layout layout, double lines) {
        return fetch(value(layout.length()) * bytes, lines);
    }

    private static double fetch(double whole, double lines) {
        return whole < Core.FIRST ? 0 : lines * (whole < Core.SECOND ? LINE : FAR_LINE);
    }

    /** How many cache lines all taps touch that read so many neighbouring entries each. */
    private double lines(Layout layout, Taps taps, long width) {
        return lines.computeIfAbsent(layout, l -> new HashMap<>())
                .computeIfAbsent(List.of((long) taps.hashCode(), width), k -> touched(layout.place(), taps, width));
    }

    /**
     * What a tap reads is a segment. An index that moves it no further than to the next line makes it longer, the one of
     * the least stride first; any other makes as many of it as it has values.
     */
    private double touched(Place place, Taps taps, long width) {
        double segments = 1;
        List<long[]> moves = new ArrayList<>();
        for (Range range : taps.ranges()) {
            long extent = (long) value(range.extent());
            Optional<IntExpr> stride = place.stride(range.name());
            if (stride.isPresent()) {
                moves.add(new long[] {Math.abs((long) value(stride.get())), extent});
            } else {
                segments *= extent;
            }
        }
        moves.sort(Comparator.comparingLong(move -> move[0]));
        long length = width * bytes;
        for (long[] move : moves) {
            long step = move[0] * bytes;
            if (step <= length + Core.LINE) {
                length += step * (move[1] - 1);
            } else {
                segments *= move[1];
            }
        }
        return segments * (1 + (length - bytes) / (double) Core.LINE);
    }

    /** Whether rows are short and all of them alike: no shift of them meets a border. */
    private boolean hasShortRows(Layout layout) {
        List<Packing.Axis> axes = layout.axes();
        Packing.Axis last = axes.get(axes.size() - 1);
        double first = value(layout.origins().get(last.source()));
        double end = first;
        int moving = 0;
        for (Packing.Axis axis : axes) {
            if (axis.source() == last.source()) {
                moving++;
                end += (value(axis.extent()) - 1) * axis.step();
            }
        }
        boolean alike =
                moving == 1 || first >= 0 && end < value(layout.source().shape().get(last.source()));
        return alike && axes.size() > 2 && value(last.extent()) <= ShortRows.LONGEST;
    }

    double copy(Layout layout) {
        return layout.isCopy() ? copies.computeIfAbsent(layout, this::copied) : 0;
    }

    private double copied(Layout layout) {
        Packing packing = new Packing(layout.source(), layout.place().buffer(), layout.origins(), layout.axes());
        double entries = value(layout.length());
        Packing.Axis last = layout.axes().get(layout.axes().size() - 1);
        if (!packing.copiesRows()) {
            boolean picked = last.source() == layout.origins().size() - 1 && last.step() <= LaneLoops.MOST_STRIDE;
            return entries * (picked && value(last.extent()) >= lanes ? COPY_PICKED : COPY_ENTRY);
        }
        double rows = entries / value(last.extent());
        return hasShortRows(layout)
                ? rows * (SHORT_ROW + VECTOR * Math.ceil(value(last.extent()) / lanes))
                : rows(entries, rows);
    }

    /** To copy entries in so many rows. */
    double rows(double entries, double rows) {
        return entries * COPY_IN_ROW + rows * ROW;
    }

    private double finish(LaneChoice choice) {
        List<Range> free = choice.contraction().free();
        double results = results(choice.contraction());
        Range last = free.get(free.size() - 1);
        return choice.run().contains(last) ? rows(results, results / value(last.extent())) : results * COPY_ENTRY;
    }
}

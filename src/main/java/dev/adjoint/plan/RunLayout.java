package dev.adjoint.plan;

import dev.adjoint.plan.PlaneCorrelation.Tap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How long runs are laid out in their arena: first the rows of the moving operand, a plane for each shift of columns,
 * then the sums, a plane each. All of it is known when the class is emitted.
 *
 * @param shifts the offsets of columns; a plane of the arena for each
 * @param runs the taps that are added in one run: of one row, at most eight
 * @param sums how many values of the lane share a run
 * @param firstRow the least offset of rows
 * @param overhang how many rows more than it has of its own a strip reads
 * @param strip rows at a time
 * @param stride from one row to the next
 */
record RunLayout(
        List<Long> shifts, List<List<Tap>> runs, int sums, long firstRow, long overhang, long strip, long stride) {
    /** Strides are multiples of it: one vector of floats on the widest machines. */
    private static final long LANES = 16;

    /** The most entries of an arena, so that it stays in the nearer caches. */
    private static final long CACHED = 14_000;

    /** The largest loop body that HotSpot still unrolls and vectorises: sums of taps, loads, and results. */
    private static final long BODY = 48;

    private static final int MOST_TAPS = 8;
    private static final int MOST_SUMS = 6;
    private static final long SHORTEST_RUN = 64;

    static RunLayout of(PlaneCorrelation shape) {
        List<Tap> taps = shape.taps();
        List<Long> shifts =
                List.copyOf(new TreeSet<>(taps.stream().map(Tap::column).toList()));
        List<List<Tap>> runs = runs(taps);
        int sums = sums(runs, shape.lane().map(r -> r.extent().constant()).orElse(1L));
        long firstRow = taps.stream().mapToLong(Tap::row).min().orElseThrow();
        long overhang = taps.stream().mapToLong(Tap::row).max().orElseThrow() - firstRow;
        long stride = roundUp(shape.width());
        long strip = strip(shape.height(), shifts.size(), sums, overhang, stride);
        return new RunLayout(shifts, runs, sums, firstRow, overhang, strip, stride);
    }

    /** Rows that fill at least half of their stride, runs that are long, and a plane that serves more than one tap. */
    static boolean pays(PlaneCorrelation shape) {
        long stride = roundUp(shape.width());
        return 2 * shape.width() >= stride
                && shape.height() * stride >= SHORTEST_RUN
                && shape.taps().size() > 1;
    }

    private static long roundUp(long n) {
        return Math.floorDiv(n + LANES - 1, LANES) * LANES;
    }

    private static List<List<Tap>> runs(List<Tap> taps) {
        Map<Long, List<Tap>> byRow = new TreeMap<>();
        taps.forEach(t -> byRow.computeIfAbsent(t.row(), k -> new ArrayList<>()).add(t));
        List<List<Tap>> runs = new ArrayList<>();
        byRow.values().forEach(row -> {
            int pieces = (row.size() + MOST_TAPS - 1) / MOST_TAPS;
            int size = (row.size() + pieces - 1) / pieces;
            for (int from = 0; from < row.size(); from += size) {
                runs.add(List.copyOf(row.subList(from, Math.min(row.size(), from + size))));
            }
        });
        return runs;
    }

    /** As many as the loop's body holds, and so that the last block is not too narrow. */
    private static int sums(List<List<Tap>> runs, long lanes) {
        long taps = runs.stream().mapToInt(List::size).max().orElseThrow();
        int best = 1;
        double least = Double.MAX_VALUE;
        for (int n = 1; n <= Math.min(MOST_SUMS, lanes); n++) {
            boolean fits = n * taps + 2 * taps + 4L * n + 8 <= BODY;
            double cost = lanes / n * cost(n, taps) + (lanes % n == 0 ? 0 : cost(lanes % n, taps));
            if (fits && cost < least) {
                least = cost;
                best = n;
            }
        }
        return best;
    }

    /** Multiplications, loads and stores of one block. */
    private static double cost(long sums, long taps) {
        return sums * taps + taps + 2.0 * sums;
    }

    /** As many rows as leave the arena in the cache. */
    private static long strip(long height, int shifts, int sums, long overhang, long stride) {
        long parts = 1;
        long rows = height;
        while (rows > 8 && (shifts * (rows + overhang) + sums * rows) * stride > CACHED) {
            parts++;
            rows = (height + parts - 1) / parts;
        }
        return rows;
    }

    /** The entries of one plane of rows. */
    long planeLength() {
        return (strip + overhang) * stride;
    }

    /** The entries of one plane of sums: how far a run goes. */
    long runLength() {
        return strip * stride;
    }

    /** Where the k-th sum stands. */
    long sumAt(long k) {
        return shifts.size() * planeLength() + k * runLength();
    }

    /** Where a tap finds the entry that belongs to the sums' first. */
    long entryAt(Tap tap) {
        return shifts.indexOf(tap.column()) * planeLength() + (tap.row() - firstRow) * stride;
    }

    int mostTaps() {
        return runs.stream().mapToInt(List::size).max().orElseThrow();
    }
}

package dev.adjoint.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A {@link RunLayout} and how much of it is computed at a time.
 *
 * @param lane the index of which several values share what is loaded; -1 if there is none
 * @param rows how many rows of the run's first index make one strip
 * @param sums how many values of the lane one loop computes
 * @param together how many taps one loop adds, at most
 * @param cycles about how long it takes
 */
record RunChoice(RunLayout layout, int lane, long rows, int sums, int together, double cycles) {
    /** The largest loop body that HotSpot still unrolls and vectorises: sums of taps, loads, and results. */
    private static final int BODY = 48;

    private static final int MOST_SUMS = 6;

    /** The most loops that are written out. */
    private static final long MOST_LOOPS = 9;

    /** The most entries of an arena. */
    private static final double ARENA = 1 << 17;

    static RunChoice of(RunLayout layout, long rows) {
        RunShape shape = layout.shape();
        int lane = IntStream.range(0, shape.free())
                .filter(shape::isLane)
                .reduce((a, b) -> shape.extents()[b] >= shape.extents()[a] ? b : a)
                .orElse(-1);
        RunChoice best = new RunChoice(layout, lane, rows, 1, 1, Double.MAX_VALUE);
        int taps = layout.taps().size();
        long lanes = lane < 0 ? 1 : shape.extents()[lane];
        for (int sums = 1; sums <= Math.min(MOST_SUMS, lanes); sums++) {
            int most = 0;
            while (sums * (most + 1) + 2 * (most + 1) + 4 * sums + 8 <= BODY) {
                most++;
            }
            int loops = (taps + most - 1) / most;
            int together = (taps + loops - 1) / loops;
            RunChoice choice = new RunChoice(layout, lane, rows, sums, together, 0);
            double cycles = loops <= MOST_LOOPS ? choice.estimate() : Double.MAX_VALUE;
            if (cycles < best.cycles) {
                best = new RunChoice(layout, lane, rows, sums, together, cycles);
            }
        }
        return best;
    }

    long planeLength() {
        return RunLayout.roundUp((rows + layout.overhang()) * layout.inner());
    }

    long runLength() {
        return RunLayout.roundUp(rows * layout.inner());
    }

    /** Where the k-th sum stands. */
    long sumAt(long k) {
        return layout.planes().length * planeLength() + k * runLength();
    }

    /** Where a tap finds the entry that belongs to the sums' first. */
    long entryAt(RunLayout.Tap tap) {
        return tap.plane() * planeLength() + tap.row() * layout.inner();
    }

    long strips() {
        return (layout.height() + rows - 1) / rows;
    }

    /** Whether one block adds up all products of a sum. */
    boolean isWhole() {
        return groups() == 1;
    }

    private double groups() {
        RunShape shape = layout.shape();
        double groups = 1;
        for (int k = shape.free(); k < shape.size(); k++) {
            groups *= (double) shape.extents()[k] / layout.widths()[k];
        }
        return groups;
    }

    /** The free indices that are neither of the run nor lanes: loops around all. */
    int[] outer() {
        RunShape shape = layout.shape();
        return IntStream.range(0, shape.free())
                .filter(k -> !shape.isLane(k) && Arrays.stream(layout.run()).noneMatch(r -> r == k))
                .toArray();
    }

    /** The lanes but for the one of which a loop computes several. */
    int[] outerLanes() {
        RunShape shape = layout.shape();
        return IntStream.range(0, shape.free())
                .filter(k -> shape.isLane(k) && k != lane)
                .toArray();
    }

    private double product(int[] indices) {
        double product = 1;
        for (int k : indices) {
            product *= layout.shape().extents()[k];
        }
        return product;
    }

    private double estimate() {
        double lanes = lane < 0 ? 1 : layout.shape().extents()[lane];
        double arena = sumAt(sums);
        if (arena > ARENA) {
            return Double.MAX_VALUE;
        }
        double length = runLength();
        double rest = lanes % sums;
        double blocks =
                Math.floor(lanes / sums) * block(sums, length, arena) + (rest > 0 ? block(rest, length, arena) : 0);
        double allLanes = lanes * product(outerLanes());
        double perLane = isWhole() ? RunCost.copy(length, 0) / 2 : 2 * RunCost.copy(length, allLanes * length);
        double planes = layout.planes().length * RunCost.copy(planeLength(), layout.length());
        double group = planes + blocks * product(outerLanes()) + perLane * allLanes;
        double around = product(outer()) * strips();
        return around * groups() * group + around * allLanes * unpack() + pack();
    }

    private double block(double width, double length, double arena) {
        int taps = layout.taps().size();
        int loops = (taps + together - 1) / together;
        double planes = layout.planes().length;
        return loops * RunCost.loop(width, (double) taps / loops, planes / loops, length, arena);
    }

    private double pack() {
        Packing.Axis last = layout.axes().get(layout.axes().size() - 1);
        boolean inRows = last.step() == 1 && last.source() == layout.origins().length - 1;
        return RunCost.pack(layout.length(), last.extent().constant(), inRows);
    }

    /** To move the results of one strip into the target. */
    private double unpack() {
        int[] run = layout.run();
        double results = rows * product(run) / layout.height();
        int last = run[run.length - 1];
        boolean inRows = layout.shape().targets()[last] == 1;
        return RunCost.pack(results, copied(), inRows);
    }

    /** How many results of a run stand side by side in the target too. */
    private long copied() {
        int[] run = layout.run();
        long[] apart = layout.runStrides();
        long length = 1;
        for (int k = run.length - 1;
                k >= 0 && layout.shape().targets()[run[k]] == apart[k] && length == apart[k];
                k--) {
            length *= k == 0 ? rows : layout.shape().extents()[run[k]];
        }
        return length;
    }

    List<String> names(int[] indices) {
        return Arrays.stream(indices)
                .mapToObj(k -> layout.shape().index(k).name())
                .toList();
    }

    @Override
    public String toString() {
        RunShape shape = layout.shape();
        String block = lane < 0 ? "" : sums + " " + shape.index(lane).name() + " times ";
        String strip = rows == layout.height()
                ? ""
                : ", " + rows + " " + shape.index(layout.run()[0]).name() + " at a time";
        String taps = IntStream.range(shape.free(), shape.size())
                .filter(k -> layout.widths()[k] > 1)
                .mapToObj(k -> layout.widths()[k] + " " + shape.index(k).name())
                .collect(Collectors.joining(" by "));
        return "runs over " + String.join(", ", names(layout.run())) + " of "
                + shape.moving().ref().name() + strip + ", " + block + together + (together == 1 ? " tap" : " taps")
                + (taps.isEmpty() ? "" : " of " + taps);
    }
}

package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How the moving operand of a {@link RunShape} is copied, so that results run over neighbours: the last axes of the copy
 * are the indices of the run. Along the first of these a tap may be a shift, as rows of a plane are for a kernel: it
 * stands {@code row·inner} entries further on. For every other shift along an index of the run there is a copy of its
 * own. A tap's place is {@code plane + row·inner} from where the run starts.
 *
 * <p>Where the first index moves in steps of s, its axis is split by residues: {@code s·i + c} stands in the copy of
 * residue {@code c mod s} at row {@code i + c div s}.
 *
 * @param run the indices of a run, the last one neighbours
 * @param widths how many values of each index are taps of the same block
 * @param axes of the copy
 * @param strides how far each index moves in the copy, if it is no tap
 * @param base where the run of the least values starts
 * @param inner the distance of rows
 * @param taps what makes up one block
 * @param planes the distances of copies of the run that a block reads, rising
 */
record RunLayout(
        RunShape shape,
        int[] run,
        long[] widths,
        List<Packing.Axis> axes,
        long[] origins,
        long[] strides,
        long base,
        long inner,
        List<Tap> taps,
        long[] planes) {
    /** Distances within the arena are multiples of it: one vector of floats on the widest machines. */
    static final long LANES = 16;

    /** The most taps of one block. */
    static final long MOST_TAPS = 72;

    /**
     * One product of a block.
     *
     * @param plane which of the planes it reads
     * @param row how many rows further on
     * @param still how far from the first tap's its entry of the still operand stands
     */
    record Tap(int plane, long row, long still) {}

    static long roundUp(long n) {
        return Math.floorDiv(n + LANES - 1, LANES) * LANES;
    }

    static Optional<RunLayout> of(RunShape shape, int[] run, long[] widths) {
        return new Making(shape, run, widths).layout();
    }

    /** How many rows further on the last tap reads than the first one. */
    long overhang() {
        return taps.stream().mapToLong(Tap::row).max().orElseThrow();
    }

    /** Rows of the first index of the run. */
    long height() {
        return shape.extents()[run[0]];
    }

    /** How many entries the copy has. */
    long length() {
        long length = 1;
        for (Packing.Axis axis : axes) {
            length *= axis.extent().constant();
        }
        return length + LANES;
    }

    /** How far results are apart within a run, for each of its indices. */
    long[] runStrides() {
        long[] apart = new long[run.length];
        long stride = 1;
        for (int k = run.length - 1; k >= 0; k--) {
            apart[k] = stride;
            stride *= axes.get(axes.size() - run.length + k).extent().constant();
        }
        return apart;
    }

    /** Puts the numbers together. */
    private static final class Making {
        private final RunShape shape;
        private final int[] run;
        private final long[] widths;
        private final List<Packing.Axis> leading = new ArrayList<>();
        private final long[] origins;
        private final long[] strides;
        private final List<int[]> movers = new ArrayList<>();
        private final List<Long> starts = new ArrayList<>();

        Making(RunShape shape, int[] run, long[] widths) {
            this.shape = shape;
            this.run = run;
            this.widths = widths;
            this.origins = new long[shape.moving().index().size()];
            this.strides = new long[shape.size()];
        }

        Optional<RunLayout> layout() {
            int first = run[0];
            long step = shape.steps()[first];
            int[] shifts = shape.others(shape.axes()[first], first);
            boolean merged = run.length > 1
                    && Arrays.stream(shifts)
                            .allMatch(k ->
                                    !isRun(k) && (shape.steps()[k] % step == 0 || widths[k] == shape.extents()[k]));
            for (int axis = 0; axis < origins.length; axis++) {
                int[] runs = runsAlong(axis);
                if (runs.length > 1) {
                    return Optional.empty();
                }
                origins[axis] = least(axis);
                int but = runs.length == 0 ? -1 : runs[0];
                if (!merged || but != first) {
                    rest(axis, shape.others(axis, but));
                }
            }
            long start = 0;
            long reach = 0;
            for (int k : merged ? shifts : new int[0]) {
                long far = shape.steps()[k] * (shape.extents()[k] - 1);
                start += Math.max(0, -far);
                reach += Math.abs(far);
            }
            boolean split = merged && Arrays.stream(shifts).anyMatch(k -> shape.steps()[k] % step != 0);
            if (split) {
                leading.add(axis(shape.axes()[first], 1, Math.min(step, reach + 1)));
                movers.add(new int[0]);
                starts.add(0L);
            }
            boolean shifted = merged && Arrays.stream(shifts).anyMatch(k -> widths[k] > 1);
            List<Packing.Axis> axes = new ArrayList<>(leading);
            axes.add(axis(shape.axes()[first], step, shape.extents()[first] + reach / step));
            long[] extents = inner(shifted);
            for (int k = 1; k < run.length; k++) {
                axes.add(axis(shape.axes()[run[k]], shape.steps()[run[k]], extents[k]));
            }
            long inner = 1;
            for (int k = 1; k < run.length; k++) {
                inner *= extents[k];
            }
            long base = base(axes);
            for (int k : merged ? shifts : new int[0]) {
                strides[k] = shape.steps()[k] % step == 0 ? shape.steps()[k] / step * inner : 0;
            }
            long residue = split ? strideOf(axes, leading.size() - 1) : 0;
            return taps(axes, merged ? shifts : new int[0], start, step, residue, base, inner);
        }

        private Optional<RunLayout> taps(
                List<Packing.Axis> axes, int[] shifts, long start, long step, long residue, long base, long inner) {
            List<long[]> all = new ArrayList<>();
            long[] at = new long[widths.length];
            do {
                long plane = 0;
                long shift = start;
                long still = 0;
                for (int k = shape.free(); k < at.length; k++) {
                    boolean isShift = contains(shifts, k);
                    plane += isShift ? 0 : strides[k] * at[k];
                    shift += isShift ? shape.steps()[k] * at[k] : 0;
                    still += shape.strides()[k] * at[k];
                }
                plane += Math.floorMod(shift, step) * residue;
                all.add(new long[] {plane, Math.floorDiv(shift, step), still});
            } while (next(at));
            long firstRow = all.stream().mapToLong(t -> t[1]).min().orElseThrow();
            long[] planes =
                    all.stream().mapToLong(t -> t[0]).distinct().sorted().toArray();
            List<Tap> taps = all.stream()
                    .map(t -> new Tap(Arrays.binarySearch(planes, t[0]), t[1] - firstRow, t[2]))
                    .toList();
            return Optional.of(new RunLayout(
                    shape, run, widths, axes, origins, strides, base + firstRow * inner, inner, taps, planes));
        }

        /** The next combination of values of taps. */
        private boolean next(long[] at) {
            for (int k = at.length - 1; k >= shape.free(); k--) {
                if (++at[k] < widths[k]) {
                    return true;
                }
                at[k] = 0;
            }
            return false;
        }

        private boolean isRun(int k) {
            return contains(run, k);
        }

        private static boolean contains(int[] indices, int k) {
            return Arrays.stream(indices).anyMatch(i -> i == k);
        }

        private int[] runsAlong(int axis) {
            return Arrays.stream(run).filter(k -> shape.axes()[k] == axis).toArray();
        }

        /** The least place along an axis of the moving operand. */
        private long least(int axis) {
            IntExpr place = shape.moving().index().get(axis);
            for (int k = 0; k < shape.size(); k++) {
                if (shape.axes()[k] == axis) {
                    long far = shape.steps()[k] < 0 ? shape.extents()[k] - 1 : 0;
                    place = place.substitute(shape.index(k).name(), IntExpr.of(shape.least()[k] + far));
                }
            }
            return place.constant();
        }

        /** One axis of the copy for indices that move along the same axis of the tensor, none of them of the run. */
        private void rest(int axis, int[] indices) {
            if (indices.length == 0) {
                return;
            }
            long step = 0;
            long reach = 0;
            long start = 0;
            for (int k : indices) {
                long far = shape.steps()[k] * (shape.extents()[k] - 1);
                step = gcd(step, Math.abs(shape.steps()[k]));
                reach += Math.abs(far);
                start += Math.max(0, -far);
            }
            for (int k : indices) {
                strides[k] = shape.steps()[k] / step;
            }
            leading.add(axis(axis, step, reach / step + 1));
            movers.add(indices);
            starts.add(start / step);
        }

        private static long gcd(long a, long b) {
            return b == 0 ? a : gcd(b, a % b);
        }

        private static Packing.Axis axis(int source, long step, long extent) {
            return new Packing.Axis(source, step, IntExpr.of(extent), IntExpr.ZERO);
        }

        /** Extents of the run's indices; rows are a multiple of a vector where taps are shifted by rows. */
        private long[] inner(boolean shifted) {
            long[] extents =
                    Arrays.stream(run).mapToLong(k -> shape.extents()[k]).toArray();
            if (!shifted) {
                return extents;
            }
            long[] best = extents.clone();
            int last = run.length - 1;
            double least = Double.MAX_VALUE;
            for (int a = 0; a < LANES; a++) {
                for (int b = 0; b < (last > 1 ? LANES : 1); b++) {
                    long[] more = extents.clone();
                    more[last] += a;
                    more[Math.max(1, last - 1)] += b;
                    long product = 1;
                    for (int k = 1; k < run.length; k++) {
                        product *= more[k];
                    }
                    if (product % LANES == 0 && product < least) {
                        least = product;
                        best = more;
                    }
                }
            }
            return best;
        }

        /** Makes steps along axes of the copy steps in the array; and the place of the least values. */
        private long base(List<Packing.Axis> axes) {
            long base = 0;
            for (int a = 0; a < leading.size(); a++) {
                long stride = strideOf(axes, a);
                for (int k : movers.get(a)) {
                    strides[k] *= stride;
                }
                base += starts.get(a) * stride;
            }
            return base;
        }

        private static long strideOf(List<Packing.Axis> axes, int axis) {
            long stride = 1;
            for (int k = axis + 1; k < axes.size(); k++) {
                stride *= axes.get(k).extent().constant();
            }
            return stride;
        }
    }
}

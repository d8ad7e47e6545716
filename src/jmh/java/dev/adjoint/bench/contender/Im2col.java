package dev.adjoint.bench.contender;

import dev.adjoint.bench.workload.Axis;
import dev.adjoint.bench.workload.Convolution;
import dev.adjoint.bench.workload.Operands;
import dev.adjoint.bench.workload.Pass;
import java.util.Arrays;
import java.util.List;

/** One pass of a convolution by a matrix of patches, [channels of a group · taps, places]. */
final class Im2col implements Timed {
    private final Gemm gemm;
    private final Convolution convolution;
    private final Pass pass;
    private final Operands at;
    private final int inside;
    private final int filtersInside;
    private final int places;
    private final int rows;
    private final float[] patches;

    Im2col(Gemm gemm, Convolution convolution, Pass pass, Operands operands) {
        this.gemm = gemm;
        this.convolution = convolution;
        this.pass = pass;
        this.at = operands;
        this.inside = convolution.channels() / convolution.groups();
        this.filtersInside = convolution.filters() / convolution.groups();
        this.places = convolution.places();
        this.rows = inside * convolution.taps();
        this.patches = new float[convolution.isPointwise() ? 0 : rows * places];
    }

    @Override
    public void run() {
        if (pass != Pass.FORWARD) {
            Arrays.fill(at.result(), 0);
        }
        for (int n = 0; n < convolution.images(); n++) {
            for (int g = 0; g < convolution.groups(); g++) {
                int input = (n * convolution.channels() + g * inside) * convolution.plane();
                int output = (n * convolution.filters() + g * filtersInside) * places;
                int weights = g * filtersInside * rows;
                switch (pass) {
                    case FORWARD -> forward(input, output, weights, g);
                    case INPUT -> input(input, output, weights);
                    case WEIGHTS -> weights(input, output, weights);
                }
            }
        }
    }

    private void forward(int input, int output, int weights, int group) {
        for (int d = 0; d < filtersInside; d++) {
            float bias = at.bias()[group * filtersInside + d];
            Arrays.fill(at.result(), output + d * places, output + (d + 1) * places, bias);
        }
        boolean pointwise = convolution.isPointwise();
        if (!pointwise) {
            gather(input);
        }
        float[] read = pointwise ? at.input() : patches;
        int start = pointwise ? input : 0;
        gemm.times(filtersInside, places, rows, at.weights(), weights, read, start, at.result(), output, 1);
    }

    private void input(int input, int output, int weights) {
        boolean pointwise = convolution.isPointwise();
        float[] written = pointwise ? at.result() : patches;
        int start = pointwise ? input : 0;
        gemm.transposedTimes(rows, places, filtersInside, at.weights(), weights, at.delta(), output, written, start);
        if (!pointwise) {
            scatter(input);
        }
    }

    private void weights(int input, int output, int weights) {
        boolean pointwise = convolution.isPointwise();
        if (!pointwise) {
            gather(input);
        }
        float[] read = pointwise ? at.input() : patches;
        int start = pointwise ? input : 0;
        gemm.addTimesTransposed(filtersInside, rows, places, at.delta(), output, read, start, at.result(), weights);
    }

    /** im2col: every row of the matrix is the input as one tap sees it, zeros where that is border. */
    private void gather(int input) {
        eachRow(input, (axis, l, row, from) -> {
            if (from < 0) {
                Arrays.fill(patches, row, row + axis.outputs(), 0);
                return;
            }
            if (axis.stride() == 1) {
                copy(axis, l * axis.dilation() - axis.padding(), row, from);
                return;
            }
            for (int j = 0; j < axis.outputs(); j++) {
                int column = axis.read(j, l);
                patches[row + j] = column < 0 ? 0 : at.input()[from + column];
            }
        });
    }

    /** A run of neighbours, shifted: zeros, a copy, zeros. */
    private void copy(Axis axis, int shift, int row, int from) {
        int first = Math.min(Math.max(0, -shift), axis.outputs());
        int end = Math.max(first, Math.min(axis.outputs(), axis.size() - shift));
        Arrays.fill(patches, row, row + first, 0);
        System.arraycopy(at.input(), from + first + shift, patches, row + first, end - first);
        Arrays.fill(patches, row + end, row + axis.outputs(), 0);
    }

    /** col2im: what im2col copied is added back. */
    private void scatter(int input) {
        eachRow(input, (axis, l, row, from) -> {
            for (int j = 0; from >= 0 && j < axis.outputs(); j++) {
                int column = axis.read(j, l);
                if (column >= 0) {
                    at.result()[from + column] += patches[row + j];
                }
            }
        });
    }

    /** What is done with a run of places along the last axis. */
    private interface Row {
        /**
         * One run.
         *
         * @param l the tap's place along the axis
         * @param row where the run starts among the patches
         * @param from where the row of the input starts; −1 if it is border
         */
        void run(Axis axis, int l, int row, int from);
    }

    private void eachRow(int input, Row row) {
        List<Axis> axes = convolution.threeAxes();
        Axis a = axes.get(0);
        Axis b = axes.get(1);
        Axis c = axes.get(2);
        int to = 0;
        for (int channel = 0; channel < inside; channel++) {
            for (int tap = 0; tap < convolution.taps(); tap++) {
                int l = tap % c.kernel();
                int k = tap / c.kernel() % b.kernel();
                int m = tap / c.kernel() / b.kernel();
                for (int h = 0; h < a.outputs(); h++) {
                    for (int i = 0; i < b.outputs(); i++, to += c.outputs()) {
                        int plane = a.read(h, m);
                        int line = b.read(i, k);
                        boolean border = plane < 0 || line < 0;
                        int from = input + channel * convolution.plane() + (plane * b.size() + line) * c.size();
                        row.run(c, l, to, border ? -1 : from);
                    }
                }
            }
        }
    }
}

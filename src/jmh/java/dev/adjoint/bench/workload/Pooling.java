package dev.adjoint.bench.workload;

import java.util.List;

/**
 * The largest value, or the mean, of each K × K window of one image [1, C, H, W]; the mean counts the zeros of the
 * border.
 */
public record Pooling(Kind kind, int channels, Axis rows, Axis columns) implements Problem {
    /** What becomes of a window. */
    public enum Kind {
        /** Its largest value; the first of equals gets the error. */
        MAX,
        /** Its mean. */
        AVERAGE
    }

    @Override
    public List<Pass> passes() {
        return List.of(Pass.FORWARD, Pass.INPUT);
    }

    @Override
    public int inputs() {
        return channels * rows.size() * columns.size();
    }

    @Override
    public int weights() {
        return 0;
    }

    @Override
    public int biases() {
        return 0;
    }

    @Override
    public int outputs() {
        return channels * rows.outputs() * columns.outputs();
    }

    @Override
    public long flops() {
        return 0;
    }

    @Override
    public String sizes() {
        return channels + "×" + rows.size() + "×" + columns.size() + ", " + rows.kernel() + "×" + columns.kernel()
                + " s" + rows.stride() + (rows.padding() == 0 ? "" : " p" + rows.padding());
    }
}

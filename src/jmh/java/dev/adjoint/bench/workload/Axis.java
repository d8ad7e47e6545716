package dev.adjoint.bench.workload;

/**
 * One axis that a window slides along: output i reads the inputs i·stride + k·dilation − padding, k running over the
 * kernel; what lies outside is border.
 */
public record Axis(int size, int kernel, int stride, int padding, int dilation) {
    /** An axis of one entry, which a layer of fewer axes does not have. */
    static final Axis NONE = new Axis(1, 1, 1, 0, 1);

    public Axis {
        if (size < 1 || kernel < 1 || stride < 1 || padding < 0 || dilation < 1) {
            throw new IllegalArgumentException("no such axis: " + size + ", kernel " + kernel + ", stride " + stride
                    + ", padding " + padding + ", dilation " + dilation);
        }
        if (dilation * (kernel - 1) + 1 > size + 2 * padding) {
            throw new IllegalArgumentException("a kernel of " + kernel + " does not fit an axis of " + size);
        }
    }

    /** The number of places that the window takes. */
    public int outputs() {
        return (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
    }

    /** The entry that the window at place i reads through its k-th entry; −1 if that is border. */
    public int read(int i, int k) {
        int at = i * stride + k * dilation - padding;
        return at < size ? Math.max(at, -1) : -1;
    }
}

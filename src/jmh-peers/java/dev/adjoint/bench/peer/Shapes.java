package dev.adjoint.bench.peer;

import dev.adjoint.bench.workload.Axis;
import dev.adjoint.bench.workload.Convolution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The dimensions of the tensors of a convolution, as native libraries take them. */
final class Shapes {
    private Shapes() {}

    /** N, C, and the axes of the input. */
    static long[] source(Convolution c) {
        return with(c, Axis::size, c.images(), c.channels());
    }

    /** D, C/G, and the axes of the kernel; with G before them where there are groups, which oneDNN wants. */
    static long[] filters(Convolution c) {
        return c.groups() == 1
                ? with(c, Axis::kernel, c.filters(), c.channels())
                : with(c, Axis::kernel, c.groups(), c.filters() / c.groups(), c.channels() / c.groups());
    }

    /** D, C/G, and the axes of the kernel. */
    static long[] filtersInOneAxis(Convolution c) {
        return with(c, Axis::kernel, c.filters(), c.channels() / c.groups());
    }

    /** N, D, and the axes of the output. */
    static long[] target(Convolution c) {
        return with(c, Axis::outputs, c.images(), c.filters());
    }

    /** A number for each axis. */
    static long[] of(Convolution c, ToIntFunction<Axis> number) {
        return with(c, number);
    }

    private static long[] with(Convolution c, ToIntFunction<Axis> number, int... first) {
        List<Long> all = new ArrayList<>();
        for (int one : first) {
            all.add((long) one);
        }
        c.axes().forEach(a -> all.add((long) number.applyAsInt(a)));
        return all.stream().mapToLong(Long::longValue).toArray();
    }
}

package dev.adjoint.bench.workload;

import java.util.List;
import java.util.Optional;

/** All that is measured. */
public final class Workloads {
    private static final List<Workload> ALL = List.of(
            of("A", "the first convolution of LeNet", Convolution.plane(1, 28, 28, 6, 5, 5)),
            of("B", "the second", Convolution.plane(6, 14, 14, 16, 5, 5)),
            of("C", "one plane, one filter", Convolution.plane(1, 256, 256, 1, 3, 3)),
            of("D", "few planes, a border", square(16, 32, 32, 3).padding(1)),
            of(
                    "E",
                    "the first stage of a residual network",
                    square(64, 56, 64, 3).padding(1)),
            of("F", "its stem", square(3, 224, 64, 7).stride(2).padding(3)),
            of("G", "depthwise", square(64, 56, 64, 3).padding(1).groups(64)),
            of("H", "32 images of B", Convolution.plane(6, 14, 14, 16, 5, 5).images(32)),
            of(
                    "I",
                    "the second stage of a residual network",
                    square(128, 28, 128, 3).padding(1)),
            of("J", "a filter of one pixel", square(64, 56, 128, 1)),
            of(
                    "odd",
                    "sizes that nothing divides",
                    Convolution.plane(5, 13, 17, 7, 3, 3).padding(1)),
            of("few", "few channels", square(3, 40, 4, 3)),
            of("batch", "eight images", square(16, 20, 24, 3).padding(1).images(8)),
            of("oblong", "a kernel that is no square", Convolution.plane(8, 24, 30, 12, 2, 3)),
            of("stride3", "stride 3", square(16, 32, 32, 5).stride(3).padding(2)),
            of("dilated", "dilation 2", square(16, 32, 32, 3).padding(2).dilation(2)),
            of("grouped", "four groups", square(32, 28, 32, 3).padding(1).groups(4)),
            of("sound", "one axis", line(32, 500, 48, 9).padding(4)),
            of("volume", "three axes", box(4, List.of(12, 20, 20), 8, 3)),
            of("dense", "the first dense layer of LeNet, 32 samples", new Dense(32, 400, 120)),
            of(
                    "max2",
                    "max pooling; going back, peers know the winners, a generated class finds them anew",
                    pool(Pooling.Kind.MAX, 64, 56, 2, 2, 0)),
            of("mean2", "average pooling", pool(Pooling.Kind.AVERAGE, 64, 56, 2, 2, 0)),
            of("max3", "the same, windows overlap", pool(Pooling.Kind.MAX, 64, 112, 3, 2, 1)),
            of("relu", "a rectifier of a million numbers", new Relu(1_000_000)));

    private Workloads() {}

    /** In the order of the tables. */
    public static List<Workload> all() {
        return ALL;
    }

    /** The workload of that name. */
    public static Optional<Workload> named(String name) {
        return ALL.stream().filter(w -> w.name().equals(name)).findFirst();
    }

    private static Workload of(String name, String about, Problem problem) {
        return new Workload(name, about, problem);
    }

    private static Convolution square(int channels, int size, int filters, int kernel) {
        return Convolution.plane(channels, size, size, filters, kernel, kernel);
    }

    private static Convolution line(int channels, int size, int filters, int kernel) {
        return new Convolution(1, channels, filters, 1, List.of(new Axis(size, kernel, 1, 0, 1)));
    }

    private static Convolution box(int channels, List<Integer> sizes, int filters, int kernel) {
        return new Convolution(
                1,
                channels,
                filters,
                1,
                sizes.stream().map(s -> new Axis(s, kernel, 1, 0, 1)).toList());
    }

    private static Pooling pool(Pooling.Kind kind, int channels, int size, int kernel, int stride, int padding) {
        Axis axis = new Axis(size, kernel, stride, padding, 1);
        return new Pooling(kind, channels, axis, axis);
    }
}

package dev.adjoint.bench.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Cross-correlation with a bank of filters, plus a bias: input [N, C, …], weights [D, C/G, …], bias [D], output
 * [N, D, …], over one to three axes.
 *
 * @param images N
 * @param channels C
 * @param filters D
 * @param groups G, channels that do not see those of other groups; G = C = D is a depthwise convolution
 * @param axes the axes that the window slides along, the slowest first
 */
public record Convolution(int images, int channels, int filters, int groups, List<Axis> axes) implements Problem {
    public Convolution {
        axes = List.copyOf(axes);
        if (images < 1 || groups < 1 || channels % groups != 0 || filters % groups != 0) {
            throw new IllegalArgumentException(
                    groups + " groups of " + channels + " channels and " + filters + " filters");
        }
        if (axes.isEmpty() || axes.size() > 3) {
            throw new IllegalArgumentException("one to three axes, not " + axes.size());
        }
    }

    /** One image of C × H × W, D filters of K1 × K2, stride 1, no padding. */
    static Convolution plane(int channels, int height, int width, int filters, int rows, int columns) {
        return new Convolution(
                1, channels, filters, 1, List.of(new Axis(height, rows, 1, 0, 1), new Axis(width, columns, 1, 0, 1)));
    }

    Convolution images(int count) {
        return new Convolution(count, channels, filters, groups, axes);
    }

    Convolution groups(int count) {
        return new Convolution(images, channels, filters, count, axes);
    }

    Convolution stride(int stride) {
        return with(axes.stream()
                .map(a -> new Axis(a.size(), a.kernel(), stride, a.padding(), a.dilation()))
                .toList());
    }

    Convolution padding(int padding) {
        return with(axes.stream()
                .map(a -> new Axis(a.size(), a.kernel(), a.stride(), padding, a.dilation()))
                .toList());
    }

    Convolution dilation(int dilation) {
        return with(axes.stream()
                .map(a -> new Axis(a.size(), a.kernel(), a.stride(), a.padding(), dilation))
                .toList());
    }

    private Convolution with(List<Axis> changed) {
        return new Convolution(images, channels, filters, groups, changed);
    }

    /** The axes as three, those that the layer lacks having one entry. */
    public List<Axis> threeAxes() {
        List<Axis> three = new ArrayList<>(axes);
        while (three.size() < 3) {
            three.add(0, Axis.NONE);
        }
        return three;
    }

    /** Whether every channel has one filter of its own. */
    public boolean isDepthwise() {
        return groups > 1 && groups == channels && groups == filters;
    }

    /** Whether each output reads one place alone, its own. */
    public boolean isPointwise() {
        return axes.stream().allMatch(a -> a.kernel() == 1 && a.stride() == 1 && a.padding() == 0);
    }

    /** The number of places of one plane of the output. */
    public int places() {
        return axes.stream().mapToInt(Axis::outputs).reduce(1, Math::multiplyExact);
    }

    /** The number of entries of one plane of the input. */
    public int plane() {
        return axes.stream().mapToInt(Axis::size).reduce(1, Math::multiplyExact);
    }

    /** The number of entries of one plane of a filter. */
    public int taps() {
        return axes.stream().mapToInt(Axis::kernel).reduce(1, Math::multiplyExact);
    }

    @Override
    public List<Pass> passes() {
        return List.of(Pass.values());
    }

    @Override
    public int inputs() {
        return images * channels * plane();
    }

    @Override
    public int weights() {
        return filters * (channels / groups) * taps();
    }

    @Override
    public int biases() {
        return filters;
    }

    @Override
    public int outputs() {
        return images * filters * places();
    }

    @Override
    public long flops() {
        return 2L * outputs() * (channels / groups) * taps();
    }

    @Override
    public String sizes() {
        Axis first = axes.get(0);
        return images + "×" + channels + "×"
                + joined(axes.stream().map(Axis::size).toList()) + " → " + filters + ", "
                + joined(axes.stream().map(Axis::kernel).toList())
                + (first.stride() == 1 ? "" : " s" + first.stride())
                + (first.padding() == 0 ? "" : " p" + first.padding())
                + (first.dilation() == 1 ? "" : " d" + first.dilation())
                + (groups == 1 ? "" : " g" + groups);
    }

    private static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining("×"));
    }
}

package dev.adjoint.bilinear;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.numbers.fraction.BigFraction;

/** Random tiles of planes computed three ways: by a filter nested in itself and by the sum in float, by the sum in double. */
final class Measurement {
    private static final int TILES = 40;

    /** What single precision makes of the operations. */
    private static final Arithmetic<Float> FLOAT = new Arithmetic<>() {
        @Override
        public Float add(Float left, Float right) {
            return left + right;
        }

        @Override
        public Float subtract(Float left, Float right) {
            return left - right;
        }

        @Override
        public Float scale(BigFraction factor, Float of) {
            return factor.floatValue() * of;
        }

        @Override
        public Float multiplyAdd(BigFraction factor, Float of, Float plus) {
            return Math.fma(factor.floatValue(), of, plus);
        }

        @Override
        public Float multiplySubtract(BigFraction factor, Float of, Float minus) {
            return Math.fma(factor.floatValue(), of, -minus);
        }
    };

    private final MinimalFilter filter;
    private final Transforms programs;
    private final Random random;
    private final Sizes fast = new Sizes();
    private final Sizes direct = new Sizes();
    private final Sizes outputs = new Sizes();

    /** The largest of some numbers, and their root mean square. */
    static final class Sizes {
        private double largest;
        private double squares;
        private long count;

        private void add(double number) {
            largest = Math.max(largest, Math.abs(number));
            squares += number * number;
            count++;
        }

        double largest() {
            return largest;
        }

        double mean() {
            return Math.sqrt(squares / count);
        }
    }

    /** @param channels how many planes are summed */
    Measurement(MinimalFilter filter, int channels, long seed) {
        this.filter = filter;
        this.programs = Transforms.of(filter);
        this.random = new Random(seed);
        for (int tile = 0; tile < TILES; tile++) {
            measure(channels);
        }
    }

    /** The errors of the filter, for {@code |g|, |d| ≤ 1}. */
    Sizes fast() {
        return fast;
    }

    /** The errors of the sum. */
    Sizes direct() {
        return direct;
    }

    /** The root mean square of the filter's errors over that of the outputs. */
    double relative() {
        return fast.mean() / outputs.mean();
    }

    private void measure(int channels) {
        int n = filter.products();
        int m = filter.outputs();
        float[][] products = new float[n][n];
        float[][] sums = new float[m][m];
        double[][] exact = new double[m][m];
        for (int c = 0; c < channels; c++) {
            List<List<Float>> g = uniform(filter.taps());
            List<List<Float>> d = uniform(n);
            addProducts(g, d, products);
            addSums(g, d, sums, exact);
        }
        List<List<Float>> z = IntStream.range(0, n)
                .mapToObj(
                        t -> IntStream.range(0, n).mapToObj(s -> products[t][s]).toList())
                .toList();
        List<List<Float>> y = Filters.nested(programs.output(), programs.output(), z, FLOAT);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                fast.add(y.get(i).get(j) - exact[i][j]);
                direct.add(sums[i][j] - exact[i][j]);
                outputs.add(exact[i][j]);
            }
        }
    }

    private void addProducts(List<List<Float>> g, List<List<Float>> d, float[][] products) {
        List<List<Float>> u = Filters.nested(programs.kernel(), programs.kernel(), g, FLOAT);
        List<List<Float>> v = Filters.nested(programs.input(), programs.input(), d, FLOAT);
        for (int t = 0; t < products.length; t++) {
            for (int s = 0; s < products.length; s++) {
                products[t][s] = Math.fma(u.get(t).get(s), v.get(t).get(s), products[t][s]);
            }
        }
    }

    private static void addSums(List<List<Float>> g, List<List<Float>> d, float[][] sums, double[][] exact) {
        for (int i = 0; i < sums.length; i++) {
            for (int j = 0; j < sums.length; j++) {
                for (int k = 0; k < g.size(); k++) {
                    for (int q = 0; q < g.size(); q++) {
                        float weight = g.get(k).get(q);
                        float input = d.get(i + k).get(j + q);
                        sums[i][j] = Math.fma(weight, input, sums[i][j]);
                        exact[i][j] += (double) weight * input;
                    }
                }
            }
        }
    }

    private List<List<Float>> uniform(int size) {
        return Stream.generate(() -> Stream.generate(() -> 2 * random.nextFloat() - 1)
                        .limit(size)
                        .toList())
                .limit(size)
                .toList();
    }
}

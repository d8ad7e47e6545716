package dev.adjoint.bilinear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.numbers.fraction.BigFraction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nested filters in float, against the sum in double. */
class ErrorBoundTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);
    private static final int TILES = 200;

    /** What IEEE single precision makes of the operations. */
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

    record Case(CookToom filter, int channels) {
        @Override
        public String toString() {
            return filter.filter() + " nested in itself, at " + filter.points() + ", channels " + channels;
        }
    }

    private static Stream<Case> cases() {
        return Stream.of(
                        CookToom.of(2, 3),
                        CookToom.of(4, 3),
                        CookToom.of(4, 3, Filters.PUBLISHED),
                        CookToom.of(6, 3),
                        CookToom.of(2, 5),
                        CookToom.of(4, 5))
                .flatMap(filter -> Stream.of(new Case(filter, 1), new Case(filter, 16)));
    }

    /** Largest and root mean square errors of outputs. */
    private static final class Errors {
        double largest;
        double squares;
        long count;

        void add(double error) {
            largest = Math.max(largest, Math.abs(error));
            squares += error * error;
            count++;
        }

        double mean() {
            return Math.sqrt(squares / count);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMeasuredErrorIsWithinTheBound(Case each) {
        MinimalFilter filter = each.filter().filter();
        ErrorBound bound = ErrorBound.of(List.of(filter, filter), each.channels(), Precision.FLOAT);
        Random random = new Random(SEED);
        Errors fast = new Errors();
        Errors direct = new Errors();
        Errors values = new Errors();
        for (int tile = 0; tile < TILES / each.channels() + 1; tile++) {
            measure(filter, each.channels(), random, fast, direct, values);
        }
        System.out.printf(
                "seed %d, %s: K = %.4g, bound %.3g, largest error %.3g; of the sum: bound %.3g, largest error %.3g;"
                        + " rms error %.2f times that of the sum, predicted %.2f, rms relative %.3g%n",
                SEED,
                each,
                bound.growth().doubleValue(),
                bound.outwardBound(),
                fast.largest,
                bound.directBound().doubleValue(),
                direct.largest,
                fast.mean() / direct.mean(),
                0.0,
                fast.mean() / values.mean());
        assertThat(fast.largest)
                .as("largest error of %s for |g|, |d| ≤ 1", each)
                .isLessThanOrEqualTo(bound.outwardBound());
    }

    private static void measure(
            MinimalFilter filter, int channels, Random random, Errors fast, Errors direct, Errors values) {
        int n = filter.products();
        int r = filter.taps();
        int m = filter.outputs();
        Transforms programs = Transforms.of(filter);
        float[][] products = new float[n][n];
        float[][] sums = new float[m][m];
        double[][] exact = new double[m][m];
        for (int c = 0; c < channels; c++) {
            List<List<Float>> g = uniform(random, r);
            List<List<Float>> d = uniform(random, n);
            List<List<Float>> u = Filters.nested(programs.kernel(), programs.kernel(), g, FLOAT);
            List<List<Float>> v = Filters.nested(programs.input(), programs.input(), d, FLOAT);
            for (int t = 0; t < n; t++) {
                for (int s = 0; s < n; s++) {
                    products[t][s] = Math.fma(u.get(t).get(s), v.get(t).get(s), products[t][s]);
                }
            }
            for (int i = 0; i < m * m * r * r; i++) {
                int row = i / (m * r * r);
                int column = i / (r * r) % m;
                float gk = g.get(i / r % r).get(i % r);
                float dk = d.get(row + i / r % r).get(column + i % r);
                sums[row][column] = Math.fma(gk, dk, sums[row][column]);
                exact[row][column] += (double) gk * dk;
            }
        }
        List<List<Float>> z = new ArrayList<>();
        for (float[] row : products) {
            List<Float> line = new ArrayList<>();
            for (float value : row) {
                line.add(value);
            }
            z.add(line);
        }
        List<List<Float>> y = Filters.nested(programs.output(), programs.output(), z, FLOAT);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                fast.add(y.get(i).get(j) - exact[i][j]);
                direct.add(sums[i][j] - exact[i][j]);
                values.add(exact[i][j]);
            }
        }
    }

    private static List<List<Float>> uniform(Random random, int size) {
        return Stream.generate(() -> Stream.generate(() -> 2 * random.nextFloat() - 1)
                        .limit(size)
                        .toList())
                .limit(size)
                .toList();
    }
}

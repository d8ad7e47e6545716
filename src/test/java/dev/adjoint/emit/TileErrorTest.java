package dev.adjoint.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.bilinear.CookToom;
import dev.adjoint.bilinear.ErrorBound;
import dev.adjoint.bilinear.MinimalFilter;
import dev.adjoint.bilinear.Precision;
import dev.adjoint.derive.Derive;
import dev.adjoint.lang.Generate;
import dev.adjoint.lang.Importers;
import dev.adjoint.lang.Specs;
import dev.adjoint.plan.Chooser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a class says of the rounding error of its tiles is so: the error of random entries, in the root mean square over
 * that of the results, is within a factor of 3 of what is expected.
 */
class TileErrorTest {
    private static final long SEED = 11;
    private static final int C = 8;
    private static final int D = 8;
    private static final int H = 21;
    private static final int W = 22;

    @ParameterizedTest
    @CsvSource({"2, 3", "4, 3", "3, 4"})
    void theErrorIsWhatTheClassSays(int outputs, int taps) throws ReflectiveOperationException {
        MinimalFilter filter = CookToom.of(outputs, taps).filter();
        double expected =
                ErrorBound.of(List.of(filter, filter), 1, Precision.FLOAT).typical();
        Generate generate = generate(taps);
        String plan = "tiles " + filter + " by " + filter + " of o";
        Chooser chooser = (target, candidates) -> IntStream.range(0, candidates.size())
                .filter(k -> candidates.get(k).plan().startsWith(plan))
                .findFirst()
                .orElseGet(() -> Chooser.CHEAPEST.choose(target, candidates));
        Emitted emitted = Emitted.compile(
                Emitter.emit(generate, Derive.derive(generate.layer()), "tiles.layer", chooser), "tiles.A");
        assertThat(emitted.source().replaceAll("\\s+(\\* )?", " "))
                .contains(plan)
                .contains(String.format(Locale.ROOT, "at an expected error of %.0e of the results", expected));

        Random random = new Random(SEED);
        float[] o = gaussian(random, C * H * W);
        float[] w = gaussian(random, D * C * taps * taps);
        float[] b = new float[D];
        int rows = H - taps + 1;
        int columns = W - taps + 1;
        float[] x = new float[D * rows * columns];
        Object layer = emitted.type().getConstructor().newInstance();
        assertThat((String) emitted.type().getMethod("target").invoke(layer)).startsWith("Vector API, ");
        emitted.type()
                .getMethod("forward", float[].class, float[].class, float[].class, float[].class)
                .invoke(layer, o, w, b, x);
        double errors = 0;
        double squares = 0;
        for (int at = 0; at < x.length; at++) {
            double sum = 0;
            for (int c = 0; c < C; c++) {
                for (int k = 0; k < taps * taps; k++) {
                    int row = at / columns % rows + k / taps;
                    int column = at % columns + k % taps;
                    sum += (double) w[(at / (rows * columns) * C + c) * taps * taps + k]
                            * o[(c * H + row) * W + column];
                }
            }
            errors += (x[at] - sum) * (x[at] - sum);
            squares += sum * sum;
        }
        assertThat(Math.sqrt(errors / squares))
                .as("the error of %s, seed %d, where %s is expected", plan, SEED, expected)
                .isBetween(expected / 3, expected * 3);
    }

    /** The gradient of weights adds up the 36 or 99 tiles of each plane. */
    @ParameterizedTest
    @CsvSource({"2", "3", "4"})
    void theErrorOfASumOfTilesIsWhatTheClassSays(int taps) throws ReflectiveOperationException {
        int side = 3;
        int rows = H - side + 1;
        int columns = W - side + 1;
        int tiles = -Math.floorDiv(-rows, taps) * -Math.floorDiv(-columns, taps);
        MinimalFilter filter = CookToom.of(taps, side).filter().forWeights();
        double expected =
                ErrorBound.of(List.of(filter, filter), 1, Precision.FLOAT).typical(tiles);
        Generate generate = generate(side);
        String plan = "sums of tiles " + filter + " by " + filter + " along i and j";
        Chooser chooser = (target, candidates) -> IntStream.range(0, candidates.size())
                .filter(k -> candidates.get(k).plan().startsWith(plan))
                .findFirst()
                .orElseGet(() -> Chooser.CHEAPEST.choose(target, candidates));
        Emitted emitted = Emitted.compile(
                Emitter.emit(generate, Derive.derive(generate.layer()), "tiles.layer", chooser), "tiles.A");
        assertThat(emitted.source().replaceAll("\\s+(\\* )?", " "))
                .contains(plan)
                .contains(String.format(Locale.ROOT, "at an expected error of %.0e of the results", expected));

        Random random = new Random(SEED);
        float[] o = gaussian(random, C * H * W);
        float[] delta = gaussian(random, D * rows * columns);
        float[] gradW = new float[D * C * side * side];
        Object layer = emitted.type().getConstructor().newInstance();
        assertThat((String) emitted.type().getMethod("target").invoke(layer)).startsWith("Vector API, ");
        emitted.type()
                .getMethod("gradW", float[].class, float[].class, float[].class, float[].class, float[].class)
                .invoke(layer, delta, o, new float[D * C * side * side], new float[D], gradW);
        double errors = 0;
        double squares = 0;
        for (int at = 0; at < gradW.length; at++) {
            double sum = 0;
            for (int place = 0; place < rows * columns; place++) {
                int row = place / columns + at / side % side;
                int column = place % columns + at % side;
                sum += (double) delta[at / (C * side * side) * rows * columns + place]
                        * o[(at / (side * side) % C * H + row) * W + column];
            }
            errors += (gradW[at] - sum) * (gradW[at] - sum);
            squares += sum * sum;
        }
        System.out.printf(
                "seed %d, %s: error %.3g of the results, expected %.3g%n",
                SEED, plan, Math.sqrt(errors / squares), expected);
        assertThat(Math.sqrt(errors / squares))
                .as("the error of %s, seed %d, where %s is expected", plan, SEED, expected)
                .isBetween(expected / 3, expected * 3);
    }

    /** Along two axes F(2, 5) has an expected error of a little over 8 roundings, F(3, 5) and F(4, 5) of 19. */
    @Test
    void filtersThatAreLessAccurateAreNotConsidered() {
        MinimalFilter least = CookToom.of(2, 5).filter();
        double unit = Precision.FLOAT.unitRoundoff().doubleValue();
        assertThat(ErrorBound.of(List.of(least, least), 1, Precision.FLOAT).typical())
                .isGreaterThan(8 * unit);
        List<String> considered = new ArrayList<>();
        Generate generate = generate(5);
        Emitter.emit(generate, Derive.derive(generate.layer()), "tiles.layer", (target, candidates) -> {
            candidates.forEach(c -> considered.add(c.plan()));
            return Chooser.CHEAPEST.choose(target, candidates);
        });
        assertThat(considered)
                .isNotEmpty()
                .noneMatch(plan -> plan.contains("tiles F(2, 5) by F(2, 5)")
                        || plan.contains("tiles F(5,")
                        || plan.startsWith("tiles F(3, 5)")
                        || plan.startsWith("tiles F(4, 5)"));
    }

    private static Generate generate(int taps) {
        return Specs.parse(
                        "tiles.layer",
                        String.format(
                                Locale.ROOT,
                                "package tiles; import adjoint.conv.Conv2d; generate A = Conv2d[C = %d, H = %d, W = %d,"
                                        + " D = %d, K1 = %d, K2 = %d] { target = vector }",
                                C,
                                H,
                                W,
                                D,
                                taps,
                                taps),
                        Importers.library())
                .generates()
                .get(0);
    }

    private static float[] gaussian(Random random, int length) {
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return values;
    }
}

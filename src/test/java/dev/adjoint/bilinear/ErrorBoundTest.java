package dev.adjoint.bilinear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.numbers.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of the error of nested filters, against what is measured. */
class ErrorBoundTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);

    private record Case(CookToom filter, int channels) {
        @Override
        public String toString() {
            return filter.filter() + " in itself, at " + filter.points() + ", channels " + channels;
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

    @ParameterizedTest
    @MethodSource("cases")
    void theMeasuredErrorIsWithinTheBound(Case each) {
        MinimalFilter filter = each.filter().filter();
        ErrorBound bound = ErrorBound.of(List.of(filter, filter), each.channels(), Precision.FLOAT);
        Measurement measured = new Measurement(filter, each.channels(), SEED);
        System.out.printf(
                "seed %d, %s: K = %s, bound %.3g, largest error %.3g; of the sum: bound %.3g, largest error %.3g;"
                        + " rms error %.2f times that of the sum, %.3g of the outputs, expected %.3g%n",
                SEED,
                each,
                bound.growth(),
                bound.outwardBound(),
                measured.fast().largest(),
                bound.directBound().doubleValue(),
                measured.direct().largest(),
                measured.fast().mean() / measured.direct().mean(),
                measured.relative(),
                bound.typical());
        assertThat(measured.fast().largest())
                .as("largest error of %s for |g|, |d| ≤ 1", each)
                .isLessThanOrEqualTo(bound.outwardBound());
        assertThat(measured.direct().largest())
                .as("largest error of the sum for |g|, |d| ≤ 1")
                .isLessThanOrEqualTo(bound.directBound().doubleValue());
        assertThat(measured.relative())
                .as("root mean square of the error of %s over that of the outputs", each)
                .isBetween(bound.typical() / 3, 3 * bound.typical());
    }

    @Test
    void thePointsThatAreTakenErrLessThanThePublishedOnes() {
        CookToom taken = CookToom.of(4, 3);
        CookToom published = CookToom.of(4, 3, Filters.PUBLISHED);
        String what = "of F(4, 3) at " + taken.points() + " and at " + published.points();
        assertThat(bound(taken)).as("bounds %s", what).isLessThan(bound(published));
        assertThat(new Measurement(taken.filter(), 1, SEED).relative())
                .as("measured errors %s, seed %d", what, SEED)
                .isLessThan(new Measurement(published.filter(), 1, SEED).relative());
    }

    private static BigFraction bound(CookToom each) {
        return ErrorBound.of(List.of(each.filter()), 1, Precision.FLOAT).bound();
    }

    @Test
    void theErrorGrowsWithTheTile() {
        List<ErrorBound> bounds = Stream.of(2, 4, 6)
                .map(m -> CookToom.of(m, 3).filter())
                .map(filter -> ErrorBound.of(List.of(filter, filter), 64, Precision.FLOAT))
                .toList();
        assertThat(bounds.stream().map(ErrorBound::overDirect).toList())
                .as("bounds of F(2, 3), F(4, 3), F(6, 3), nested, 64 channels, over that of the sum")
                .isSorted();
        assertThat(bounds.stream().map(ErrorBound::typical).toList())
                .as("errors to be expected of F(2, 3), F(4, 3), F(6, 3), nested")
                .isSorted();
    }

    @Test
    void noFactorMovedBetweenTheTransformsChangesTheGrowth() {
        MinimalFilter filter = CookToom.of(4, 3).filter();
        MinimalFilter moved = new MinimalFilter(
                filter.output(),
                scaledRow(filter.kernel(), 3, BigFraction.of(7)),
                scaledRow(filter.input(), 3, BigFraction.of(-1, 7)));
        ErrorBound before = ErrorBound.of(List.of(filter), 1, Precision.FLOAT);
        ErrorBound after = ErrorBound.of(List.of(moved), 1, Precision.FLOAT);
        assertThat(after.growth()).as("K of F(4, 3) with a factor 7 moved").isEqualTo(before.growth());
        assertThat(after.spread()).as("ρ² of F(4, 3) with a factor 7 moved").isEqualTo(before.spread());
    }

    private static RationalMatrix scaledRow(RationalMatrix matrix, int row, BigFraction factor) {
        RationalMatrix scaled = matrix;
        for (int j = 0; j < matrix.columns(); j++) {
            scaled = scaled.with(row, j, factor.multiply(matrix.get(row, j)));
        }
        return scaled;
    }
}

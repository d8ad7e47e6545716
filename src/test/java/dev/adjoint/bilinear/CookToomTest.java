package dev.adjoint.bilinear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The matrices that interpolation gives. */
class CookToomTest {
    private static List<MinimalFilter> filters() {
        return Filters.all().toList();
    }

    /** Row 0 of Bᵀ and its sign agree with the literature; the last differs from it in sign, and so does Aᵀ there. */
    @Test
    void theFilterOfWinogradIsFound() {
        MinimalFilter found = CookToom.of(2, 3).filter();
        assertThat(found.output()).as("Aᵀ of F(2, 3)").isEqualTo(Filters.matrix("1 1 1 0", "0 1 -1 1"));
        assertThat(found.kernel())
                .as("G of F(2, 3)")
                .isEqualTo(Filters.matrix("1 0 0", "1/2 1/2 1/2", "1/2 -1/2 1/2", "0 0 1"));
        assertThat(found.input())
                .as("Bᵀ of F(2, 3)")
                .isEqualTo(Filters.matrix("1 0 -1 0", "0 1 1 0", "0 -1 1 0", "0 -1 0 1"));
    }

    @Test
    void thePublishedFilterForFourOutputsIsFoundAtItsPoints() {
        MinimalFilter found = CookToom.of(4, 3, Filters.PUBLISHED).filter();
        assertThat(found.output())
                .as("Aᵀ of F(4, 3)")
                .isEqualTo(Filters.matrix("1 1 1 1 1 0", "0 1 -1 2 -2 0", "0 1 1 4 4 0", "0 1 -1 8 -8 1"));
        assertThat(found.kernel())
                .as("G of F(4, 3)")
                .isEqualTo(Filters.matrix(
                        "1/4 0 0", "1/6 1/6 1/6", "1/6 -1/6 1/6", "1/24 1/12 1/6", "1/24 -1/12 1/6", "0 0 1"));
        assertThat(found.input())
                .as("Bᵀ of F(4, 3)")
                .isEqualTo(Filters.matrix(
                        "4 0 -5 0 1 0",
                        "0 4 4 -1 -1 0",
                        "0 -4 4 1 -1 0",
                        "0 -2 -1 2 1 0",
                        "0 2 -1 -2 1 0",
                        "0 4 0 -5 0 1"));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void theTransformsOfInputAndOutputHoldSmallestIntegers(MinimalFilter filter) {
        assertThat(filter.output().isIntegral())
                .as("Aᵀ of %s:%n%s", filter, filter.output())
                .isTrue();
        assertThat(filter.input().isIntegral())
                .as("Bᵀ of %s:%n%s", filter, filter.input())
                .isTrue();
        for (int t = 0; t < filter.products(); t++) {
            assertThat(divisor(filter.input().row(t)))
                    .as("divisor of row %d of Bᵀ of %s", t, filter)
                    .isOne();
            assertThat(divisor(filter.output().transposed().row(t)))
                    .as("divisor of column %d of Aᵀ of %s", t, filter)
                    .isOne();
        }
    }

    private static int divisor(List<BigFraction> row) {
        return row.stream()
                .map(BigFraction::getNumerator)
                .reduce(BigInteger.ZERO, BigInteger::gcd)
                .intValueExact();
    }

    @Test
    void pointsMustBeDifferentAndAsManyAsProducts() {
        List<Point> twice = List.of(Point.of(0, 1), Point.of(1, 2), Point.of(2, 4), Point.INFINITY);
        assertThatIllegalArgumentException().isThrownBy(() -> CookToom.of(2, 3, twice));
        assertThatIllegalArgumentException().isThrownBy(() -> CookToom.of(2, 3, Filters.PUBLISHED));
    }

    @Test
    void aReaderSeesThePointsAndTheFormulas() {
        assertThat(CookToom.of(2, 3).explanation()).isEqualTo("""
                        F(2, 3): 2 outputs of a correlation with 3 taps by 4 products, of values of polynomials at 0, 1, -1, ∞
                            u[0] = g[0]        at 0
                            v[0] = d[0] - d[2]
                            u[1] = 1/2 * g[0] + 1/2 * g[1] + 1/2 * g[2]        at 1
                            v[1] = d[1] + d[2]
                            u[2] = 1/2 * g[0] - 1/2 * g[1] + 1/2 * g[2]        at -1
                            v[2] = -d[1] + d[2]
                            u[3] = g[2]        at ∞
                            v[3] = -d[1] + d[3]
                            y[0] = u[0] * v[0] + u[1] * v[1] + u[2] * v[2]
                            y[1] = u[1] * v[1] - u[2] * v[2] + u[3] * v[3]
                        """);
    }
}

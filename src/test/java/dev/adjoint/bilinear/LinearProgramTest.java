package dev.adjoint.bilinear;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The transforms as straight-line programs. */
class LinearProgramTest {
    private static Stream<Arguments> matrices() {
        return Filters.all()
                .flatMap(f -> Stream.of(f, f.forWeights()))
                .flatMap(f -> Stream.of(
                        Arguments.of("Aᵀ of " + f, f.output()),
                        Arguments.of("G of " + f, f.kernel()),
                        Arguments.of("Bᵀ of " + f, f.input())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("matrices")
    void aProgramIsItsMatrixAndNoTwoPathsCancel(String name, RationalMatrix matrix) {
        LinearProgram program = LinearProgram.of(matrix);
        assertThat(program.matrix())
                .as("what the program of %s does to the unit vectors", name)
                .isEqualTo(matrix);
        assertThat(program.absolute())
                .as("sums over the paths of the program of %s", name)
                .isEqualTo(matrix.absolute());
        long terms = matrix.entries().stream()
                .mapToLong(row -> row.stream().filter(e -> e.signum() != 0).count())
                .sum();
        assertThat(program.count().instructions())
                .as("instructions for %s, which has %d terms%n%s", name, terms, matrix)
                .isLessThanOrEqualTo(terms);
    }

    /** Lavin and Gray 2016 count 32, 28 and 24 for F(2×2, 3×3). */
    @Test
    void theTransformsOfTwoByTwoOutputsCostWhatIsPublished() {
        MinimalFilter filter = CookToom.of(2, 3).filter();
        NestedCost cost = NestedCost.of(filter, filter);
        assertThat(cost.input()).as("Bᵀ d B of F(2×2, 3×3)").isEqualTo(new OperationCount(32, 0, 0));
        assertThat(cost.kernel().instructions()).as("G g Gᵀ of F(2×2, 3×3)").isEqualTo(28);
        assertThat(cost.output()).as("Aᵀ z A of F(2×2, 3×3)").isEqualTo(new OperationCount(24, 0, 0));
        assertThat(cost.products()).as("products of F(2×2, 3×3)").isEqualTo(16);
        assertThat(cost.directProducts()).as("products of the sums").isEqualTo(36);
    }

    /** Twelve transforms of a tile along one axis, nine of a kernel, ten of an output. */
    @Test
    void theTransformsOfFourByFourOutputsShareEvenAndOddParts() {
        MinimalFilter filter = CookToom.of(4, 3, Filters.PUBLISHED).filter();
        NestedCost cost = NestedCost.of(filter, filter);
        assertThat(List.of(
                        cost.input().instructions(),
                        cost.kernel().instructions(),
                        cost.output().instructions(),
                        cost.products(),
                        cost.directProducts()))
                .as("instructions of F(4×4, 3×3): input, kernel, output, products, products of the sums")
                .containsExactly(12L * 12, 9L * 9, 10L * 10, 36L, 144L);
    }
}

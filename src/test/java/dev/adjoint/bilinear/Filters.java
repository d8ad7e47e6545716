package dev.adjoint.bilinear;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.numbers.fraction.BigFraction;

/** The filters that a planner may take, and the points of Lavin and Gray. */
final class Filters {
    /** The points of the published matrices of F(4, 3). */
    static final List<Point> PUBLISHED =
            List.of(Point.of(0, 1), Point.of(1, 1), Point.of(-1, 1), Point.of(2, 1), Point.of(-2, 1), Point.INFINITY);

    private Filters() {}

    /** F(m, r) for m of 2, 3, 4, 6 and r of 2, 3, 5, with at most 8 products. */
    static Stream<MinimalFilter> all() {
        return Stream.of(2, 3, 4, 6)
                .flatMap(m -> Stream.of(2, 3, 5)
                        .filter(r -> m + r - 1 <= 8)
                        .map(r -> CookToom.of(m, r).filter()));
    }

    /** The matrix of these rows of numbers as the language writes them, separated by blanks. */
    static RationalMatrix matrix(String... rows) {
        return new RationalMatrix(Stream.of(rows)
                .map(row -> Stream.of(row.trim().split(" +"))
                        .map(BigFraction::parse)
                        .toList())
                .toList());
    }

    /** {@code (M ⊗ M')_(i·m'+i', j·n'+j') = M_ij·M'_i'j'}. */
    static RationalMatrix kronecker(RationalMatrix left, RationalMatrix right) {
        return new RationalMatrix(left.entries().stream()
                .flatMap(row -> right.entries().stream()
                        .map(other -> row.stream()
                                .flatMap(entry -> other.stream().map(entry::multiply))
                                .toList()))
                .toList());
    }

    /** {@code M X M'ᵀ}, by the programs of the columns and of the rows. */
    static <T> List<List<T>> nested(LinearProgram down, LinearProgram across, List<List<T>> x, Arithmetic<T> in) {
        List<List<T>> columns =
                transposed(x).stream().map(column -> down.run(column, in)).toList();
        return transposed(columns).stream().map(row -> across.run(row, in)).toList();
    }

    private static <T> List<List<T>> transposed(List<List<T>> x) {
        return IntStream.range(0, x.get(0).size())
                .mapToObj(j -> x.stream().map(row -> row.get(j)).toList())
                .toList();
    }
}

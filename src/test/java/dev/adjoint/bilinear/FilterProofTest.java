package dev.adjoint.bilinear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.prove.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.numbers.fraction.BigFraction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every filter that a planner may take is proved; with one wrong entry it is refuted. */
class FilterProofTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);

    private static List<MinimalFilter> filters() {
        return Filters.all().toList();
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aFilterIsACorrelation(MinimalFilter filter) {
        assertProved(filter + " as a correlation", FilterProof.of(filter));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void aFilterComputesTheGradientsOfACorrelation(MinimalFilter filter) {
        assertProved(filter + " for gradients", FilterProof.ofGradients(filter));
        MinimalFilter weights = filter.forWeights();
        assertProved(weights + " for weights of planes", FilterProof.ofNested(weights, weights));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void twoFiltersNestedAreACorrelationOfPlanes(MinimalFilter filter) {
        assertProved(filter + " in itself", FilterProof.ofNested(filter, filter));
        MinimalFilter other = CookToom.of(3, 2).filter();
        assertProved(filter + " in " + other, FilterProof.ofNested(other, filter));
    }

    private static void assertProved(String what, Proof proof) {
        proof.verdicts()
                .forEach(v -> assertThat(v.word())
                        .as("%s: %s, %s%n%s", what, v.claim().text(), v.reason(), proof.statement())
                        .isEqualTo(Word.PROVED));
        assertThat(proof.isProved()).as("%s: every claim is proved", what).isTrue();
    }

    /** One of the three matrices of a filter. */
    private enum Part {
        OUTPUT,
        KERNEL,
        INPUT;

        RationalMatrix of(MinimalFilter filter) {
            return List.of(filter.output(), filter.kernel(), filter.input()).get(ordinal());
        }

        MinimalFilter with(MinimalFilter filter, RationalMatrix other) {
            return new MinimalFilter(
                    this == OUTPUT ? other : filter.output(),
                    this == KERNEL ? other : filter.kernel(),
                    this == INPUT ? other : filter.input());
        }
    }

    private static Stream<Arguments> parts() {
        return Filters.all().flatMap(filter -> Stream.of(Part.values()).map(part -> Arguments.of(filter, part)));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void oneWrongEntryIsRefuted(MinimalFilter filter, Part part) {
        RationalMatrix matrix = part.of(filter);
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                BigFraction wrong = matrix.get(i, j).add(BigFraction.of(1, 2));
                Proof proof = FilterProof.of(part.with(filter, matrix.with(i, j, wrong)));
                if (proof.verdicts().stream().anyMatch(v -> v.word() != Word.REFUTED)) {
                    missed.add("[" + i + ", " + j + "]");
                }
            }
        }
        assertThat(missed)
                .as(
                        "entries of the matrix of the %s of %s that may be wrong by 1/2 without being refuted",
                        part, filter)
                .isEmpty();
    }

    private static Stream<Arguments> small() {
        MinimalFilter two = CookToom.of(2, 2).filter();
        MinimalFilter three = CookToom.of(2, 3).filter();
        return Stream.of(Arguments.of(two, two), Arguments.of(two, three), Arguments.of(three, three));
    }

    /** Small nested filters are proved without taking them apart, too. */
    @ParameterizedTest
    @MethodSource("small")
    void smallNestedFiltersAreProvedInOnePiece(MinimalFilter rows, MinimalFilter columns) {
        IntExpr t = IntExpr.var("t");
        IntExpr s = IntExpr.var("s");
        IntExpr q = IntExpr.var("q");
        int n = columns.products();
        String statement = """
                layer Plane {
                    const d[%1$d, %2$d]
                    const g[%3$d, %4$d]

                    let a[t < %1$d, q < %4$d] = %5$s
                    let b[t < %1$d, q < %2$d] = %6$s
                    let u[t < %1$d, s < %2$d] = %7$s
                    let v[t < %1$d, s < %2$d] = %8$s
                    output y[p < %9$d] = %10$s

                    claim y[p] = sum[k < %3$d, q < %4$d](g[k, q] * d[p div %11$d + k, p mod %11$d + q])
                }
                """.formatted(
                        rows.products(),
                        n,
                        rows.taps(),
                        columns.taps(),
                        LinearForms.cases(rows.kernel(), t, k -> entry("g", IntExpr.of(k), q)),
                        LinearForms.cases(rows.input(), t, k -> entry("d", IntExpr.of(k), q)),
                        LinearForms.cases(columns.kernel(), s, k -> entry("a", t, IntExpr.of(k))),
                        LinearForms.cases(columns.input(), s, k -> entry("b", t, IntExpr.of(k))),
                        rows.outputs() * columns.outputs(),
                        LinearForms.cases(
                                Filters.kronecker(rows.output(), columns.output()),
                                IntExpr.var("p"),
                                k -> Exprs.mul(
                                        entry("u", IntExpr.of(k / n), IntExpr.of(k % n)),
                                        entry("v", IntExpr.of(k / n), IntExpr.of(k % n)))),
                        columns.outputs());
        assertProved(rows + " in " + columns + " in one piece", FilterProof.judged(statement));
    }

    private static Expr entry(String plane, IntExpr row, IntExpr column) {
        return Exprs.read(Ref.value(plane), List.of(row, column));
    }

    /** {@code Aᵀ[(G g G'ᵀ) ⊙ (Bᵀ d B')]A'} against the sum, in rationals: what the proof puts together from its parts. */
    @ParameterizedTest
    @MethodSource("filters")
    void nestedFiltersAgreeExactlyWithTheSum(MinimalFilter rows) {
        MinimalFilter columns = CookToom.of(2, 3).filter();
        Random random = new Random(SEED);
        List<List<BigFraction>> g = integers(random, rows.taps(), columns.taps());
        List<List<BigFraction>> d = integers(random, rows.products(), columns.products());
        Transforms down = Transforms.of(rows);
        Transforms across = Transforms.of(columns);
        List<List<BigFraction>> u = Filters.nested(down.kernel(), across.kernel(), g, Arithmetic.EXACT);
        List<List<BigFraction>> v = Filters.nested(down.input(), across.input(), d, Arithmetic.EXACT);
        List<List<BigFraction>> z = table(
                rows.products(),
                columns.products(),
                (t, s) -> u.get(t).get(s).multiply(v.get(t).get(s)));
        List<List<BigFraction>> y = Filters.nested(down.output(), across.output(), z, Arithmetic.EXACT);
        System.out.println("seed " + SEED + ", " + rows + " in " + columns + " in rationals");
        assertThat(y)
                .as("outputs of %s in %s for d = %s, g = %s", rows, columns, d, g)
                .isEqualTo(table(rows.outputs(), columns.outputs(), (i, j) -> correlation(g, d, i, j)));
    }

    private static BigFraction correlation(List<List<BigFraction>> g, List<List<BigFraction>> d, int i, int j) {
        BigFraction sum = BigFraction.ZERO;
        for (int k = 0; k < g.size(); k++) {
            for (int q = 0; q < g.get(k).size(); q++) {
                sum = sum.add(g.get(k).get(q).multiply(d.get(i + k).get(j + q)));
            }
        }
        return sum;
    }

    private interface Entry {
        BigFraction at(int i, int j);
    }

    private static List<List<BigFraction>> integers(Random random, int rows, int columns) {
        return table(rows, columns, (i, j) -> BigFraction.of(random.nextInt(2001) - 1000));
    }

    private static List<List<BigFraction>> table(int rows, int columns, Entry entry) {
        return IntStream.range(0, rows)
                .mapToObj(i -> IntStream.range(0, columns)
                        .mapToObj(j -> entry.at(i, j))
                        .toList())
                .toList();
    }
}

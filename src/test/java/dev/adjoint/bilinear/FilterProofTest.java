package dev.adjoint.bilinear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.prove.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.numbers.fraction.BigFraction;
import org.junit.jupiter.params.ParameterizedTest;
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

    @ParameterizedTest
    @MethodSource("filters")
    void oneWrongEntryIsRefuted(MinimalFilter filter) {
        List<String> missed = new ArrayList<>();
        int entries = 0;
        entries += mutate("Aᵀ", filter.output(), m -> new MinimalFilter(m, filter.kernel(), filter.input()), missed);
        entries += mutate("G", filter.kernel(), m -> new MinimalFilter(filter.output(), m, filter.input()), missed);
        entries += mutate("Bᵀ", filter.input(), m -> new MinimalFilter(filter.output(), filter.kernel(), m), missed);
        int n = filter.products();
        assertThat(entries).as("entries of %s", filter).isEqualTo(n * (filter.outputs() + filter.taps() + n));
        assertThat(missed)
                .as("entries of %s that may be wrong by 1/2 without being refuted", filter)
                .isEmpty();
    }

    private static int mutate(
            String name, RationalMatrix matrix, Function<RationalMatrix, MinimalFilter> with, List<String> missed) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                BigFraction wrong = matrix.get(i, j).add(BigFraction.of(1, 2));
                Proof proof = FilterProof.of(with.apply(matrix.with(i, j, wrong)));
                if (proof.isProved() || proof.verdicts().stream().anyMatch(v -> v.word() != Word.REFUTED)) {
                    missed.add(name + "[" + i + ", " + j + "]");
                }
            }
        }
        return matrix.rows() * matrix.columns();
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

package dev.adjoint.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.eval.DoubleField;
import dev.adjoint.eval.PrimeField;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.numbers.fraction.BigFraction;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What dual numbers say of claims whose truth is known. */
class TruthTest {
    private static final long SEED = Long.getLong("adjoint.random.seed", 1L);

    /** An identity of exp, sigmoid and the like holds in double alone: in the field they are random functions. */
    @TestFactory
    Stream<DynamicTest> theClaimsOfTheLibraryAndOfEveryShapeAreTrue() {
        return Stream.of("specs", "src/test/resources/adjoint/mutation")
                .flatMap(d -> Seeds.below(Path.of(d)).stream())
                .map(seed -> DynamicTest.dynamicTest(seed.title(), () -> {
                    Answer answer = Truth.of(seed.layer(), seed.claim(), 3, SEED);
                    boolean rational = Rational.is(seed.layer())
                            && Rational.is(seed.claim().left())
                            && Rational.is(seed.claim().right());
                    assertThat(answer.change())
                            .as("%s, seed %d: %s", seed, SEED, answer.where())
                            .isIn(Change.KEEPS, rational ? Change.KEEPS : Change.UNDECIDED);
                }));
    }

    private static final String LAYER = """
            layer L[H, K] {
                assume K <= H
                function f
                input o[H]
                param w[K]
                const int t[H] < K
                let s[i < H-K+1] = sum[k < K](w[k] * o[i+k])
                output x[i] = f(s[i])
                output E = sum[i](relu(s[i])) + sum[i](w[t[i]])
                claim %s
            }
            """;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = "→",
            value = {
                "KEEPS → grad w[k] = sum[i](grad s[i] * o[i+k]) + delta.E * sum[i]([t[i] == k])",
                "CHANGES → grad w[k] = sum[i](grad s[i] * o[i+k])",
                "KEEPS → grad s[i] = delta.x[i] * f'(s[i]) + delta.E * [s[i] > 0]",
                "CHANGES → grad s[i] = delta.x[i] * f'(s[i]) + delta.E * [s[i] >= 0]",
                "CHANGES → grad s[i] = delta.x[i] * f(s[i]) + delta.E * [s[i] > 0]",
                "CHANGES → grad o[p] = sum[k](pad(grad s[p+k]) * w[k])",
                "KEEPS → grad o[p] = sum[k](pad(grad s[p-k]) * w[k])",
                "KEEPS → grad o[p] = sum[k](p-k >= 0 && p-k < H-K+1 ? grad s[p-k] * w[k] : 0)",
                "CHANGES → s[i] = sum[k < K](w[K-1-k] * o[i+k])",
                "KEEPS → d(x[i]) / d(o[p]) = sum[k]([i+k == p] * w[k]) * f'(s[i])",
                "CHANGES → d(x[i]) / d(o[p]) = sum[k]([i+k == p] * w[k]) * f'(s[0])",
                "KEEPS → d(grad s[i]) / d(s[j]) = [i == j] * delta.x[i] * f''(s[i])",
                "CHANGES → d(grad s[i]) / d(s[j]) = [i == j] * delta.x[i] * f'(s[i])",
                "KEEPS → d(grad w[k]) / d(o[p]) = sum[i]([i+k == p] * grad s[i] + o[i+k] * delta.x[i] * f''(s[i])"
                        + " * sum[m]([i+m == p] * w[m]))",
                "CHANGES → d(grad w[k]) / d(o[p]) = sum[i]([i+k == p] * grad s[i])",
                "CHANGES → grad w[k] = grad w[k] * w[k] / w[k]",
                "KEEPS → grad w[k] = grad w[k] + exp(w[k]) - exp(w[k])",
                "UNDECIDED → grad w[k] = grad w[k] + exp(2 * w[k]) - exp(w[k])^2",
            })
    void aClaimIsTrueOrNot(Change change, String claim) {
        Seed seed = Seeds.of("test.layer", LAYER.formatted(claim)).get(0);
        Answer answer = Truth.of(seed.layer(), seed.claim(), 4, SEED);
        assertThat(answer.change())
                .as("%s, seed %d: %s", claim, SEED, answer.where())
                .isEqualTo(change);
    }

    /** {@code s = 2·3 + 5·7 = 41, E = s², dE/da₀ = 2·s·x₀, d²E/da₀dx₀ = 2·s + 2·a₀·x₀, d²E/da₀dx₁ = 2·a₁·x₀}, times delta. */
    @Test
    void secondDerivativesByHand() {
        Seed seed = Seeds.of("test.layer", """
                        layer Square[N] {
                            input x[N]
                            param a[N]
                            let s = sum[i < N](a[i] * x[i])
                            output E = s^2
                            claim d(grad a[i]) / d(x[j]) = grad a[i]
                        }
                        """).get(0);
        Point point = new Point(
                Map.of("N", 2L), Map.of("a", numbers(2, 5), "x", numbers(3, 7), "delta.E", numbers(10)), Map.of());
        PrimeField field = new PrimeField(1);
        var same = Truth.sides(seed.layer(), seed.claim(), point, Map.of("i", 0L, "j", 0L), field);
        assertThat(same.left().value()).as("d²E/da₀dx₀").isEqualTo(10 * (2 * 41 + 2 * 2 * 3));
        assertThat(same.right().value()).as("dE/da₀").isEqualTo(10 * 2 * 41 * 3);
        var mixed = Truth.sides(seed.layer(), seed.claim(), point, Map.of("i", 0L, "j", 1L), new DoubleField());
        assertThat(mixed.left().value()).as("d²E/da₀dx₁").isEqualTo(10.0 * 2 * 5 * 3);
    }

    private static List<BigFraction> numbers(int... values) {
        return java.util.Arrays.stream(values).mapToObj(BigFraction::of).toList();
    }
}

package dev.adjoint.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatticeTest {
    private static final IntExpr s = IntExpr.var("s");
    private static final IntExpr t = IntExpr.var("t");

    private static void assertUnimodular(IntMatrix matrix) {
        assertThat(matrix.determinant().abs()).as(matrix.toString()).isEqualTo(BigInteger.ONE);
    }

    @Test
    void aStepIsABijection() {
        for (long a = -7; a <= 7; a++) {
            for (long b = -7; b <= 7; b++) {
                if (a == 0 || b == 0) {
                    continue;
                }
                Lattice.Step step = Lattice.solve(a, b);
                String as = step.toString();
                assertThat(step.g()).as(as).isEqualTo(Elimination.gcd(a, b)).isPositive();
                assertThat(step.u() * a + step.v() * b).as(as).isEqualTo(step.g());
                assertUnimodular(
                        IntMatrix.of(new long[] {step.u(), b / step.g()}, new long[] {step.v(), -a / step.g()}));
                IntExpr i = step.first(s, t);
                IntExpr m = step.second(s, t);
                assertThat(i.coefficient("t").orElseThrow()).as(as).isPositive();
                assertThat(i.times(a).plus(m.times(b))).as(as).isEqualTo(s.times(step.g()));
                Set<List<Long>> pairs = new HashSet<>();
                RandomIntegers.forEachPoint(
                        List.of("s", "t"),
                        -30,
                        30,
                        point -> pairs.add(List.of(RandomIntegers.value(i, point), RandomIntegers.value(m, point))));
                assertThat(pairs).as(as).hasSize(61 * 61);
                for (long x = -2; x <= 2; x++) {
                    for (long y = -2; y <= 2; y++) {
                        assertThat(pairs).as(as).contains(List.of(x, y));
                    }
                }
            }
        }
    }

    @Test
    void aStridePrintsWell() {
        Lattice.Step step = Lattice.solve(2, 1);
        assertThat(step.first(s, t)).hasToString("t");
        assertThat(step.second(s, t)).hasToString("s-2*t");
        Lattice.Step dilated = Lattice.solve(3, 2);
        assertThat(dilated.first(s, t)).hasToString("s+2*t");
        assertThat(dilated.second(s, t)).hasToString("-s-3*t");
    }

    @Test
    void largeCoefficients() {
        Lattice.Step step = Lattice.solve(Long.MAX_VALUE, Long.MAX_VALUE - 1);
        assertThat(List.of(step.g(), step.u(), step.v())).containsExactly(1L, 1L, -1L);
        assertThatThrownBy(() -> Lattice.solve(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Lattice.solve(Long.MIN_VALUE, 1)).isInstanceOf(ArithmeticException.class);
    }

    private static IntMatrix random(Random random, int rows, int columns) {
        long[][] entries = new long[rows][columns];
        for (long[] row : entries) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextInt(3) == 0 ? 0 : random.nextInt(19) - 9;
            }
        }
        return IntMatrix.of(entries);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void hermiteForms(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int columns = 1 + random.nextInt(5);
            IntMatrix a = random(random, 1 + random.nextInt(5), columns);
            HermiteForm form = HermiteForm.of(a);
            String as = "seed " + seed + ": " + a + " -> " + form;
            assertThat(a.times(form.u())).as(as).isEqualTo(form.h());
            assertUnimodular(form.u());
            int last = -1;
            for (int k = 0; k < columns; k++) {
                int pivot = 0;
                while (pivot < a.rows() && form.h().get(pivot, k).signum() == 0) {
                    pivot++;
                }
                assertThat(pivot < a.rows()).as(as).isEqualTo(k < form.rank());
                if (pivot < a.rows()) {
                    assertThat(pivot).as(as).isGreaterThan(last);
                    last = pivot;
                    assertThat(form.h().get(pivot, k).signum()).as(as).isEqualTo(1);
                    for (int left = 0; left < k; left++) {
                        assertThat(form.h().get(pivot, left))
                                .as(as)
                                .isBetween(
                                        BigInteger.ZERO, form.h().get(pivot, k).subtract(BigInteger.ONE));
                    }
                }
            }
            // Unique: any other basis of the same lattice has the same form.
            IntMatrix other = HermiteForm.of(random(random, columns, columns)).u();
            assertThat(HermiteForm.of(a.times(other)).h()).as(as).isEqualTo(form.h());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5, 6})
    void smithForms(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            IntMatrix a = random(random, 1 + random.nextInt(4), 1 + random.nextInt(4));
            SmithForm form = SmithForm.of(a);
            String as = "seed " + seed + ": " + a + " -> " + form;
            assertThat(form.u().times(a).times(form.v())).as(as).isEqualTo(form.d());
            assertUnimodular(form.u());
            assertUnimodular(form.v());
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 0; j < a.columns(); j++) {
                    BigInteger entry = form.d().get(i, j);
                    assertThat(entry.signum()).as(as).isEqualTo(i == j && i < form.rank() ? 1 : 0);
                    if (i == j && i > 0 && i < form.rank()) {
                        assertThat(entry.mod(form.d().get(i - 1, j - 1))).as(as).isEqualTo(BigInteger.ZERO);
                    }
                }
            }
        }
    }

    @Test
    void determinants() {
        assertThat(IntMatrix.of(new long[] {0, 2}, new long[] {3, 4}).determinant())
                .isEqualTo(BigInteger.valueOf(-6));
        assertThat(IntMatrix.of(new long[] {1, 2}, new long[] {2, 4}).determinant())
                .isEqualTo(BigInteger.ZERO);
        assertThat(Map.of(1, IntMatrix.identity(3).determinant())).containsEntry(1, BigInteger.ONE);
    }
}

package dev.adjoint.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntExprTest {
    private static final IntExpr a = IntExpr.var("a");
    private static final IntExpr b = IntExpr.var("b");
    private static final IntExpr H = IntExpr.var("H");
    private static final IntExpr S = IntExpr.var("S");

    private static IntExpr n(long value) {
        return IntExpr.of(value);
    }

    @Test
    void equalPolynomialsAreEqualObjects() {
        IntExpr square = a.plus(b).times(a.plus(b));
        IntExpr expanded = b.times(b).plus(b.times(a).times(2)).plus(a.times(a));
        assertThat(square).isEqualTo(expanded).hasSameHashCodeAs(expanded);
        assertThat(a.minus(a)).isEqualTo(IntExpr.ZERO);
        assertThat(a.times(0)).isEqualTo(n(0));
        assertThat(a.plus(b).minus(b)).isEqualTo(a);
        assertThat(a.times(b)).isNotEqualTo(a.times(a));
    }

    @Test
    void termsPrintAsTheyWereWritten() {
        assertThat(b.plus(a)).hasToString("b+a");
        assertThat(H.minus(1).minus(a)).hasToString("H-1-a");
        assertThat(a.negate().plus(b)).hasToString("b-a");
        assertThat(n(-1).plus(a)).hasToString("a-1");
        assertThat(a.times(-2)).hasToString("-2*a");
        assertThat(S.times(a).plus(b)).hasToString("S*a+b");
        assertThat(IntExpr.ZERO).hasToString("0");
        assertThat(n(Long.MIN_VALUE)).hasToString("-9223372036854775808");
    }

    @Test
    void quotientsStandInParenthesesWhereTheyMust() {
        IntExpr quotient = a.floorDiv(S);
        assertThat(quotient).hasToString("a div S");
        assertThat(b.minus(quotient)).hasToString("b-a div S");
        assertThat(quotient.negate()).hasToString("-(a div S)");
        assertThat(quotient.times(2)).hasToString("2*(a div S)");
        assertThat(quotient.times(S)).hasToString("S*(a div S)");
        assertThat(quotient.mod(n(3))).hasToString("(a div S) mod 3");
        assertThat(a.plus(b).floorDiv(S.times(H))).hasToString("(a+b) div (H*S)");
        assertThat(a.times(2).floorDiv(n(3))).hasToString("(2*a) div 3");
        assertThat(n(-7).floorDiv(S)).hasToString("(-7) div S");
        assertThat(a.floorDiv(S).abs().times(2)).hasToString("2*abs(a div S)");
        assertThat(a.floorDiv(S).max(b).floorDiv(H)).hasToString("max(a div S, b) div H");
    }

    @Test
    void whatADivisorDividesComesOut() {
        assertThat(S.times(a).plus(b).floorDiv(S)).isEqualTo(a.plus(b.floorDiv(S)));
        assertThat(S.times(a).plus(b).mod(S)).isEqualTo(b.mod(S));
        assertThat(a.times(6).plus(b).plus(7).floorDiv(n(3)))
                .isEqualTo(a.times(2).plus(2).plus(b.plus(1).floorDiv(n(3))));
        assertThat(a.plus(b).floorDiv(a.plus(b))).isEqualTo(IntExpr.ONE);
        assertThat(a.mod(IntExpr.ONE)).isEqualTo(IntExpr.ZERO);
        assertThat(n(-7).floorDiv(n(2))).isEqualTo(n(-4));
        assertThat(n(-7).mod(n(2))).isEqualTo(n(1));
    }

    @Test
    void extremaOfNeighboursAreDecided() {
        assertThat(a.max(a.plus(1))).isEqualTo(a.plus(1));
        assertThat(a.min(a.plus(1))).isEqualTo(a);
        assertThat(a.max(b)).hasToString("max(a, b)");
        assertThat(n(-3).abs()).isEqualTo(n(3));
    }

    @Test
    void overflowThrows() {
        IntExpr huge = n(Long.MAX_VALUE);
        IntExpr least = n(Long.MIN_VALUE);
        assertThatThrownBy(() -> huge.plus(1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> huge.times(a).times(2)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(least::negate).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(least::abs).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> least.floorDiv(n(-1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> a.floorDiv(b).evaluate(x -> x.toString().equals("a") ? Long.MIN_VALUE : -1))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> a.times(b).evaluate(x -> Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> a.floorDiv(n(0))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> a.mod(n(0))).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void coefficientsAndVariables() {
        IntExpr e = a.times(3).plus(b.floorDiv(S)).plus(b.times(H));
        assertThat(e.coefficient("a")).hasValue(3);
        assertThat(e.coefficient("b")).isEmpty();
        assertThat(e.coefficient("x")).hasValue(0);
        assertThat(e.variables()).containsExactlyInAnyOrder("a", "b", "S", "H");
        assertThat(a.asVariable()).hasValue("a");
        assertThat(a.times(2).asVariable()).isEmpty();
        assertThat(e.substitute("x", n(1))).isSameAs(e);
    }

    @Test
    void rangesPrintInclusivelyWhereThatIsShorter() {
        assertThat(Range.below("i", H)).hasToString("i < H");
        assertThat(new Range("i", n(1), H)).hasToString("1 <= i < H");
        assertThat(new Range("i", n(1), H.plus(1))).hasToString("1 <= i <= H");
        assertThat(new Range("m", n(0).max(a), H.min(b.plus(1)))).hasToString("max(0, a) <= m <= min(H-1, b)");
    }

    /** Normal forms, substitution and the laws of floor division, against plain arithmetic. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void arithmeticIsThatOfTheIntegers(long seed) {
        List<String> names = List.of("a", "b");
        RandomIntegers random = new RandomIntegers(seed, names);
        for (int round = 0; round < 200; round++) {
            IntExpr left = random.expression(2);
            IntExpr right = random.expression(1);
            RandomIntegers.forEachPoint(names, -5, 5, point -> {
                long l;
                long r;
                try {
                    l = RandomIntegers.value(left, point);
                    r = RandomIntegers.value(right, point);
                } catch (ArithmeticException undefined) {
                    return;
                }
                String as = left + " and " + right + " at " + point;
                assertThat(RandomIntegers.value(left.plus(right), point)).as(as).isEqualTo(l + r);
                assertThat(RandomIntegers.value(left.minus(right), point))
                        .as(as)
                        .isEqualTo(l - r);
                assertThat(RandomIntegers.value(left.times(right), point))
                        .as(as)
                        .isEqualTo(l * r);
                assertThat(RandomIntegers.value(left.max(right), point)).as(as).isEqualTo(Math.max(l, r));
                assertThat(RandomIntegers.value(left.min(right), point)).as(as).isEqualTo(Math.min(l, r));
                assertThat(RandomIntegers.value(left.abs(), point)).as(as).isEqualTo(Math.abs(l));
                if (r != 0) {
                    assertThat(RandomIntegers.value(left.floorDiv(right), point))
                            .as(as)
                            .isEqualTo(Math.floorDiv(l, r));
                    assertThat(RandomIntegers.value(left.mod(right), point))
                            .as(as)
                            .isEqualTo(Math.floorMod(l, r));
                }
                Map<String, IntExpr> values = Map.of("a", n(point.get("a")), "b", n(point.get("b")));
                assertThat(left.substitute(values)).as(as).isEqualTo(n(l));
            });
        }
    }
}

package dev.adjoint.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundsTest {
    private static final IntExpr H = IntExpr.var("H");
    private static final IntExpr K = IntExpr.var("K");
    private static final IntExpr S = IntExpr.var("S");
    private static final IntExpr i = IntExpr.var("i");
    private static final IntExpr j = IntExpr.var("j");
    private static final IntExpr m = IntExpr.var("m");
    private static final IntExpr p = IntExpr.var("p");
    private static final Domain SIZES =
            Domain.of(List.of(Constraint.le(IntExpr.ONE, K), Constraint.le(K, H), Constraint.le(IntExpr.ONE, S)));

    private static Constraint le(IntExpr left, IntExpr right) {
        return Constraint.le(left, right);
    }

    @Test
    void theKernelIndexOfAConvolution() {
        Bounds.Result result = Bounds.of(
                List.of("m"),
                List.of(
                        le(IntExpr.ZERO, m),
                        le(m, K.minus(1)),
                        le(IntExpr.ZERO, p.minus(m)),
                        le(p.minus(m), H.minus(K))),
                SIZES.and(Range.below("p", H)));
        assertThat(result.ranges()).hasToString("[max(0, p-H+K) <= m <= min(K-1, p)]");
        assertThat(result.ranges().get(0).lo()).hasToString("max(0, p-H+K)");
        assertThat(result.ranges().get(0).hi()).hasToString("min(K, p+1)");
        assertThat(result.guards()).isEmpty();
        assertThat(result.shadows()).isEmpty();
    }

    @Test
    void aSymbolicStrideDivides() {
        Bounds.Result result = Bounds.of(
                List.of("i"),
                List.of(le(IntExpr.ZERO, i), le(S.times(i), p), le(i, H.minus(1))),
                SIZES.and(Range.below("p", H)));
        assertThat(result.ranges()).hasToString("[i < p div S+1]");
        assertThat(result.guards()).isEmpty();
    }

    @Test
    void aTriangleKeepsItsOuterRange() {
        Bounds.Result result = Bounds.of(
                List.of("i", "j"),
                List.of(le(IntExpr.ZERO, i), le(i, H.minus(1)), le(IntExpr.ZERO, j), le(j, i)),
                SIZES);
        assertThat(result.ranges()).hasToString("[i < H, j < i+1]");
    }

    @Test
    void anEqualityIsARangeOfOne() {
        Bounds.Result result = Bounds.of(
                List.of("j"), List.of(Constraint.eq(i.plus(j), p), le(IntExpr.ZERO, j), le(j, K.minus(1))), SIZES);
        assertThat(result.ranges()).hasToString("[p-i <= j <= p-i]");
        assertThat(result.guards()).hasToString("[p-i >= 0, K-1+i-p >= 0]");
    }

    @Test
    void whatAQuotientHidesStaysAGuard() {
        Constraint even = Constraint.eq(i.mod(IntExpr.of(2)), IntExpr.ZERO);
        Bounds.Result result = Bounds.of(List.of("i"), List.of(le(IntExpr.ZERO, i), even, le(i, H)), SIZES);
        assertThat(result.ranges()).hasToString("[i < H+1]");
        assertThat(result.guards()).contains(new Constraint(even.expr().negate(), false));
    }

    @Test
    void aVariableWithoutABoundIsRefused() {
        assertThatThrownBy(() -> Bounds.of(List.of("i"), List.of(le(IntExpr.ZERO, i)), SIZES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("i has no upper bound");
    }

    @Test
    void anEmptySetHasEmptyRanges() {
        Bounds.Result result = Bounds.of(List.of("i"), List.of(le(K, i), le(i, K.minus(1))), SIZES);
        assertThat(result.ranges().get(0).extent()).isEqualTo(IntExpr.ZERO);
    }

    /** Points of the ranges within the guards are points of the constraints, within the context. */
    @ParameterizedTest(name = "seed {0}, {1} constraints")
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 4", "5, 5", "6, 7"})
    void rangesAndGuardsAreTheSameSet(long seed, int count) {
        List<String> inner = List.of("x", "y");
        List<String> names = List.of("n", "x", "y");
        RandomIntegers random = new RandomIntegers(seed, names);
        for (int round = 0; round < 200; round++) {
            List<Constraint> constraints = new ArrayList<>(random.constraints(count, 0));
            if (random.below(3) == 0) {
                // A symbolic factor.
                constraints.add(le(IntExpr.var("n").times(IntExpr.var("y")), random.affine()));
            }
            for (String name : inner) {
                constraints.add(random.below(constraints.size() + 1), le(IntExpr.of(-2), IntExpr.var(name)));
                constraints.add(random.below(constraints.size() + 1), le(IntExpr.var(name), IntExpr.of(4)));
            }
            Domain context = Domain.of(List.of(le(IntExpr.of(random.below(2)), IntExpr.var("n"))));
            Bounds.Result result = Bounds.of(inner, constraints, context);
            List<Constraint> again = new ArrayList<>(result.guards());
            for (Range range : result.ranges()) {
                again.add(le(range.lo(), range.index()));
                again.add(Constraint.lt(range.index(), range.hi()));
            }
            RandomIntegers.forEachPoint(names, -3, 5, point -> {
                if (RandomIntegers.allHold(context.constraints(), point)) {
                    boolean expected = RandomIntegers.allHold(constraints, point);
                    assertThat(RandomIntegers.allHold(again, point))
                            .as("%s in %s: %s at %s", constraints, context, result, point)
                            .isEqualTo(expected);
                    if (expected) {
                        assertThat(RandomIntegers.allHold(result.shadows(), point))
                                .as("%s in %s: %s at %s", constraints, context, result, point)
                                .isTrue();
                    }
                }
            });
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"1", "2", "3"})
    void rangesWithEqualitiesInThreeVariables(long seed) {
        List<String> inner = List.of("x", "y", "z");
        RandomIntegers random = new RandomIntegers(seed, inner);
        for (int round = 0; round < 150; round++) {
            List<Constraint> constraints = new ArrayList<>();
            constraints.add(new Constraint(random.affine(), true));
            constraints.addAll(random.constraints(2, 0));
            for (String name : inner) {
                constraints.add(le(IntExpr.of(-2), IntExpr.var(name)));
                constraints.add(le(IntExpr.var(name), IntExpr.of(3)));
            }
            Bounds.Result result = Bounds.of(inner, constraints, Domain.ALL);
            RandomIntegers.forEachPoint(inner, -3, 4, point -> {
                boolean within = RandomIntegers.allHold(result.guards(), point);
                for (Range range : result.ranges()) {
                    within &= RandomIntegers.value(range.lo(), point) <= point.get(range.name())
                            && point.get(range.name()) < RandomIntegers.value(range.hi(), Map.copyOf(point));
                }
                assertThat(within)
                        .as("seed %d: %s: %s at %s", seed, constraints, result, point)
                        .isEqualTo(RandomIntegers.allHold(constraints, point));
            });
        }
    }
}

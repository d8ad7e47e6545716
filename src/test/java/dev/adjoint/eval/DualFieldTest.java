package dev.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.expr.Fun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dual numbers against difference quotients of {@link Math}. */
class DualFieldTest {
    private static final double H = 1e-6;
    private final DoubleField reals = new DoubleField();
    private final DualField<Double> duals = new DualField<>(reals);

    @ParameterizedTest
    @EnumSource(Fun.Known.class)
    void theTangentOfAFunctionIsItsSlope(Fun.Known fun) {
        for (double x : new double[] {0.3, 0.9, 1.7, 2.4}) {
            double slope = (reals.apply(fun, x + H) - reals.apply(fun, x - H)) / (2 * H);
            double tangent = duals.apply(fun, new Dual<>(x, 1.0)).tangent();
            assertThat(tangent).as("%s'(%s)", fun, x).isCloseTo(slope, within(1e-7 * Math.max(1, Math.abs(slope))));
        }
    }

    @Test
    void productsQuotientsAndPowersFollowTheirRules() {
        Dual<Double> x = new Dual<>(1.3, 1.0);
        Dual<Double> c = duals.constant(0.7);
        assertThat(duals.multiply(x, x).tangent()).isCloseTo(2.6, within(1e-12));
        assertThat(duals.invert(x).tangent()).isCloseTo(-1 / 1.69, within(1e-12));
        assertThat(duals.power(x, c).tangent()).isCloseTo(0.7 * Math.pow(1.3, -0.3), within(1e-12));
        assertThat(duals.power(c, x).tangent()).isCloseTo(Math.pow(0.7, 1.3) * Math.log(0.7), within(1e-12));
    }

    @Test
    void atTheirKinksReluAndAbsHaveTheSlopeZero() {
        assertThat(duals.apply(Fun.Known.RELU, new Dual<>(0.0, 1.0)).tangent()).isZero();
        assertThat(duals.apply(Fun.Known.ABS, new Dual<>(0.0, 1.0)).tangent()).isZero();
    }

    @Test
    void noGradientPassesThroughStop() {
        assertThat(duals.stop(new Dual<>(2.0, 1.0))).isEqualTo(new Dual<>(2.0, 0.0));
    }
}

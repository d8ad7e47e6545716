package dev.adjoint.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.expr.Fun;
import java.math.BigInteger;
import java.util.Random;
import org.apache.commons.numbers.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/** Arithmetic modulo 2^61 − 1 against {@link BigInteger}. */
class PrimeFieldTest {
    private static final BigInteger P = BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);
    private final PrimeField field = new PrimeField(7);

    @Test
    void sumsAndProductsAreThoseOfTheIntegersModuloP() {
        Random random = new Random(1);
        for (int k = 0; k < 10_000; k++) {
            long a = Math.floorMod(random.nextLong(), PrimeField.P);
            long b = k % 7 == 0 ? PrimeField.P - 1 - k : Math.floorMod(random.nextLong(), PrimeField.P);
            BigInteger x = BigInteger.valueOf(a);
            BigInteger y = BigInteger.valueOf(b);
            assertThat(field.add(a, b))
                    .as("%d + %d", a, b)
                    .isEqualTo(x.add(y).mod(P).longValueExact());
            assertThat(field.multiply(a, b))
                    .as("%d * %d", a, b)
                    .isEqualTo(x.multiply(y).mod(P).longValueExact());
        }
    }

    @Test
    void everyElementButZeroHasAnInverse() {
        Random random = new Random(2);
        for (int k = 0; k < 200; k++) {
            long a = 1 + Math.floorMod(random.nextLong(), PrimeField.P - 1);
            assertThat(field.multiply(a, field.invert(a))).as("%d / %d", a, a).isEqualTo(1L);
        }
        assertThatThrownBy(() -> field.invert(0L)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void rationalsKeepTheirArithmetic() {
        long third = field.of(BigFraction.of(-1, 3));
        assertThat(field.multiply(third, field.of(3))).isEqualTo(field.of(-1));
    }

    @Test
    void smallIntegersKeepTheirOrder() {
        for (long a = -3; a <= 3; a++) {
            for (long b = -3; b <= 3; b++) {
                assertThat(Integer.signum(field.compare(field.of(a), field.of(b))))
                        .as("%d compared with %d", a, b)
                        .isEqualTo(Long.compare(a, b));
            }
        }
        assertThat(field.compare(field.infinity(false), field.of(-1_000_000))).isNegative();
    }

    @Test
    void aRootOfASquareSquaresToIt() {
        long square = field.multiply(field.of(1234), field.of(1234));
        long root = field.apply(Fun.Known.SQRT, square);
        assertThat(field.multiply(root, root)).isEqualTo(square);
    }

    @Test
    void anOpenFunctionIsTheSameForTheSameArgumentAndNotForItsDerivative() {
        Fun.Open f = new Fun.Open("f", 0);
        assertThat(field.apply(f, 5L)).isEqualTo(field.apply(f, 5L)).isNotEqualTo(field.apply(f.derivative(), 5L));
        assertThat(field.apply(f, 5L)).isNotEqualTo(new PrimeField(8).apply(f, 5L));
    }
}

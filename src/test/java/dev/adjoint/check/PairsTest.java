package dev.adjoint.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A plan takes the place of another where it is faster by the margin, and not by chance. */
class PairsTest {
    private static Pairs pairs(double[] stands, double... other) {
        return new Pairs(stands, other);
    }

    private static final double[] TEN = {10, 10, 10, 10, 10, 10, 10, 10};

    @Test
    void theSpeedupIsTheMedianOfTheRoundsRatios() {
        assertThat(pairs(new double[] {10, 10, 10}, 5, 4, 20).speedup()).isEqualTo(2);
        assertThat(pairs(new double[] {10, 10, 10, 10}, 5, 4, 20, 10).speedup()).isEqualTo(1.5);
    }

    @Test
    void whatSlowsARoundDownSlowsBothAndDecidesNothing() {
        Pairs disturbed = pairs(new double[] {10, 100, 10, 1000, 10, 10, 70, 10}, 8, 80, 8, 800, 8, 8, 56, 8);
        assertThat(disturbed.speedup()).isEqualTo(1.25);
        assertThat(disturbed.wins(0.05)).isTrue();
    }

    @Test
    void lessThanTheMarginDoesNotWin() {
        assertThat(pairs(TEN, 9.6, 9.6, 9.6, 9.6, 9.6, 9.6, 9.6, 9.6).wins(0.05))
                .isFalse();
        assertThat(pairs(TEN, 9.4, 9.4, 9.4, 9.4, 9.4, 9.4, 9.4, 9.4).wins(0.05))
                .isTrue();
        assertThat(pairs(TEN, TEN).wins(0)).isTrue();
        assertThat(pairs(TEN, 99, 99, 99, 99, 99, 99, 99, 99).wins(0)).isFalse();
        assertThat(pairs(TEN, 99, 99, 99, 99, 99, 99, 99, 99).wins(-1)).isTrue();
    }

    @Test
    void whatIsSlowerInMoreThanAQuarterOfTheRoundsDoesNotWin() {
        assertThat(pairs(TEN, 5, 5, 5, 5, 5, 5, 11, 11).wins(0.05)).isTrue();
        assertThat(pairs(TEN, 5, 5, 5, 5, 5, 11, 11, 11).wins(0.05)).isFalse();
    }
}

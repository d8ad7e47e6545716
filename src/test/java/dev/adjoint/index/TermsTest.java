package dev.adjoint.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TermsTest {
    private static Monomial monomial(int k) {
        List<Atom> factors = new ArrayList<>();
        for (int bit = 0; bit < 4; bit++) {
            if ((k >> bit & 1) != 0) {
                factors.add(new Atom.Var("v" + bit));
            }
        }
        return new Monomial(factors);
    }

    @Test
    void sumsAreThoseOfAHashTableInTheSameOrder() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Map<Monomial, Long> expected = new LinkedHashMap<>();
            Terms terms = new Terms(0);
            for (int k = 0; k < 40; k++) {
                Monomial monomial = monomial(random.nextInt(16));
                long c = random.nextInt(3) == 0 ? -expected.getOrDefault(monomial, 1L) : random.nextInt(7) - 3;
                terms.add(monomial, c);
                long sum = expected.getOrDefault(monomial, 0L) + c;
                if (sum == 0) {
                    expected.remove(monomial);
                } else {
                    expected.put(monomial, sum);
                }
                assertThat(new ArrayList<>(terms.entrySet()))
                        .as("seed %d, the terms after %d additions", seed, k + 1)
                        .isEqualTo(new ArrayList<>(expected.entrySet()));
            }
            assertThat(terms.equals(expected) && expected.equals(terms)).isTrue();
            assertThat(terms.hashCode()).isEqualTo(expected.hashCode());
        }
    }

    @Test
    void theOrderOfTermsIsNoDifference() {
        Terms ab = new Terms(monomial(1), 2);
        ab.add(monomial(2), 3);
        Terms ba = new Terms(monomial(2), 3);
        ba.add(monomial(1), 2);
        assertThat(ab).isEqualTo(ba).hasSameHashCodeAs(ba);
        ba.add(monomial(1), 1);
        assertThat(ab).isNotEqualTo(ba);
    }

    @Test
    void nobodyElseCanWrite() {
        Map<Monomial, Long> terms = IntExpr.var("v0").terms();
        assertThatThrownBy(() -> terms.put(monomial(2), 1L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(terms::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}

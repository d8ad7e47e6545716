package dev.adjoint.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No answer of a domain is ever contradicted by counting. */
class DomainRandomTest {
    @ParameterizedTest(name = "seed {0}, {1} constraints of depth {2}")
    @CsvSource({"1, 3, 0", "2, 5, 0", "3, 2, 1", "4, 4, 1", "5, 3, 2", "6, 5, 2", "7, 8, 0", "8, 2, 3"})
    void whatIsProvedHoldsAtEveryPoint(long seed, int count, int depth) {
        RandomIntegers random = new RandomIntegers(seed, DomainLaw.NAMES);
        int shown = 0;
        int hold = 0;
        for (int k = 0; k < 150; k++) {
            DomainLaw.Round round = DomainLaw.round(random, count, depth);
            assertThat(round.complaint()).as("seed %d round %d", seed, k).isEmpty();
            shown += round.shown();
            hold += round.hold();
        }
        System.out.println("seed " + seed + ": shown " + shown + ", true " + hold);
        assertThat(shown).as("of %d", hold).isGreaterThan(20);
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"11", "12"})
    void aDomainIsTheSameInAnyOrderOfQuestions(long seed) {
        RandomIntegers random = new RandomIntegers(seed, DomainLaw.NAMES);
        for (int round = 0; round < 100; round++) {
            List<Constraint> constraints = random.constraints(4, 2);
            List<Constraint> queries = random.constraints(6, 2);
            Domain first = Domain.of(constraints);
            Domain second = Domain.of(constraints);
            List<Boolean> forward = queries.stream().map(first::implies).toList();
            List<Boolean> backward = new ArrayList<>();
            for (int k = queries.size() - 1; k >= 0; k--) {
                backward.add(0, second.implies(queries.get(k)));
            }
            assertThat(backward)
                    .as("seed %d round %d: %s", seed, round, constraints)
                    .isEqualTo(forward);
        }
    }
}

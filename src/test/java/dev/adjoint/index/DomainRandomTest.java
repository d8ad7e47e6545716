package dev.adjoint.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No answer of a domain is ever contradicted by counting. */
class DomainRandomTest {
    private static final List<String> NAMES = List.of("x", "y", "z");
    private static final int LO = -3;
    private static final int HI = 5;

    @ParameterizedTest(name = "seed {0}, {1} constraints of depth {2}")
    @CsvSource({"1, 3, 0", "2, 5, 0", "3, 2, 1", "4, 4, 1", "5, 3, 2", "6, 5, 2", "7, 8, 0", "8, 2, 3"})
    void whatIsProvedHoldsAtEveryPoint(long seed, int count, int depth) {
        RandomIntegers random = new RandomIntegers(seed, NAMES);
        int shown = 0;
        int hold = 0;
        for (int round = 0; round < 150; round++) {
            List<Constraint> constraints = new ArrayList<>(random.constraints(count, depth));
            boolean boxed = random.below(4) > 0;
            if (boxed) {
                int least = random.below(2) == 0 ? 1 : LO;
                for (String name : NAMES) {
                    constraints.add(Constraint.le(IntExpr.of(least), IntExpr.var(name)));
                    constraints.add(Constraint.le(IntExpr.var(name), IntExpr.of(HI)));
                }
            }
            Domain domain = Domain.of(constraints);
            List<Map<String, Long>> points = new ArrayList<>();
            RandomIntegers.forEachPoint(NAMES, LO, HI, point -> {
                if (RandomIntegers.allHold(constraints, point)) {
                    points.add(Map.copyOf(point));
                }
            });
            if (domain.isEmpty()) {
                assertThat(points)
                        .as("seed %d round %d: %s", seed, round, domain)
                        .isEmpty();
                shown++;
            }
            hold += points.isEmpty() && boxed ? 1 : 0;
            for (int k = 0; k < 4; k++) {
                Constraint query = random.constraint(depth);
                boolean holds = points.stream()
                        .allMatch(p -> RandomIntegers.holds(query, p).orElse(true));
                if (domain.implies(query)) {
                    assertThat(holds)
                            .as("seed %d round %d: %s => %s", seed, round, domain, query)
                            .isTrue();
                    shown++;
                }
                hold += holds && boxed ? 1 : 0;
            }
            IntExpr e = random.expression(depth + 1);
            IntExpr simple = domain.simplify(e);
            for (Map<String, Long> point : points) {
                try {
                    assertThat(RandomIntegers.value(simple, point))
                            .as("seed %d round %d: %s at %s: %s -> %s", seed, round, domain, point, e, simple)
                            .isEqualTo(RandomIntegers.value(e, point));
                } catch (ArithmeticException undefined) {
                    continue;
                }
            }
        }
        System.out.println("seed " + seed + ": shown " + shown + ", true " + hold);
        assertThat(shown).as("of %d", hold).isGreaterThan(20);
    }

    @ParameterizedTest(name = "seed {0}")
    @CsvSource({"11", "12"})
    void aDomainIsTheSameInAnyOrderOfQuestions(long seed) {
        RandomIntegers random = new RandomIntegers(seed, NAMES);
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

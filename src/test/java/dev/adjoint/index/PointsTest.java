package dev.adjoint.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointsTest {
    private static Map<String, Long> named(Map<Atom, Long> point) {
        Map<String, Long> values = new HashMap<>();
        DomainLaw.NAMES.forEach(name -> values.put(name, point.getOrDefault(new Atom.Var(name), 0L)));
        return values;
    }

    @ParameterizedTest(name = "depth {0}")
    @ValueSource(ints = {0, 1, 2})
    void whatIsFoundSatisfiesEveryConstraint(int depth) {
        RandomIntegers random = new RandomIntegers(depth, DomainLaw.NAMES);
        int inhabited = 0;
        int found = 0;
        for (int k = 0; k < 300; k++) {
            List<Constraint> constraints = random.constraints(3, depth);
            Constraint more = random.constraint(depth);
            Points points = new Points(Points.TRIALS);
            Premises premises = Premises.of(Domain.of(constraints).constraints(), points);
            Constraint solved;
            try {
                solved = premises.apply(more);
            } catch (ArithmeticException noInteger) {
                continue;
            }
            boolean any = points.find(premises, List.of(solved), 0, Points.RESTARTS);
            for (Map<Atom, Long> point : points.all()) {
                assertThat(RandomIntegers.allHold(constraints, named(point))
                                && RandomIntegers.holds(more, named(point)).orElse(false))
                        .as("seed %d, round %d: %s and %s at %s", depth, k, constraints, more, point)
                        .isTrue();
            }
            boolean[] exists = {false};
            RandomIntegers.forEachPoint(
                    DomainLaw.NAMES,
                    -1,
                    5,
                    point -> exists[0] |= RandomIntegers.allHold(constraints, point)
                            && RandomIntegers.holds(more, point).orElse(false));
            inhabited += exists[0] ? 1 : 0;
            found += exists[0] && any ? 1 : 0;
        }
        System.out.println("depth " + depth + ": " + found + " of " + inhabited + " domains with small points");
        assertThat(found).as("of %d domains that have small points", inhabited).isGreaterThan(inhabited * 8 / 10);
    }

    @Test
    void aPartOfADomainKeepsThePointsThatLieInIt() {
        IntExpr x = IntExpr.var("x");
        Points points = new Points(Points.TRIALS);
        Premises premises = Premises.of(List.of(Constraint.le(IntExpr.ONE, x)), points);
        assertThat(points.find(premises, List.of(), 0, 1)).isTrue();
        assertThat(points.find(premises, List.of(Constraint.le(IntExpr.of(7), x)), 0, Points.RESTARTS))
                .isTrue();
        Points part = new Points(points, Set.of(Constraint.le(IntExpr.of(3), x)));
        assertThat(part.all()).hasSize(1);
        assertThat(part.meet(Constraint.le(x, IntExpr.of(2)))).isFalse();
    }

    @Test
    void valuesOfUnknownAtomsAreNotKept() {
        Atom unknown = new Atom() {
            @Override
            public void collectVariables(Set<String> names) {
                names.add("x");
            }

            @Override
            public IntExpr substitute(Map<String, IntExpr> values) {
                return IntExpr.of(this);
            }
        };
        Points points = new Points(Points.TRIALS);
        Premises premises = Premises.of(List.of(Constraint.le(IntExpr.ONE, IntExpr.of(unknown))), points);
        assertThat(points.find(premises, List.of(), 0, 1)).isTrue();
        assertThat(new Points(points, List.of()).isEmpty()).isTrue();
    }
}

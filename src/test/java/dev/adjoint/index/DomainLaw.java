package dev.adjoint.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;

/** What a domain says is true at every one of its points, by counting. */
final class DomainLaw implements LongFunction<Optional<String>> {
    static final List<String> NAMES = List.of("x", "y", "z");
    private static final int LO = -3;
    private static final int HI = 5;

    /**
     * What one random domain says.
     *
     * @param complaint what is wrong
     * @param shown how much was shown
     * @param hold how much could be shown, where the domain is a box or a part of one
     */
    record Round(Optional<String> complaint, int shown, int hold) {}

    @Override
    public Optional<String> apply(long seed) {
        Random random = new Random(seed);
        return round(new RandomIntegers(random.nextLong(), NAMES), 2 + random.nextInt(5), random.nextInt(4))
                .complaint();
    }

    /** @param depth of quotients, remainders, extrema and products within one another */
    static Round round(RandomIntegers random, int count, int depth) {
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
        // What is known of points must not hide what is wrong in a proof.
        Premises alone = Premises.of(domain.constraints(), new Points(0));
        int shown = 0;
        int hold = points.isEmpty() && boxed ? 1 : 0;
        if (!points.isEmpty() && new Proof(alone, List.of()).refuted()) {
            return new Round(Optional.of(domain + " is refuted, and holds " + points.get(0)), 0, 0);
        }
        if (domain.isEmpty()) {
            if (!points.isEmpty()) {
                return new Round(Optional.of(domain + " is told to be empty, and holds " + points.get(0)), 0, 0);
            }
            shown++;
        }
        for (int k = 0; k < 4; k++) {
            Constraint query = random.constraint(depth);
            Optional<Map<String, Long>> against = points.stream()
                    .filter(p -> !RandomIntegers.holds(query, p).orElse(true))
                    .findFirst();
            if (domain.implies(query)) {
                if (against.isPresent()) {
                    return new Round(
                            Optional.of(domain + " is told to imply " + query + ", not so at " + against.get()), 0, 0);
                }
                shown++;
            }
            if (against.isPresent() && !query.equality()) {
                Constraint negation = alone.apply(Constraints.normal(Constraints.not(query)));
                if (new Proof(alone, List.of(negation)).refuted()) {
                    return new Round(
                            Optional.of(domain + " is proved to imply " + query + ", not so at " + against.get()),
                            0,
                            0);
                }
            }
            hold += against.isEmpty() && boxed ? 1 : 0;
        }
        IntExpr e = random.expression(depth + 1);
        IntExpr simple = domain.simplify(e);
        for (Map<String, Long> point : points) {
            try {
                long value = RandomIntegers.value(e, point);
                if (RandomIntegers.value(simple, point) != value) {
                    return new Round(
                            Optional.of(e + " is told to be " + simple + " where " + domain + ", not so at " + point),
                            0,
                            0);
                }
            } catch (ArithmeticException undefined) {
                continue;
            }
        }
        return new Round(Optional.empty(), shown, hold);
    }
}

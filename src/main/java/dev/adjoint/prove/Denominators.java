package dev.adjoint.prove;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * What a value is divided by, where that is the same for all points summed over. Roots are made whole as far as they
 * are: of {@code s^(−3/2)} the power is raised by 2.
 */
final class Denominators {
    private Denominators() {}

    /** A sum that the value is divided by, to the power by which to multiply; its index is free. */
    static Optional<Factor> of(List<Term> value) {
        Factor found = null;
        for (Term term : value) {
            for (Factor f : term.factors()) {
                boolean free = f.index().stream()
                        .flatMap(i -> i.variables().stream())
                        .noneMatch(n -> value.stream().anyMatch(t -> t.bound().contains(n)));
                boolean below = f.power().compareTo(BigFraction.ZERO) < 0;
                if (below && free && f.family().kind() == Family.Kind.POWER && (found == null || f.sameEntry(found))) {
                    BigFraction times = BigFraction.of(ceiling(f.power().negate()));
                    found = found == null || times.compareTo(found.power()) > 0 ? f.raised(times) : found;
                }
            }
        }
        return Optional.ofNullable(found);
    }

    static List<Term> cleared(List<Term> value, Factor divisor, Algebra algebra) {
        List<Term> product = new ArrayList<>();
        for (Term term : value) {
            List<Factor> factors = new ArrayList<>(term.factors());
            factors.add(divisor);
            product.addAll(algebra.tidy(term.withFactors(factors)));
        }
        return algebra.merged(product);
    }

    private static BigInteger ceiling(BigFraction value) {
        BigInteger[] parts = value.getNumerator().divideAndRemainder(value.getDenominator());
        return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
    }
}

package dev.adjoint.prove;

import dev.adjoint.index.IntExpr;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Multiplies a value by what it is divided by, where that is the same for all points summed over: {@code a/s − b} is
 * zero where s is not zero and {@code a − b·s} is. Roots are made whole as far as they are: {@code s^(−3/2)} is
 * multiplied by {@code s^2}.
 */
final class Denominators {
    private Denominators() {}

    /** The value without negative powers of sums that no summed index reaches; the same value if there are none. */
    static List<Term> cleared(List<Term> value, Algebra algebra) {
        Map<Factor, BigFraction> least = new LinkedHashMap<>();
        for (Term term : value) {
            for (Factor f : term.factors()) {
                boolean outside = f.index().stream()
                        .flatMap(i -> i.variables().stream())
                        .noneMatch(n -> isBound(n, value));
                boolean below = f.power().compareTo(BigFraction.ZERO) < 0;
                if (below && outside && f.family().kind() == Family.Kind.POWER) {
                    least.merge(f.raised(BigFraction.ONE), f.power(), (a, b) -> a.compareTo(b) < 0 ? a : b);
                }
            }
        }
        List<Term> cleared = value;
        for (Map.Entry<Factor, BigFraction> entry : least.entrySet()) {
            BigInteger times = ceiling(entry.getValue().negate());
            Factor factor = entry.getKey().raised(BigFraction.of(times));
            List<Term> product = new ArrayList<>();
            for (Term term : cleared) {
                List<Factor> factors = new ArrayList<>(term.factors());
                factors.add(factor);
                product.addAll(algebra.tidy(term.withFactors(factors)));
            }
            cleared = algebra.merged(product);
        }
        return cleared;
    }

    private static boolean isBound(String name, List<Term> value) {
        return value.stream().anyMatch(t -> t.bound().contains(name));
    }

    private static BigInteger ceiling(BigFraction value) {
        BigInteger[] parts = value.getNumerator().divideAndRemainder(value.getDenominator());
        return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
    }

}

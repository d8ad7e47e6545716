package dev.adjoint.prove;

import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;

/** Takes out of a value what is positive whatever its tensors hold. */
final class Contents {
    private final Algebra algebra;
    private final Canon canon;
    private final Domain sizes;

    Contents(Algebra algebra, Canon canon, Domain sizes) {
        this.algebra = algebra;
        this.canon = canon;
        this.sizes = sizes;
    }

    /**
     * {@code v = lead · Π positives · rest}: what is positive whatever the values are, and a rational number that
     * makes the first coefficient of the rest 1.
     */
    record Content(BigFraction lead, List<Factor> positives, List<Term> rest) {}

    Content of(List<Term> v) {
        Content first = once(v);
        if (first.positives().isEmpty()) {
            return first;
        }
        Content next = of(first.rest());
        List<Factor> positives = new ArrayList<>(first.positives());
        positives.addAll(next.positives());
        return new Content(first.lead().multiply(next.lead()), positives, next.rest());
    }

    private Content once(List<Term> v) {
        if (v.isEmpty()) {
            return new Content(BigFraction.ONE, List.of(), v);
        }
        List<Factor> common = new ArrayList<>();
        for (Term term : v) {
            for (Factor f : term.factors()) {
                boolean free = f.family().is("exp") && f.isWhole()
                        || f.family().kind() == Family.Kind.POWER && Signs.isPositive(f, sizes);
                for (IntExpr i : f.index()) {
                    free &= v.stream().noneMatch(t -> i.variables().stream().anyMatch(t.bound()::contains));
                }
                if (free && common.stream().noneMatch(f::sameEntry)) {
                    common.add(f);
                }
            }
        }
        List<Factor> positives = new ArrayList<>();
        List<Term> rest = v;
        for (Factor f : common) {
            BigFraction least = null;
            for (Term term : v) {
                BigFraction power = term.factors().stream()
                        .filter(f::sameEntry)
                        .map(Factor::power)
                        .findFirst()
                        .orElse(BigFraction.ZERO);
                least = least == null || power.compareTo(least) < 0 ? power : least;
            }
            if (least != null && !least.equals(BigFraction.ZERO)) {
                positives.add(f.raised(least));
                rest = algebra.times(rest, List.of(Term.of(f.raised(least.negate()))));
            }
        }
        if (rest.isEmpty()) {
            return new Content(BigFraction.ONE, List.of(), rest);
        }
        BigFraction lead = leading(canon.first(rest).coefficient());
        return new Content(lead, positives, algebra.scaled(rest, lead.reciprocal()));
    }

    /** The first coefficient of a polynomial, its terms in the order of their texts. */
    static BigFraction leading(Ratio ratio) {
        return ratio.numerator().terms().entrySet().stream()
                .min(java.util.Comparator.comparing(e -> e.getKey().toString()))
                .orElseThrow()
                .getValue();
    }

    boolean isNegative(List<Term> v) {
        return leading(canon.first(v).coefficient()).compareTo(BigFraction.ZERO) < 0;
    }
}

package dev.adjoint.prove;

import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.commons.numbers.fraction.BigFraction;

/** Signs that a value has whatever its tensors hold: exponentials are positive, squares are not negative. */
final class Signs {
    private Signs() {}

    /** Whether the value is shown to be positive: no term is negative, and one is positive whatever happens. */
    static boolean isPositive(List<Term> value, Domain sizes) {
        return isNotNegative(value, sizes)
                && value.stream()
                        .anyMatch(
                                t -> hasPoint(t, sizes) && t.factors().stream().allMatch(f -> isPositive(f, sizes)));
    }

    /** Whether the sum is over at least one point: where each summed variable takes a lower bound of its own. */
    private static boolean hasPoint(Term term, Domain sizes) {
        List<Constraint> where = term.where();
        for (String name : term.bound()) {
            for (Constraint c : where) {
                OptionalLong a = c.expr().coefficient(name);
                if (a.isPresent() && a.getAsLong() == 1) {
                    IntExpr least = IntExpr.var(name).minus(c.expr());
                    where = where.stream()
                            .map(w -> w.substitute(Map.of(name, least)))
                            .toList();
                    break;
                }
            }
        }
        return where.stream().allMatch(sizes::implies);
    }

    /** Whether the value is shown not to be negative. */
    static boolean isNotNegative(List<Term> value, Domain sizes) {
        return value.stream()
                .allMatch(t -> isPositive(t.coefficient(), sizes)
                        && t.factors().stream().allMatch(f -> isNotNegative(f, sizes)));
    }

    private static boolean isPositive(Ratio ratio, Domain sizes) {
        return isPositive(ratio.numerator(), sizes)
                && ratio.denominators().stream().allMatch(d -> isPositive(d, sizes));
    }

    private static boolean isPositive(Poly p, Domain sizes) {
        for (Map.Entry<Monomial, BigFraction> term : p.terms().entrySet()) {
            boolean positive = term.getValue().compareTo(BigFraction.ZERO) > 0;
            for (Atom atom : term.getKey().factors()) {
                positive = positive && sizes.impliesLe(IntExpr.ONE, IntExpr.of(atom));
            }
            if (!positive) {
                return false;
            }
        }
        return !p.isZero();
    }

    static boolean isPositive(Factor f, Domain sizes) {
        return f.family().is("exp")
                || f.family().is("pi")
                || f.family().kind() == Family.Kind.POWER
                        && isPositive(f.family().argument(), sizes);
    }

    static boolean isNotNegative(Factor f, Domain sizes) {
        boolean even = f.isWhole() && !f.power().getNumerator().testBit(0);
        boolean root = f.power().getDenominator().equals(BigInteger.TWO);
        return even || root || f.family().isSelector() || isPositive(f, sizes);
    }
}

package dev.adjoint.prove;

import dev.adjoint.expr.Rel;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * The selectors {@code [v > 0]} and {@code [v == 0]}, 1 or 0.
 *
 * <ul>
 *   <li>{@code [c·v > 0] = [v > 0]} for c > 0,  {@code [−v > 0] = 1 − [v > 0] − [v == 0]}
 *   <li>{@code [a·b == 0] = 1 − (1 − [a == 0])·(1 − [b == 0])},  {@code [a^p == 0] = [a == 0]}
 *   <li>{@code [a·b > 0] = [a > 0]·[b > 0] + [−a > 0]·[−b > 0]}
 *   <li>{@code [v > 0] = 1 − [v == 0]} for an even power or a root
 * </ul>
 */
final class Selectors {
    /** Factors of a product whose signs are told apart, at most. */
    private static final int MOST_SIGNED = 3;

    private final Algebra algebra;
    private final Families families;
    private final Contents contents;
    private final Cases cases;
    private final Domain sizes;
    private final Identity.Holding holding;

    Selectors(
            Algebra algebra,
            Families families,
            Contents contents,
            Cases cases,
            Domain sizes,
            Identity.Holding holding) {
        this.holding = holding;
        this.algebra = algebra;
        this.families = families;
        this.contents = contents;
        this.cases = cases;
        this.sizes = sizes;
    }

    /** Whether the selectors of the value speak of the negated value. */
    boolean isTurned(List<Term> v) {
        return !v.isEmpty() && contents.of(v).lead().compareTo(BigFraction.ZERO) < 0;
    }

    /** Whether {@code [v == 0]} is {@code [u == 0]} for a u of the sign of ±v: not so for a square, a product, |u|. */
    boolean hasSignOfItsSelectors(List<Term> v) {
        List<Term> rest = contents.of(v).rest();
        return rest.size() != 1 && !cases.split(rest)
                || rest.size() == 1
                        && rest.get(0).factors().size() == 1
                        && rest.get(0)
                                .equals(Term.of(rest.get(0).factors().get(0).raised(BigFraction.ONE)));
    }

    /** The sign of a value of any form, but for {@link #isTurned}; not of 0. */
    Factor sign(List<Term> v, Domain scope) {
        List<Term> rest = contents.of(v).rest();
        if (rest.size() == 1 && rest.get(0).isPlain()) {
            // An odd power has the sign of its base.
            List<Factor> factors = rest.get(0).factors().stream()
                    .map(f -> f.isWhole() && f.power().getNumerator().testBit(0) ? f.raised(BigFraction.ONE) : f)
                    .toList();
            rest = List.of(rest.get(0).withFactors(factors));
        }
        return families.closure(Family.Kind.FUNCTION, "sign", rest, scope);
    }

    /** Whether the value is a sum of what is not negative, as squares. */
    boolean isNotNegative(List<Term> v) {
        return Signs.isNotNegative(v, sizes);
    }

    /** Whether the value is positive whatever its tensors hold. */
    boolean isPositive(List<Term> v, Domain scope) {
        return BigFraction.ONE.equals(Algebra.asNumber(positive(v, scope)));
    }

    /** {@code [v > 0]}. */
    List<Term> positive(List<Term> v, Domain scope) {
        if (v.isEmpty() || isNotNegative(algebra.scaled(v, BigFraction.of(-1)))) {
            return List.of();
        }
        if (Signs.isPositive(v, sizes)) {
            return Algebra.one();
        }
        Optional<List<Term>> byCase = cases.of(v, scope, u -> positive(u, scope));
        if (byCase.isPresent()) {
            return byCase.get();
        }
        if (v.size() > 1 && isNotNegative(v)) {
            return algebra.minus(Algebra.one(), zero(v, scope));
        }
        Contents.Content content = contents.of(v);
        List<Term> magnitude = magnitude(content.rest(), scope);
        if (magnitude != null) {
            return content.lead().compareTo(BigFraction.ZERO) > 0 ? magnitude : List.of();
        }
        Optional<List<Term>> product = positiveProduct(content, scope);
        if (product.isPresent()) {
            return product.get();
        }
        List<Term> over = selector(Family.Kind.POSITIVE, content.rest(), scope);
        if (content.lead().compareTo(BigFraction.ZERO) > 0) {
            return over;
        }
        List<Term> rest = algebra.minus(Algebra.one(), over);
        return holding.hold(
                Identity.POSITIVE_TURNED, algebra.minus(rest, selector(Family.Kind.ZERO, content.rest(), scope)));
    }

    /** {@code [v > 0]} of an even power, or of a root: it is positive where it is not zero. Null for another value. */
    private @Nullable List<Term> magnitude(List<Term> v, Domain scope) {
        boolean plain =
                v.size() == 1 && v.get(0).isPlain() && !v.get(0).factors().isEmpty();
        boolean number = plain && v.get(0).coefficient().equals(Ratio.ONE);
        return number && v.get(0).factors().stream().allMatch(f -> Signs.isNotNegative(f, sizes))
                ? algebra.minus(Algebra.one(), zero(v, scope))
                : null;
    }

    /** {@code [a·b > 0]} by the signs of its factors, if it is a product of few; an odd power has the sign of its base. */
    private Optional<List<Term>> positiveProduct(Contents.Content content, Domain scope) {
        Term only = content.rest().get(0);
        boolean product = content.rest().size() == 1
                && only.isPlain()
                && only.coefficient().equals(Ratio.ONE)
                && only.factors().stream().allMatch(f -> f.isWhole() || Signs.isNotNegative(f, sizes));
        long signed = only.factors().stream()
                .filter(f -> !Signs.isNotNegative(f, sizes))
                .count();
        boolean single = only.factors().size() == 1
                && only.factors().get(0).power().equals(BigFraction.ONE)
                && only.factors().get(0).family().kind() != Family.Kind.POWER;
        if (!product || single || signed == 0 || signed > MOST_SIGNED) {
            return Optional.empty();
        }
        List<Term> above = Algebra.one();
        List<Term> below = List.of();
        for (Factor f : only.factors()) {
            if (Signs.isNotNegative(f, sizes)) {
                List<Term> some = algebra.minus(Algebra.one(), zeroOf(f, scope));
                above = algebra.times(above, some);
                below = algebra.times(below, some);
                continue;
            }
            List<Term> base = base(f);
            List<Term> positive = positive(base, scope);
            List<Term> negative = positive(algebra.scaled(base, BigFraction.of(-1)), scope);
            List<Term> both = algebra.plus(algebra.times(above, positive), algebra.times(below, negative));
            below = algebra.plus(algebra.times(above, negative), algebra.times(below, positive));
            above = both;
        }
        return Optional.of(holding.hold(
                Identity.POSITIVE_OF_PRODUCT, content.lead().compareTo(BigFraction.ZERO) > 0 ? above : below));
    }

    private List<Term> base(Factor f) {
        return f.family().kind() == Family.Kind.POWER
                ? families.argument(f)
                : List.of(Term.of(f.raised(BigFraction.ONE)));
    }

    /** {@code [v == 0]}. */
    List<Term> zero(List<Term> v, Domain scope) {
        if (v.isEmpty()) {
            return Algebra.one();
        }
        if (Signs.isPositive(v, sizes) || Signs.isPositive(algebra.scaled(v, BigFraction.of(-1)), sizes)) {
            return List.of();
        }
        Optional<List<Term>> byCase = cases.of(v, scope, u -> zero(u, scope));
        if (byCase.isPresent()) {
            return byCase.get();
        }
        List<Term> rest = contents.of(v).rest();
        if (rest.size() == 1 && rest.get(0).isPlain() && !rest.get(0).factors().isEmpty()) {
            // A product is zero where one of its factors is.
            Term only = rest.get(0);
            List<Term> none = algebra.minus(
                    Algebra.one(), integerZero(Ratio.of(only.coefficient().numerator()), scope));
            for (Factor f : only.factors()) {
                none = algebra.times(none, algebra.minus(Algebra.one(), zeroOf(f, scope)));
            }
            List<Term> zero = algebra.minus(Algebra.one(), none);
            return only.factors().size() > 1 ? holding.hold(Identity.ZERO_OF_PRODUCT, zero) : zero;
        }
        return selector(Family.Kind.ZERO, rest, scope);
    }

    private List<Term> integerZero(Ratio r, Domain scope) {
        return r.isConstant() ? List.of() : zero(List.of(Term.of(r)), scope);
    }

    /** {@code [a^p == 0] = [a == 0]}. */
    private List<Term> zeroOf(Factor f, Domain scope) {
        if (Signs.isPositive(f, sizes)) {
            return List.of();
        }
        return f.family().kind() == Family.Kind.POWER
                ? zero(base(f), scope)
                : selector(Family.Kind.ZERO, base(f), scope);
    }

    private List<Term> selector(Family.Kind kind, List<Term> v, Domain scope) {
        Term only = v.get(0);
        if (v.size() == 1
                && only.isPlain()
                && only.factors().isEmpty()
                && only.coefficient().denominators().isEmpty()) {
            // An integer compared with zero is a condition on integers.
            Poly p = only.coefficient().numerator();
            IntExpr e = IntExpr.ZERO;
            boolean whole = true;
            for (var term : p.terms().entrySet()) {
                whole &= term.getValue().getDenominator().equals(BigInteger.ONE);
                e = whole
                        ? e.plus(IntExpr.of(
                                term.getKey(), term.getValue().getNumerator().longValueExact()))
                        : e;
            }
            if (whole) {
                Constraint c = kind == Family.Kind.ZERO ? new Constraint(e, true) : new Constraint(e.minus(1), false);
                return algebra.where(Algebra.one(), List.of(c));
            }
        }
        return List.of(Term.of(families.closure(kind, kind == Family.Kind.ZERO ? "zero" : "positive", v, scope)));
    }

    /** 1 where a value stands in the relation to zero, 0 elsewhere. */
    List<Term> compared(Rel rel, List<Term> gap, Domain scope) {
        List<Term> back = algebra.scaled(gap, BigFraction.of(-1));
        List<Term> one = Algebra.one();
        return switch (rel) {
            case GT -> positive(gap, scope);
            case LT -> positive(back, scope);
            case GE -> algebra.minus(one, positive(back, scope));
            case LE -> algebra.minus(one, positive(gap, scope));
            case EQ -> zero(gap, scope);
            case NE -> algebra.minus(one, zero(gap, scope));
        };
    }
}

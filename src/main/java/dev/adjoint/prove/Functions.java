package dev.adjoint.prove;

import dev.adjoint.expr.Fun;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * Functions and powers of values, in terms of as few functions as can be: exp, log, sin, cos, erf, powers, and the
 * selectors {@code [v > 0]}, {@code [v == 0]}.
 *
 * <ul>
 *   <li>{@code exp(a + b) = exp(a)·exp(b)},  {@code exp(n·a) = exp(a)^n},  {@code exp(n·log(a)) = a^n}
 *   <li>{@code log(exp(a)·b) = a + log(b)},  {@code log(c·b) = log(c) + log(b)} for c > 0,  {@code log1p(a) = log(1+a)}
 *   <li>{@code sigmoid(a) = 1/(1 + exp(−a))},  {@code tanh(a) = 1 − 2/(1 + exp(2a))},  {@code sqrt(a) = a^(1/2)}
 *   <li>{@code relu(a) = a·[a > 0]},  {@code abs(a) = 2·a·[a > 0] − a},  {@code max(a,b) = b + (a−b)·[a−b > 0]}
 *   <li>{@code [a < 0] = 1 − [a > 0] − [a == 0]}
 *   <li>{@code sin(−a) = −sin(a)},  {@code cos(−a) = cos(a)},  {@code erf(−a) = −erf(a)}
 * </ul>
 */
final class Functions {
    private static final BigFraction HALF = BigFraction.of(1, 2);
    private static final BigFraction MINUS_ONE = BigFraction.of(-1);
    /** A power of a sum is written out up to this exponent. */
    private static final int LARGEST_POWER = 6;
    /** Logarithms of integers are split into those of primes below this. */
    private static final int LARGEST_PRIME = 1000;

    private final Algebra algebra;
    private final Families families;
    private final Canon canon;
    private final Domain sizes;

    Functions(Algebra algebra, Families families, Canon canon, Domain sizes) {
        this.algebra = algebra;
        this.families = families;
        this.canon = canon;
        this.sizes = sizes;
    }

    List<Term> apply(Fun fun, List<Term> v, Domain scope) {
        if (fun instanceof Fun.Open) {
            return closure(fun.toString(), v, scope);
        }
        return switch ((Fun.Known) fun) {
            case EXP -> exp(v, scope);
            case LOG -> log(v, scope);
            case LOG1P -> log(algebra.plus(Algebra.one(), v), scope);
            case SQRT -> power(v, HALF, scope);
            case SIGMOID -> power(algebra.plus(Algebra.one(), exp(negated(v), scope)), MINUS_ONE, scope);
            case TANH -> {
                List<Term> square = exp(algebra.scaled(v, BigFraction.of(2)), scope);
                List<Term> fraction = power(algebra.plus(Algebra.one(), square), MINUS_ONE, scope);
                yield algebra.minus(Algebra.one(), algebra.scaled(fraction, BigFraction.of(2)));
            }
            case SIN, ERF -> odd(fun.toString(), v, scope);
            case COS -> v.isEmpty() ? Algebra.one() : closure("cos", isNegative(v) ? negated(v) : v, scope);
            case ABS -> algebra.minus(algebra.scaled(relu(v, scope), BigFraction.of(2)), v);
            case FLOOR -> closure("floor", v, scope);
            case RELU -> relu(v, scope);
        };
    }

    private List<Term> negated(List<Term> v) {
        return algebra.scaled(v, MINUS_ONE);
    }

    private List<Term> closure(String name, List<Term> v, Domain scope) {
        Factor selector = selector(v);
        if (selector != null) {
            return byCase(
                    selector, closure(name, given(v, selector, 1), scope), closure(name, given(v, selector, 0), scope));
        }
        return List.of(Term.of(families.closure(Family.Kind.FUNCTION, name, v, scope)));
    }

    private List<Term> odd(String name, List<Term> v, Domain scope) {
        if (v.isEmpty()) {
            return List.of();
        }
        return isNegative(v) ? negated(closure(name, negated(v), scope)) : closure(name, v, scope);
    }

    private List<Term> relu(List<Term> v, Domain scope) {
        return algebra.times(v, positive(v, scope));
    }

    /** {@code max(a, b)}, or {@code min(a, b) = a − (a−b)·[a−b > 0]}. */
    List<Term> extremum(boolean max, List<Term> a, List<Term> b, Domain scope) {
        List<Term> gap = algebra.minus(a, b);
        List<Term> over = algebra.times(gap, positive(gap, scope));
        return max ? algebra.plus(b, over) : algebra.minus(a, over);
    }

    // ---- exponentials and logarithms

    List<Term> exp(List<Term> v, Domain scope) {
        List<Term> product = Algebra.one();
        for (Term term : v) {
            product = algebra.times(product, exp(term, scope));
        }
        return product;
    }

    private List<Term> exp(Term term, Domain scope) {
        Factor selector = selector(List.of(term));
        if (selector != null) {
            return byCase(selector, exp(given(List.of(term), selector, 1), scope), Algebra.one());
        }
        BigFraction lead = leading(term.coefficient());
        BigFraction whole = BigFraction.of(lead.getNumerator());
        List<Factor> factors = term.factors();
        boolean logarithm = term.isPlain()
                && factors.size() == 1
                && factors.get(0).family().is("log")
                && factors.get(0).power().equals(BigFraction.ONE)
                && term.coefficient().isConstant();
        if (logarithm) {
            return power(families.argument(factors.get(0)), lead, scope);
        }
        Term unit = term.times(whole.reciprocal());
        Factor e = families.closure(Family.Kind.FUNCTION, "exp", List.of(unit), scope);
        return algebra.tidy(Term.of(e.raised(whole)));
    }

    private List<Term> log(List<Term> v, Domain scope) {
        Factor selector = selector(v);
        if (selector != null) {
            return byCase(selector, log(given(v, selector, 1), scope), log(given(v, selector, 0), scope));
        }
        Content content = content(v);
        List<Term> sum = List.of();
        for (Factor e : content.positives()) {
            List<Term> argument = families.argument(e.raised(BigFraction.ONE));
            List<Term> log = e.family().is("exp") ? argument : closure("log", argument, scope);
            sum = algebra.plus(sum, algebra.scaled(log, e.power()));
        }
        BigFraction lead = content.lead();
        List<Term> rest = content.rest();
        if (lead.compareTo(BigFraction.ZERO) > 0) {
            sum = algebra.plus(sum, logarithm(lead));
        } else {
            rest = algebra.scaled(rest, lead);
        }
        if (BigFraction.ONE.equals(Algebra.asNumber(rest))) {
            return sum;
        }
        return algebra.plus(sum, closure("log", rest, scope));
    }

    /** {@code log(p^a·q^b / …) = a·log(p) + b·log(q) − …}. */
    private List<Term> logarithm(BigFraction number) {
        List<Term> sum = new ArrayList<>();
        for (int sign : new int[] {1, -1}) {
            BigInteger left = sign > 0 ? number.getNumerator() : number.getDenominator();
            for (int prime = 2; prime < LARGEST_PRIME && !left.equals(BigInteger.ONE); prime++) {
                int times = 0;
                while (left.mod(BigInteger.valueOf(prime)).signum() == 0) {
                    left = left.divide(BigInteger.valueOf(prime));
                    times++;
                }
                if (times > 0) {
                    sum.add(Term.of(new Factor(families.constant("log " + prime), List.of()))
                            .times(BigFraction.of(sign * times)));
                }
            }
            if (!left.equals(BigInteger.ONE)) {
                sum.add(Term.of(new Factor(families.constant("log " + left), List.of()))
                        .times(BigFraction.of(sign)));
            }
        }
        return algebra.merged(sum);
    }

    // ---- powers

    /** {@code v^e}. */
    List<Term> power(List<Term> v, BigFraction e, Domain scope) {
        boolean whole = e.getDenominator().equals(BigInteger.ONE);
        if (e.equals(BigFraction.ZERO)) {
            return Algebra.one();
        }
        if (whole && e.compareTo(BigFraction.ZERO) > 0 && e.compareTo(BigFraction.of(LARGEST_POWER)) <= 0) {
            List<Term> product = v;
            for (int k = 1; k < e.intValue(); k++) {
                product = algebra.times(product, v);
            }
            return product;
        }
        if (v.isEmpty()) {
            // As everywhere here, 1/0 is 0; that it is not asked for is shown elsewhere.
            return List.of();
        }
        Factor selector = selector(v);
        if (selector != null) {
            return byCase(selector, power(given(v, selector, 1), e, scope), power(given(v, selector, 0), e, scope));
        }
        Content content = content(v);
        List<Term> result = Algebra.one();
        for (Factor f : content.positives()) {
            result = algebra.times(result, List.of(Term.of(f.raised(f.power().multiply(e)))));
        }
        BigFraction lead = content.lead();
        List<Term> rest = content.rest();
        if (whole) {
            result = algebra.scaled(result, lead.pow(e.intValue()));
        } else if (lead.compareTo(BigFraction.ZERO) > 0) {
            result = algebra.times(result, numberPower(lead, e, scope));
        } else {
            rest = algebra.scaled(rest, lead);
        }
        return algebra.times(result, primitivePower(rest, e, whole, scope));
    }

    private List<Term> numberPower(BigFraction number, BigFraction e, Domain scope) {
        if (number.equals(BigFraction.ONE)) {
            return Algebra.one();
        }
        List<Term> product = Algebra.one();
        for (Term log : logarithm(number)) {
            // p^(a·e) = p^⌊a·e⌋ · p^(a·e − ⌊a·e⌋)
            BigFraction power = log.coefficient().constant().multiply(e);
            BigInteger floor = floor(power);
            BigFraction left = power.subtract(BigFraction.of(floor));
            BigInteger prime =
                    new BigInteger(log.factors().get(0).family().name().substring("log ".length()));
            product = algebra.scaled(product, BigFraction.of(prime).pow(floor.intValueExact()));
            if (!left.equals(BigFraction.ZERO)) {
                Factor root =
                        families.closure(Family.Kind.POWER, "power", Algebra.number(BigFraction.of(prime)), scope);
                product = algebra.times(product, List.of(Term.of(root.raised(left))));
            }
        }
        return product;
    }

    private static BigInteger floor(BigFraction value) {
        BigInteger[] parts = value.getNumerator().divideAndRemainder(value.getDenominator());
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private List<Term> primitivePower(List<Term> v, BigFraction e, boolean whole, Domain scope) {
        if (BigFraction.ONE.equals(Algebra.asNumber(v))) {
            return Algebra.one();
        }
        if (v.size() == 1 && v.get(0).isPlain()) {
            Term only = v.get(0);
            if (whole) {
                List<Term> product = List.of(Term.of(raised(only.coefficient(), e.intValue())));
                for (Factor f : only.factors()) {
                    product = algebra.times(
                            product, List.of(Term.of(f.raised(f.power().multiply(e)))));
                }
                return product;
            } else if (only.factors().size() == 1
                    && only.coefficient().equals(Ratio.ONE)
                    && only.factors().get(0).power().equals(BigFraction.ONE)) {
                return List.of(Term.of(only.factors().get(0).raised(e)));
            }
        }
        return algebra.tidy(
                Term.of(families.closure(Family.Kind.POWER, "power", v, scope).raised(e)));
    }

    private static Ratio raised(Ratio ratio, int exponent) {
        Ratio base = exponent < 0 ? ratio.inverse() : ratio;
        Ratio power = Ratio.ONE;
        for (int k = 0; k < Math.abs(exponent); k++) {
            power = power.times(base);
        }
        return power;
    }

    /**
     * {@code v = lead · Π positives · rest}: what is positive whatever the values are, and a rational number that
     * makes the first coefficient of the rest 1.
     */
    private record Content(BigFraction lead, List<Factor> positives, List<Term> rest) {}

    private Content content(List<Term> v) {
        Content first = contentOnce(v);
        if (first.positives().isEmpty()) {
            return first;
        }
        Content next = content(first.rest());
        List<Factor> positives = new ArrayList<>(first.positives());
        positives.addAll(next.positives());
        return new Content(first.lead().multiply(next.lead()), positives, next.rest());
    }

    private Content contentOnce(List<Term> v) {
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
        BigFraction lead = leading(canon.key(rest).sorted().get(0).coefficient());
        return new Content(lead, positives, algebra.scaled(rest, lead.reciprocal()));
    }

    /** The first coefficient of a polynomial, its terms in the order of their texts. */
    private static BigFraction leading(Ratio ratio) {
        return ratio.numerator().terms().entrySet().stream()
                .min(java.util.Comparator.comparing(e -> e.getKey().toString()))
                .orElseThrow()
                .getValue();
    }

    private boolean isNegative(List<Term> v) {
        return leading(canon.key(v).sorted().get(0).coefficient()).compareTo(BigFraction.ZERO) < 0;
    }

    /** Whether the selectors of the value speak of the negated value. */
    boolean isTurned(List<Term> v) {
        return !v.isEmpty() && content(v).lead().compareTo(BigFraction.ZERO) < 0;
    }

    // ---- selectors

    /** {@code [v > 0]}. */
    List<Term> positive(List<Term> v, Domain scope) {
        if (v.isEmpty() || Signs.isPositive(negated(v), sizes)) {
            return List.of();
        }
        if (Signs.isPositive(v, sizes)) {
            return Algebra.one();
        }
        Factor selector = selector(v);
        if (selector != null) {
            return byCase(selector, positive(given(v, selector, 1), scope), positive(given(v, selector, 0), scope));
        }
        Content content = content(v);
        List<Term> magnitude = magnitude(content.rest(), scope);
        if (magnitude != null) {
            return content.lead().compareTo(BigFraction.ZERO) > 0 ? magnitude : List.of();
        }
        List<Term> over = selector(Family.Kind.POSITIVE, content.rest(), scope);
        if (content.lead().compareTo(BigFraction.ZERO) > 0) {
            return over;
        }
        List<Term> rest = algebra.minus(Algebra.one(), over);
        return algebra.minus(rest, selector(Family.Kind.ZERO, content.rest(), scope));
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

    /** {@code [v == 0]}. */
    List<Term> zero(List<Term> v, Domain scope) {
        if (v.isEmpty()) {
            return Algebra.one();
        }
        if (Signs.isPositive(v, sizes) || Signs.isPositive(negated(v), sizes)) {
            return List.of();
        }
        Factor selector = selector(v);
        if (selector != null) {
            return byCase(selector, zero(given(v, selector, 1), scope), zero(given(v, selector, 0), scope));
        }
        List<Term> rest = content(v).rest();
        if (rest.size() == 1 && rest.get(0).isPlain() && !rest.get(0).factors().isEmpty()) {
            // A product is zero where one of its factors is.
            Term only = rest.get(0);
            List<Term> none = algebra.minus(
                    Algebra.one(), integerZero(Ratio.of(only.coefficient().numerator()), scope));
            for (Factor f : only.factors()) {
                none = algebra.times(none, algebra.minus(Algebra.one(), zeroOf(f, scope)));
            }
            return algebra.minus(Algebra.one(), none);
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
                ? zero(families.argument(f), scope)
                : selector(Family.Kind.ZERO, List.of(Term.of(f.raised(BigFraction.ONE))), scope);
    }

    /** A selector in the value, {@code v = s·v₁ + (1−s)·v₀}, that no sum holds; null if there is none. */
    private static @Nullable Factor selector(List<Term> v) {
        for (Term term : v) {
            if (term.isPlain()) {
                for (Factor f : term.factors()) {
                    if (f.family().isSelector()) {
                        return f;
                    }
                }
            }
        }
        return null;
    }

    /** The value where a selector is 1 or 0. */
    List<Term> given(List<Term> v, Factor selector, int value) {
        List<Term> given = new ArrayList<>();
        for (Term term : v) {
            List<Factor> factors = new ArrayList<>(term.factors());
            boolean held = factors.removeIf(selector::sameEntry);
            if (!held || value == 1) {
                given.addAll(algebra.tidy(term.withFactors(factors)));
            }
        }
        return algebra.merged(given);
    }

    private List<Term> byCase(Factor selector, List<Term> one, List<Term> zero) {
        List<Term> s = List.of(Term.of(selector));
        return algebra.plus(zero, algebra.times(s, algebra.minus(one, zero)));
    }

    /** The same entry of a family, made anew: where indices have become equal, its argument may be simpler. */
    List<Term> again(Factor f, Domain scope) {
        List<Term> v = families.argument(f);
        return switch (f.family().kind()) {
            case POSITIVE -> positive(v, scope);
            case ZERO -> zero(v, scope);
            case POWER -> power(v, f.power(), scope);
            case FUNCTION -> {
                List<Term> value = f.family().is("exp")
                        ? exp(v, scope)
                        : f.family().is("log")
                                ? log(v, scope)
                                : closure(f.family().name(), v, scope);
                yield power(value, f.power(), scope);
            }
            case ENTRY, POSITION, PRODUCT -> List.of(Term.of(f));
        };
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
                e = whole ? e.plus(IntExpr.of(term.getKey(), term.getValue().longValue())) : e;
            }
            if (whole) {
                Constraint c = kind == Family.Kind.ZERO ? new Constraint(e, true) : new Constraint(e.minus(1), false);
                return algebra.where(Algebra.one(), List.of(c));
            }
        }
        return List.of(Term.of(families.closure(kind, kind == Family.Kind.ZERO ? "zero" : "positive", v, scope)));
    }
}

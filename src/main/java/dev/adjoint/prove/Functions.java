package dev.adjoint.prove;

import dev.adjoint.expr.Fun;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Functions and powers of values, in terms of as few functions as can be: exp, log, sin, cos, erf, powers, and the
 * selectors {@code [v > 0]}, {@code [v == 0]}.
 *
 * <ul>
 *   <li>{@code exp(a + b) = exp(a)·exp(b)},  {@code exp(n·a) = exp(a)^n},  {@code exp(n·log(a)) = a^n}
 *   <li>{@code log(exp(a)·b) = a + log(b)},  {@code log(c·b) = log(c) + log(b)} for c > 0,  {@code log1p(a) = log(1+a)},
 *       {@code log(1/a) = −log(a)}
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
    /** Of powers beyond this nothing is said. */
    private static final int LARGEST_EXPONENT = 1000;
    /** Logarithms of integers are split into those of primes below this. */
    private static final int LARGEST_PRIME = 1000;

    private final Algebra algebra;
    private final Families families;
    private final Contents contents;
    private final Selectors selectors;
    private final Cases cases;
    private final Identity.Holding holding;

    Functions(
            Algebra algebra,
            Families families,
            Contents contents,
            Selectors selectors,
            Cases cases,
            Identity.Holding holding) {
        this.holding = holding;
        this.algebra = algebra;
        this.families = families;
        this.contents = contents;
        this.selectors = selectors;
        this.cases = cases;
    }

    List<Term> apply(Fun fun, List<Term> v, Domain scope) {
        if (fun instanceof Fun.Open) {
            return closure(fun.toString(), v, scope);
        }
        return switch ((Fun.Known) fun) {
            case EXP -> exp(v, scope);
            case LOG -> log(v, scope);
            case LOG1P -> holding.hold(Identity.LOG1P, log(algebra.plus(Algebra.one(), v), scope));
            case SQRT -> holding.hold(Identity.SQUARE_ROOT, power(v, HALF, scope));
            case SIGMOID ->
                holding.hold(
                        Identity.SIGMOID, power(algebra.plus(Algebra.one(), exp(negated(v), scope)), MINUS_ONE, scope));
            case TANH -> {
                List<Term> square = exp(algebra.scaled(v, BigFraction.of(2)), scope);
                List<Term> fraction = power(algebra.plus(Algebra.one(), square), MINUS_ONE, scope);
                yield holding.hold(
                        Identity.TANH, algebra.minus(Algebra.one(), algebra.scaled(fraction, BigFraction.of(2))));
            }
            case SIN, ERF -> odd(fun.toString(), v, scope);
            case COS ->
                v.isEmpty()
                        ? Algebra.one()
                        : contents.isNegative(v)
                                ? holding.hold(Identity.EVEN, closure("cos", negated(v), scope))
                                : closure("cos", v, scope);
            case ABS ->
                holding.hold(Identity.ABSOLUTE, algebra.minus(algebra.scaled(relu(v, scope), BigFraction.of(2)), v));
            case FLOOR -> closure("floor", v, scope);
            case RELU -> relu(v, scope);
        };
    }

    private List<Term> negated(List<Term> v) {
        return algebra.scaled(v, MINUS_ONE);
    }

    private List<Term> closure(String name, List<Term> v, Domain scope) {
        return cases.of(v, scope, u -> closure(name, u, scope)).orElseGet(() -> whole(name, v, scope));
    }

    private List<Term> whole(String name, List<Term> v, Domain scope) {
        return List.of(Term.of(families.closure(Family.Kind.FUNCTION, name, v, scope)));
    }

    private List<Term> odd(String name, List<Term> v, Domain scope) {
        if (v.isEmpty()) {
            return List.of();
        }
        return contents.isNegative(v)
                ? holding.hold(Identity.ODD, negated(closure(name, negated(v), scope)))
                : closure(name, v, scope);
    }

    private List<Term> relu(List<Term> v, Domain scope) {
        return holding.hold(Identity.RELU, algebra.times(v, selectors.positive(v, scope)));
    }

    /** {@code max(a, b)}, or {@code min(a, b) = a − (a−b)·[a−b > 0]}. */
    List<Term> extremum(boolean max, List<Term> a, List<Term> b, Domain scope) {
        List<Term> gap = algebra.minus(a, b);
        List<Term> over = algebra.times(gap, selectors.positive(gap, scope));
        return holding.hold(Identity.EXTREMUM, max ? algebra.plus(b, over) : algebra.minus(a, over));
    }

    // ---- exponentials and logarithms

    List<Term> exp(List<Term> v, Domain scope) {
        List<Term> product = Algebra.one();
        for (Term term : v) {
            product = algebra.times(product, exp(term, scope));
        }
        return v.size() > 1 ? holding.hold(Identity.EXPONENTIAL_OF_SUM, product) : product;
    }

    private List<Term> exp(Term term, Domain scope) {
        Optional<List<Term>> byCase = cases.of(List.of(term), scope, v -> exp(v, scope));
        if (byCase.isPresent()) {
            return byCase.get();
        }
        BigFraction lead = Contents.leading(term.coefficient());
        BigFraction whole = BigFraction.of(lead.getNumerator());
        List<Factor> factors = term.factors();
        boolean logarithm = term.isPlain()
                && factors.size() == 1
                && factors.get(0).family().is("log")
                && factors.get(0).power().equals(BigFraction.ONE)
                && term.coefficient().isConstant();
        if (logarithm) {
            return holding.hold(
                    Identity.EXPONENTIAL_OF_LOGARITHM, power(families.argument(factors.get(0)), lead, scope));
        }
        Term unit = term.times(whole.reciprocal());
        Factor e = families.closure(Family.Kind.FUNCTION, "exp", List.of(unit), scope);
        return algebra.tidy(Term.of(e.raised(whole)));
    }

    private List<Term> log(List<Term> v, Domain scope) {
        Optional<List<Term>> byCase = cases.of(v, scope, u -> log(u, scope));
        if (byCase.isPresent()) {
            return byCase.get();
        }
        Contents.Content content = contents.of(v);
        List<Term> sum = List.of();
        for (Factor e : content.positives()) {
            List<Term> argument = families.argument(e.raised(BigFraction.ONE));
            List<Term> log = e.family().is("exp") ? argument : closure("log", argument, scope);
            sum = algebra.plus(sum, holding.hold(Identity.LOGARITHM_OF_PRODUCT, algebra.scaled(log, e.power())));
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
        List<Term> inverse = inverse(rest);
        return inverse.isEmpty()
                ? algebra.plus(sum, closure("log", rest, scope))
                : algebra.plus(
                        sum, holding.hold(Identity.LOGARITHM_OF_INVERSE, negated(closure("log", inverse, scope))));
    }

    /** {@code 1/v} of a product whose first factor is divided by; empty for another value. */
    private static List<Term> inverse(List<Term> v) {
        boolean product = v.size() == 1
                && v.get(0).isPlain()
                && v.get(0).coefficient().equals(Ratio.ONE)
                && v.get(0).factors().stream().allMatch(Factor::isWhole);
        if (!product) {
            return List.of();
        }
        List<Factor> factors = v.get(0).factors();
        boolean divided = factors.stream()
                .min(Comparator.comparingInt((Factor f) -> f.family().id())
                        .thenComparing(f -> f.index().toString()))
                .filter(f -> f.power().compareTo(BigFraction.ZERO) < 0)
                .isPresent();
        return divided
                ? List.of(v.get(0)
                        .withFactors(factors.stream()
                                .map(f -> f.raised(f.power().negate()))
                                .toList()))
                : List.of();
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

    /** {@code a^b = exp(b·log(a))} for a > 0; else a function of both. */
    List<Term> power(List<Term> a, List<Term> b, Domain scope) {
        if (BigFraction.ONE.equals(Algebra.asNumber(selectors.positive(a, scope)))) {
            return exp(algebra.times(b, log(a, scope)), scope);
        }
        List<Term> both = List.of();
        for (int k = 0; k < 2; k++) {
            Factor place = new Factor(families.probe(1), List.of(IntExpr.of(k)));
            both = algebra.plus(both, algebra.times(k == 0 ? a : b, List.of(Term.of(place))));
        }
        return closure("^", both, scope);
    }

    /** {@code v^e}. */
    List<Term> power(List<Term> v, BigFraction e, Domain scope) {
        if (e.abs().compareTo(BigFraction.of(LARGEST_EXPONENT)) > 0) {
            throw new Undecided("an exponent of " + e);
        }
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
        Optional<List<Term>> byCase = cases.of(v, scope, u -> power(u, e, scope));
        if (byCase.isPresent()) {
            return byCase.get();
        }
        Contents.Content content = contents.of(v);
        List<Term> result = Algebra.one();
        for (Factor f : content.positives()) {
            List<Term> raised = List.of(Term.of(f.raised(f.power().multiply(e))));
            result = algebra.times(result, holding.hold(Identity.POWER_OF_PRODUCT, raised));
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
        if (!whole && rest.size() == 1 && rest.get(0).isPlain()) {
            for (Factor f : rest.get(0).factors()) {
                BigFraction power = f.power().multiply(e);
                boolean even = f.isWhole() && !f.power().getNumerator().testBit(0);
                if (even && power.getDenominator().equals(BigInteger.ONE)) {
                    List<Factor> others = new ArrayList<>(rest.get(0).factors());
                    others.remove(f);
                    List<Term> left = power(List.of(rest.get(0).withFactors(others)), e, scope);
                    return algebra.times(result, algebra.times(root(f, power, scope), left));
                }
            }
        }
        return algebra.times(result, primitivePower(rest, e, whole, scope));
    }

    /** {@code |a|^n} where {@code (a^2)^(n/2)} stands. */
    private List<Term> root(Factor square, BigFraction n, Domain scope) {
        List<Term> base = List.of(Term.of(square.raised(BigFraction.ONE)));
        List<Term> power = power(base, n, scope);
        if (!n.getNumerator().testBit(0)) {
            return power;
        }
        List<Term> sign = algebra.minus(selectors.positive(base, scope), selectors.positive(negated(base), scope));
        return holding.hold(Identity.ROOT_OF_SQUARE, algebra.times(sign, power));
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
        List<Term> apart = v.size() == 1 ? Independence.of(v.get(0)) : v;
        if (v.size() == 1
                && apart.size() > 1
                && !v.get(0).isPlain()
                && (whole || apart.stream().allMatch(part -> selectors.isNotNegative(List.of(part))))) {
            List<Term> product = Algebra.one();
            for (Term part : apart) {
                product = algebra.times(product, power(List.of(part), e, scope));
            }
            return holding.hold(Identity.POWER_OF_PRODUCT, product);
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

    /** The same entry of a family, made anew: where indices have become equal, its argument may be simpler. */
    List<Term> again(Factor f, Domain scope) {
        List<Term> v = families.argument(f);
        return switch (f.family().kind()) {
            case POSITIVE -> selectors.positive(v, scope);
            case ZERO -> selectors.zero(v, scope);
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
}

package dev.adjoint.prove;

import dev.adjoint.index.Domain;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * The laws of products of two entries of families at the same place:
 *
 * <ul>
 *   <li>{@code a^p · a^q = a^(p+q)} for {@code p + q ≠ 0},  {@code a^p · a^−p = 1 − [a == 0]}
 *   <li>{@code [v > 0]·[v > 0] = [v > 0]},  {@code [v == 0]·[v == 0] = [v == 0]},  {@code [v > 0]·[v == 0] = 0}
 *   <li>{@code a^−n·[a == 0] = 0}
 *   <li>{@code (c·a + r)·[c·a + r == 0] = 0}, so {@code a·[v == 0] = −r/c·[v == 0]}
 *   <li>{@code a·v^−n = (v·v^−n − r·v^−n) / c} for an exponential {@code a} and {@code v = c·a + r}
 *   <li>{@code cos(u)^2 = 1 − sin(u)^2}
 *   <li>a value that was kept whole is written out where its power is 1 or more
 * </ul>
 *
 * <p>All of them are identities of total functions, {@code 1/0} being 0: where a formula is guarded against a zero, they
 * say no more than the formula does.
 */
final class Products {
    private static final BigFraction TWO = BigFraction.of(2);

    private final Families families;
    private final Canon canon;
    private final Budget budget;
    private final Domain sizes;
    private final UnaryOperator<List<Term>> zero;
    private final Identity.Holding holding;

    /** @param zero the selector {@code [v == 0]} of a value */
    Products(
            Families families,
            Canon canon,
            Budget budget,
            Domain sizes,
            UnaryOperator<List<Term>> zero,
            Identity.Holding holding) {
        this.holding = holding;
        this.families = families;
        this.canon = canon;
        this.budget = budget;
        this.sizes = sizes;
        this.zero = zero;
    }

    /** The term with its laws applied until none applies. */
    List<Term> of(Term term, Algebra algebra) {
        budget.spend(1);
        List<Factor> factors = term.factors();
        for (int i = 0; i < factors.size(); i++) {
            Optional<List<Term>> single = single(factors.get(i));
            if (single.isPresent()) {
                return replaced(term, List.of(i), single.get(), algebra);
            }
            for (int j = 0; j < factors.size(); j++) {
                if (i == j) {
                    continue;
                }
                Optional<Law> law = law(factors.get(i), factors.get(j));
                if (law.isPresent() && law.get().sameHere()) {
                    return replaced(term, List.of(i, j), law.get().product(), algebra);
                }
            }
        }
        return List.of(term);
    }

    private static List<Term> replaced(Term term, List<Integer> gone, List<Term> by, Algebra algebra) {
        List<Factor> kept = new ArrayList<>();
        for (int k = 0; k < term.factors().size(); k++) {
            if (!gone.contains(k)) {
                kept.add(term.factors().get(k));
            }
        }
        List<Term> rest = new ArrayList<>();
        for (Term factor : by) {
            List<Factor> all = new ArrayList<>(kept);
            all.addAll(factor.factors());
            List<dev.adjoint.index.Constraint> where = new ArrayList<>(term.where());
            where.addAll(factor.where());
            List<String> bound = new ArrayList<>(term.bound());
            bound.addAll(factor.bound());
            rest.addAll(algebra.tidy(new Term(term.coefficient().times(factor.coefficient()), all, where, bound)));
        }
        return algebra.merged(rest);
    }

    /** What one factor is by itself. */
    private Optional<List<Term>> single(Factor f) {
        if (f.power().equals(BigFraction.ZERO)) {
            return Optional.of(Algebra.one());
        }
        BigFraction number = f.family().kind() == Family.Kind.POWER
                ? Algebra.asNumber(f.family().argument())
                : null;
        if (number != null) {
            return numberPower(f, number).map(v -> holding.hold(Identity.NUMBER_POWER, v));
        }
        if (f.family().kind() == Family.Kind.POWER && f.power().compareTo(BigFraction.ONE) >= 0) {
            List<Term> whole = holding.hold(Identity.POWER_WRITTEN_OUT, families.argument(f));
            BigFraction left = f.power().subtract(BigFraction.ONE);
            return Optional.of(left.equals(BigFraction.ZERO) ? whole : withFactor(whole, f.raised(left)));
        }
        if (f.family().is("cos") && f.power().compareTo(TWO) >= 0) {
            Factor sine = families.closure(Family.Kind.FUNCTION, "sin", families.argument(f), Domain.ALL);
            List<Term> square = holding.hold(
                    Identity.COSINE_SQUARED,
                    List.of(Term.of(Ratio.ONE), Term.of(sine.raised(TWO)).times(BigFraction.of(-1))));
            return Optional.of(withFactor(square, f.raised(f.power().subtract(TWO))));
        }
        return Optional.empty();
    }

    /** {@code c^(n+f) = c^n·c^f} for {@code 0 ≤ f < 1}. */
    private static Optional<List<Term>> numberPower(Factor f, BigFraction number) {
        BigInteger[] parts =
                f.power().getNumerator().divideAndRemainder(f.power().getDenominator());
        BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        if (floor.signum() == 0) {
            return Optional.empty();
        }
        List<Term> whole = List.of(Term.of(Ratio.of(number.pow(floor.intValueExact()))));
        return Optional.of(withFactor(whole, f.raised(f.power().subtract(BigFraction.of(floor)))));
    }

    private static List<Term> withFactor(List<Term> value, Factor f) {
        if (f.power().equals(BigFraction.ZERO)) {
            return value;
        }
        List<Term> result = new ArrayList<>();
        for (Term term : value) {
            List<Factor> factors = new ArrayList<>(term.factors());
            factors.add(f);
            result.add(term.withFactors(factors));
        }
        return result;
    }

    /**
     * A law that holds for two factors where the indices of the first entry equal those of the second.
     *
     * @param left the place of one of them, right that of the other
     * @param product what their product is there
     */
    record Law(List<dev.adjoint.index.IntExpr> left, List<dev.adjoint.index.IntExpr> right, List<Term> product) {
        boolean sameHere() {
            return left.equals(right);
        }
    }

    /** How two factors act on each other, if they do at all. */
    Optional<Law> law(Factor a, Factor b) {
        if (a.family() == b.family()) {
            return Optional.of(new Law(a.index(), b.index(), holding.hold(Identity.EQUAL_FACTORS, sameFamily(a, b))));
        }
        Family.Kind kind = a.family().kind();
        if (kind == Family.Kind.POSITIVE && b.family().kind() == Family.Kind.ZERO && sameArgument(a, b)) {
            return Optional.of(new Law(a.index(), b.index(), holding.hold(Identity.POSITIVE_AND_ZERO, List.of())));
        }
        if (kind == Family.Kind.ZERO) {
            return b.power().compareTo(BigFraction.ZERO) > 0 ? vanishing(a, b) : inverse(a, b);
        }
        if (kind == Family.Kind.POWER
                && b.family().is("exp")
                && b.isWhole()
                && a.isWhole()
                && a.power().compareTo(BigFraction.ZERO) < 0) {
            return division(a, b);
        }
        return Optional.empty();
    }

    private List<Term> sameFamily(Factor a, Factor b) {
        if (a.family().isSelector()) {
            return List.of(Term.of(a.raised(BigFraction.ONE)));
        }
        BigFraction power = a.power().add(b.power());
        if (!power.equals(BigFraction.ZERO)) {
            return List.of(Term.of(a.raised(power)));
        }
        if (Signs.isPositive(a.raised(BigFraction.ONE), sizes)) {
            return Algebra.one();
        }
        List<Term> base = a.family().kind() == Family.Kind.POWER
                ? families.argument(a)
                : List.of(Term.of(a.raised(BigFraction.ONE)));
        List<Term> result = new ArrayList<>(Algebra.one());
        zero.apply(base).forEach(t -> result.add(t.times(BigFraction.of(-1))));
        return result;
    }

    /** {@code a^−n·[a == 0] = 0}. */
    private Optional<Law> inverse(Factor zero, Factor b) {
        if (b.family().kind() == Family.Kind.POWER && sameArgument(zero, b)) {
            return Optional.of(new Law(zero.index(), b.index(), holding.hold(Identity.INVERSE_AT_ZERO, List.of())));
        }
        List<Term> value = families.argument(zero);
        boolean single = value.size() == 1
                && value.get(0).isPlain()
                && value.get(0).factors().size() == 1
                && value.get(0).factors().get(0).family() == b.family();
        return single
                ? Optional.of(new Law(
                        value.get(0).factors().get(0).index(),
                        b.index(),
                        holding.hold(Identity.INVERSE_AT_ZERO, List.of())))
                : Optional.empty();
    }

    private boolean sameArgument(Factor a, Factor b) {
        Canon.Key left = canon.key(a.family().argument());
        Canon.Key right = canon.key(b.family().argument());
        return left.text().equals(right.text()) && left.parameters().equals(right.parameters());
    }

    /** {@code a·[c·a + r == 0] = −r/c·[…]}. */
    private Optional<Law> vanishing(Factor zero, Factor b) {
        List<Term> value = families.argument(zero);
        Optional<Term> lead = lead(value, false);
        if (lead.isEmpty() || lead.get().factors().get(0).family() != b.family()) {
            return Optional.empty();
        }
        Factor leading = lead.get().factors().get(0);
        if (b.power().compareTo(leading.power()) < 0) {
            return Optional.empty();
        }
        List<Term> product = new ArrayList<>();
        BigFraction factor = lead.get().coefficient().constant().reciprocal().negate();
        for (Term term : value) {
            if (term != lead.get()) {
                product.add(term.times(factor));
            }
        }
        product = withFactor(withFactor(product, zero), b.raised(b.power().subtract(leading.power())));
        return Optional.of(new Law(leading.index(), b.index(), holding.hold(Identity.SOLVED_AT_ZERO, product)));
    }

    /** {@code a·v^−n = (v·v^−n − r·v^−n) / c}, where {@code v = c·a + r}; for n = 1 the first is {@code 1 − [v == 0]}. */
    private Optional<Law> division(Factor whole, Factor b) {
        List<Term> value = families.argument(whole);
        Optional<Term> lead = lead(value, true);
        if (lead.isEmpty() || lead.get().factors().get(0).family() != b.family()) {
            return Optional.empty();
        }
        Factor leading = lead.get().factors().get(0);
        if (b.power().compareTo(leading.power()) < 0) {
            return Optional.empty();
        }
        BigFraction factor = lead.get().coefficient().constant().reciprocal();
        List<Term> rest = new ArrayList<>();
        for (Term term : value) {
            if (term != lead.get()) {
                rest.add(term.times(factor.negate()));
            }
        }
        List<Term> product = new ArrayList<>(withFactor(rest, whole));
        sameFamily(whole, whole.raised(BigFraction.ONE)).forEach(t -> product.add(t.times(factor)));
        BigFraction left = b.power().subtract(leading.power());
        List<Term> divided = withFactor(product, b.raised(left));
        return Optional.of(new Law(leading.index(), b.index(), holding.hold(Identity.EXPONENTIAL_DIVIDED, divided)));
    }

    /** The largest term that is a number times one factor, none of the terms being a sum or conditional. */
    private Optional<Term> lead(List<Term> value, boolean exponential) {
        Term best = null;
        for (Term term : value) {
            if (!term.isPlain()) {
                return Optional.empty();
            }
            if (term.factors().size() == 1
                    && term.coefficient().isConstant()
                    && term.factors().get(0).isWhole()
                    && term.factors().get(0).power().compareTo(BigFraction.ZERO) > 0
                    && (!exponential || term.factors().get(0).family().is("exp"))
                    && (best == null || order(best, term) < 0)) {
                best = term;
            }
        }
        return Optional.ofNullable(best);
    }

    private int order(Term left, Term right) {
        Factor a = left.factors().get(0);
        Factor b = right.factors().get(0);
        if (a.family() != b.family()) {
            return Integer.compare(a.family().id(), b.family().id());
        }
        int byPower = a.power().compareTo(b.power());
        return byPower != 0 ? byPower : canon.factorsKey(left).compareTo(canon.factorsKey(right));
    }
}

package dev.adjoint.derive;

import dev.adjoint.derive.Rule.Rewrite;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Expr.Num;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * The laws that bring each Kronecker delta next to the sum that it can be eliminated from: a sum of terms, each of them
 * {@code sum[…]([conditions] * factors)}. They touch only what holds a Kronecker delta, so that the rest of a formula
 * stays as its author wrote it.
 */
final class SumRules {
    /** In the order in which they are tried. */
    static final List<Rule> GATHER = List.of(
            new Rule("sums come out of a product", "a * sum[i](b) = sum[i](a * b)", SumRules::pullSum),
            new Rule("distributivity", "a * (b + c) = a * b + a * c", SumRules::distribute),
            new Rule("a sum of sums", "sum[i](a + b) = sum[i](a) + sum[i](b)", SumRules::splitSum),
            new Rule("cases as factors", "(p ? a : b) = [p] * a + [!p] * b", SumRules::cases));

    /** What does not depend on the indices of a sum stands before it. */
    static final List<Rule> FACTOR = List.of(
            new Rule("common factor", "sum[i](c * a) = c * sum[i](a)", SumRules::factorOut),
            new Rule("like terms", "a + a = 2 * a", SumRules::likeTerms),
            new Rule("like divisors", "1/a^m * 1/a^n = 1/a^(m+n)", SumRules::likeDivisors));

    private SumRules() {}

    private static Optional<Rewrite> pullSum(Expr e, Scope scope) {
        if (!(e instanceof Expr.Mul m)) {
            return Optional.empty();
        }
        for (int k = 0; k < m.factors().size(); k++) {
            if (Terms.isSum(m.factors().get(k))
                    && Terms.holdsKronecker(m.factors().get(k))) {
                List<Expr> factors = new ArrayList<>(m.factors());
                Expr.Reduce sum = (Expr.Reduce) factors.remove(k);
                List<String> bound = Terms.names(sum.ranges());
                if (Variables.of(Exprs.mul(factors)).stream().anyMatch(bound::contains)) {
                    sum = (Expr.Reduce) Alpha.apart(sum, scope.taken());
                }
                factors.add(k, sum.body());
                return Rewrite.to(Exprs.sum(sum.ranges(), Exprs.mul(factors)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Rewrite> distribute(Expr e, Scope scope) {
        if (!(e instanceof Expr.Mul m)) {
            return Optional.empty();
        }
        for (int k = 0; k < m.factors().size(); k++) {
            if (m.factors().get(k) instanceof Expr.Add a && Terms.holdsKronecker(a)) {
                List<Expr> terms = new ArrayList<>();
                for (Expr term : a.terms()) {
                    List<Expr> factors = new ArrayList<>(m.factors());
                    factors.set(k, term);
                    terms.add(Exprs.mul(factors));
                }
                return Rewrite.to(Exprs.add(terms));
            }
        }
        return Optional.empty();
    }

    private static Optional<Rewrite> splitSum(Expr e, Scope scope) {
        if (Terms.isSum(e) && ((Expr.Reduce) e).body() instanceof Expr.Add a && Terms.holdsKronecker(a)) {
            List<Range> ranges = ((Expr.Reduce) e).ranges();
            return Rewrite.to(
                    Exprs.add(a.terms().stream().map(t -> Exprs.sum(ranges, t)).toList()));
        }
        return Optional.empty();
    }

    private static Optional<Rewrite> cases(Expr e, Scope scope) {
        if (!(e instanceof Expr.Select s) || !Terms.holdsKronecker(s)) {
            return Optional.empty();
        }
        Expr then = Exprs.mul(Exprs.iverson(s.cond()), s.then());
        Expr otherwise = Exprs.mul(Exprs.iverson(Cond.not(s.cond())), s.otherwise());
        return Rewrite.to(Exprs.add(then, otherwise));
    }

    private static Optional<Rewrite> factorOut(Expr e, Scope scope) {
        if (!Terms.isSum(e)) {
            return Optional.empty();
        }
        Expr.Reduce sum = (Expr.Reduce) e;
        Set<String> bound = new java.util.LinkedHashSet<>(Terms.names(sum.ranges()));
        List<Expr> outside = new ArrayList<>();
        List<Expr> inside = new ArrayList<>();
        for (Expr factor : Terms.factors(sum.body())) {
            boolean free = Variables.of(factor).stream().noneMatch(bound::contains);
            // An empty sum is 0 whatever its terms: what may be undefined comes out of a sum that has terms only.
            (free && (Terms.isTotal(factor) || isNonEmpty(sum.ranges(), scope)) ? outside : inside).add(factor);
        }
        if (outside.isEmpty() || inside.isEmpty()) {
            return Optional.empty();
        }
        if (outside.stream().anyMatch(f -> !readsInside(f, scope))) {
            return Optional.empty();
        }
        outside.add(Exprs.sum(sum.ranges(), Exprs.mul(inside)));
        return Rewrite.to(Exprs.mul(outside));
    }

    private static boolean isNonEmpty(List<Range> ranges, Scope scope) {
        return ranges.stream().allMatch(r -> scope.implies(Cond.ints(Rel.LT, r.lo(), r.hi())));
    }

    private static boolean readsInside(Expr e, Scope scope) {
        return new Guards(scope).allInside(e);
    }

    private static Optional<Rewrite> likeTerms(Expr e, Scope scope) {
        if (!(e instanceof Expr.Add a)) {
            return Optional.empty();
        }
        Map<Expr, Integer> counts = new LinkedHashMap<>();
        a.terms().forEach(t -> counts.merge(t, 1, Integer::sum));
        if (counts.size() == a.terms().size()) {
            return Optional.empty();
        }
        List<Expr> terms = new ArrayList<>();
        counts.forEach((term, count) -> terms.add(Exprs.mul(Num.of(count), term)));
        return Rewrite.to(Exprs.add(terms));
    }

    private static Optional<Rewrite> likeDivisors(Expr e, Scope scope) {
        if (!(e instanceof Expr.Mul m)) {
            return Optional.empty();
        }
        Map<Expr, BigFraction> exponents = new LinkedHashMap<>();
        List<Expr> factors = new ArrayList<>();
        int divisors = 0;
        for (Expr factor : m.factors()) {
            if (factor instanceof Expr.Pow p
                    && p.exponent() instanceof Num n
                    && n.value().signum() < 0) {
                exponents.merge(p.base(), n.value(), BigFraction::add);
                divisors++;
            } else {
                factors.add(factor);
            }
        }
        if (exponents.size() == divisors) {
            return Optional.empty();
        }
        exponents.forEach((base, exponent) -> factors.add(new Expr.Pow(base, new Num(exponent, null))));
        return Rewrite.to(Exprs.mul(factors));
    }
}

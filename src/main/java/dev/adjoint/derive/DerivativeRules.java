package dev.adjoint.derive;

import dev.adjoint.derive.Rule.Rewrite;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Expr.Deriv;
import dev.adjoint.expr.Expr.Num;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Substitution;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The laws that push a derivative {@code d(e) = d(e)/d(T[q])} from the root of an expression to its leaves, one level a
 * step. Below, {@code c} stands for what does not depend on T.
 */
final class DerivativeRules {
    private static final Num HALF = Num.of(1, 2);

    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            rule("constant", "d(c) = 0", DerivativeRules::constant),
            rule("entry", "d(T[a]) / d(T[q]) = [a == q]", DerivativeRules::entry),
            rule("sum rule", "d(a + b) = d(a) + d(b)", DerivativeRules::sum),
            rule("linearity", "d(c * a) = c * d(a)", DerivativeRules::linearity),
            rule("product rule", "d(a * b) = d(a) * b + a * d(b)", DerivativeRules::product),
            rule("linearity of sums", "d(sum[i](a)) = sum[i](d(a))", DerivativeRules::reduceSum),
            rule(
                    "derivative of a product",
                    "d(prod[i](a)) = sum[j](d(a[j]) * prod[i](i == j ? 1 : a))",
                    DerivativeRules::reduceProd),
            rule(
                    "routing to the winner",
                    "d(max[i](a)) = sum[j]([argmax[i](a) == j] * d(a[j]))",
                    DerivativeRules::reduceMax),
            rule("power rule", "d(a ^ c) = c * a^(c-1) * d(a), 0 where c is 0", DerivativeRules::power),
            rule(
                    "exponential rule",
                    "d(a ^ b) = [b != 0] * b * a^(b-1) * d(a) + [a != 0] * a^b * log(a) * d(b)",
                    DerivativeRules::exponential),
            rule("norm", "d(sqrt(s)) = [s != 0] * d(s) / (2 * sqrt(s)), s a sum of squares", DerivativeRules::norm),
            rule("chain rule", "d(f(a)) = f'(a) * d(a)", DerivativeRules::chain),
            rule(
                    "maximum of two",
                    "d(max(a, b)) = (a > b ? 1 : a == b ? 1/2 : 0) * d(a) + (b > a ? 1 : a == b ? 1/2 : 0) * d(b)",
                    DerivativeRules::extremum),
            rule("cases", "d(p ? a : b) = p ? d(a) : d(b)", DerivativeRules::select));

    private DerivativeRules() {}

    /** A law about a derivative node. */
    private static Rule rule(String name, String law, BiFunction<Deriv, Scope, Optional<Expr>> application) {
        return new Rule(
                name,
                law,
                (node, scope) -> node instanceof Deriv d && !(d.arg() instanceof Deriv)
                        ? application.apply(d, scope).map(result -> new Rewrite(result, ""))
                        : Optional.empty());
    }

    /** {@code d(e)} for another expression. */
    private static Deriv d(Deriv like, Expr e) {
        return new Deriv(e, like.ref(), like.index());
    }

    private static boolean depends(Deriv d, Expr e) {
        return Terms.reads(e, d.ref());
    }

    /** What reads T only in a condition, an integer, an index or under {@code stop} is constant too. */
    private static Optional<Expr> constant(Deriv d, Scope scope) {
        Expr a = d.arg();
        boolean flat = a instanceof Expr.Iverson
                || a instanceof Expr.IntValue
                || a instanceof Expr.Stop
                || a instanceof Expr.Read r && !r.ref().equals(d.ref());
        return flat || !depends(d, a) ? Optional.of(Num.ZERO) : Optional.empty();
    }

    private static Optional<Expr> entry(Deriv d, Scope scope) {
        if (!(d.arg() instanceof Expr.Read r) || !r.ref().equals(d.ref())) {
            return Optional.empty();
        }
        List<Expr> factors = new ArrayList<>();
        for (int k = 0; k < r.index().size(); k++) {
            factors.add(Exprs.iverson(Cond.eq(r.index().get(k), d.index().get(k))));
        }
        return Optional.of(Exprs.mul(factors));
    }

    private static Optional<Expr> sum(Deriv d, Scope scope) {
        return d.arg() instanceof Expr.Add a
                ? Optional.of(
                        Exprs.add(a.terms().stream().map(t -> (Expr) d(d, t)).toList()))
                : Optional.empty();
    }

    private static Optional<Expr> linearity(Deriv d, Scope scope) {
        if (!(d.arg() instanceof Expr.Mul m)) {
            return Optional.empty();
        }
        List<Expr> dependent = m.factors().stream().filter(f -> depends(d, f)).toList();
        if (dependent.size() != 1) {
            return Optional.empty();
        }
        return Optional.of(Exprs.mul(
                m.factors().stream().map(f -> depends(d, f) ? d(d, f) : f).toList()));
    }

    private static Optional<Expr> product(Deriv d, Scope scope) {
        if (!(d.arg() instanceof Expr.Mul m)) {
            return Optional.empty();
        }
        List<Expr> terms = new ArrayList<>();
        for (int k = 0; k < m.factors().size(); k++) {
            if (depends(d, m.factors().get(k))) {
                List<Expr> factors = new ArrayList<>(m.factors());
                factors.set(k, d(d, factors.get(k)));
                terms.add(Exprs.mul(factors));
            }
        }
        return Optional.of(Exprs.add(terms));
    }

    private static Optional<Expr> reduceSum(Deriv d, Scope scope) {
        return d.arg() instanceof Expr.Reduce r && r.kind() == Expr.Reduce.Kind.SUM
                ? Optional.of(Exprs.sum(r.ranges(), d(d, r.body())))
                : Optional.empty();
    }

    private static Optional<Expr> reduceProd(Deriv d, Scope scope) {
        if (!(d.arg() instanceof Expr.Reduce r) || r.kind() != Expr.Reduce.Kind.PROD) {
            return Optional.empty();
        }
        Renamed other = Renamed.of(r.ranges(), scope);
        List<Cond> same = new ArrayList<>();
        for (int k = 0; k < r.ranges().size(); k++) {
            same.add(Cond.eq(r.ranges().get(k).index(), other.ranges.get(k).index()));
        }
        Expr rest = Exprs.select(Cond.and(same), Num.ONE, r.body());
        Expr others = Exprs.reduce(Expr.Reduce.Kind.PROD, r.ranges(), rest);
        return Optional.of(Exprs.sum(other.ranges, Exprs.mul(d(d, Substitution.of(r.body(), other.names)), others)));
    }

    /** A window whose shape depends on its own indices is taken apart, its first index from the rest. */
    private static Optional<Expr> reduceMax(Deriv d, Scope scope) {
        if (!(d.arg() instanceof Expr.Reduce r)) {
            return Optional.empty();
        }
        boolean max = r.kind() == Expr.Reduce.Kind.MAX;
        if (!max && r.kind() != Expr.Reduce.Kind.MIN) {
            return Optional.empty();
        }
        List<Range> window = isBox(r.ranges()) ? r.ranges() : r.ranges().subList(0, 1);
        List<Range> inner = r.ranges().subList(window.size(), r.ranges().size());
        Expr body = Exprs.reduce(r.kind(), inner, r.body());
        Renamed winner = Renamed.of(window, scope);
        IntExpr argument = IntExpr.of(new Position.Arg(max, window, body));
        Cond wins = Cond.eq(argument, Position.flat(winner.ranges));
        Expr slope = d(d, Substitution.of(body, winner.names));
        return Optional.of(Exprs.sum(winner.ranges, Exprs.mul(Exprs.iverson(wins), slope)));
    }

    private static boolean isBox(List<Range> ranges) {
        List<String> names = Terms.names(ranges);
        return ranges.stream()
                .noneMatch(r -> r.lo().variables().stream().anyMatch(names::contains)
                        || r.hi().variables().stream().anyMatch(names::contains));
    }

    private static Optional<Expr> power(Deriv d, Scope scope) {
        return d.arg() instanceof Expr.Pow p && !depends(d, p.exponent())
                ? Optional.of(byBase(d, p, scope))
                : Optional.empty();
    }

    private static Optional<Expr> exponential(Deriv d, Scope scope) {
        if (!(d.arg() instanceof Expr.Pow p)) {
            return Optional.empty();
        }
        List<Expr> byExponent = new ArrayList<>(List.of(p, Exprs.apply(Fun.Known.LOG, p.base()), d(d, p.exponent())));
        if (!(p.base() instanceof Num)) {
            byExponent.add(0, Exprs.iverson(Cond.values(Rel.NE, p.base(), Num.ZERO)));
        }
        Expr product = Exprs.mul(byExponent);
        return Optional.of(depends(d, p.base()) ? Exprs.add(byBase(d, p, scope), product) : product);
    }

    /** {@code [b != 0] * b * a^(b-1) * d(a)}: without its bracket the constant 0^0 had the slope 0 * inf. */
    private static Expr byBase(Deriv d, Expr.Pow p, Scope scope) {
        List<Expr> factors = new ArrayList<>();
        Expr less = Exprs.sub(p.exponent(), Num.ONE);
        if (p.exponent() instanceof Expr.IntValue n) {
            less = Exprs.integer(n.value().minus(1));
            Cond nonzero = Cond.ints(Rel.NE, n.value(), IntExpr.ZERO);
            boolean known =
                    scope.isPositive(n.value()) || scope.isPositive(n.value().negate());
            factors.add(known ? Num.ONE : Exprs.iverson(nonzero));
        } else if (!(p.exponent() instanceof Num)) {
            factors.add(Exprs.iverson(Cond.values(Rel.NE, p.exponent(), Num.ZERO)));
        }
        factors.addAll(List.of(p.exponent(), Exprs.pow(p.base(), less), d(d, p.base())));
        return Exprs.mul(factors);
    }

    /** Of zeros the L2 norm has the gradient 0, by convention. */
    private static Optional<Expr> norm(Deriv d, Scope scope) {
        if (!(d.arg() instanceof Expr.Apply a) || a.fun() != Fun.Known.SQRT || !isSumOfSquares(a.arg())) {
            return Optional.empty();
        }
        Expr somewhere = Exprs.iverson(Cond.values(Rel.NE, a.arg(), Num.ZERO));
        return Optional.of(Exprs.mul(List.of(somewhere, HALF, Exprs.div(d(d, a.arg()), a))));
    }

    private static boolean isSumOfSquares(Expr e) {
        if (e instanceof Expr.Add a) {
            return a.terms().stream().allMatch(DerivativeRules::isSumOfSquares);
        }
        if (e instanceof Expr.Reduce r) {
            return r.kind() == Expr.Reduce.Kind.SUM && isSumOfSquares(r.body());
        }
        if (e instanceof Expr.Pow p) {
            return p.exponent().equals(Num.of(2));
        }
        return e instanceof Expr.Mul m
                && m.factors().size() == 2
                && m.factors().get(0).equals(m.factors().get(1));
    }

    private static Optional<Expr> chain(Deriv d, Scope scope) {
        return d.arg() instanceof Expr.Apply a
                ? Optional.of(Exprs.mul(FunctionDerivatives.of(a.fun(), a.arg()), d(d, a.arg())))
                : Optional.empty();
    }

    private static Optional<Expr> extremum(Deriv d, Scope scope) {
        if (!(d.arg() instanceof Expr.Extremum x)) {
            return Optional.empty();
        }
        List<Expr> terms = new ArrayList<>();
        if (depends(d, x.left())) {
            terms.add(Exprs.mul(share(x.max(), x.left(), x.right()), d(d, x.left())));
        }
        if (depends(d, x.right())) {
            terms.add(Exprs.mul(share(x.max(), x.right(), x.left()), d(d, x.right())));
        }
        return Optional.of(Exprs.add(terms));
    }

    /** All for the winner, half for each of two equals. */
    private static Expr share(boolean max, Expr mine, Expr other) {
        Expr tie = Exprs.select(Cond.values(Rel.EQ, mine, other), HALF, Num.ZERO);
        return Exprs.select(Cond.values(max ? Rel.GT : Rel.LT, mine, other), Num.ONE, tie);
    }

    private static Optional<Expr> select(Deriv d, Scope scope) {
        return d.arg() instanceof Expr.Select s
                ? Optional.of(Exprs.select(s.cond(), d(d, s.then()), d(d, s.otherwise())))
                : Optional.empty();
    }

    /** Ranges under new names. */
    private record Renamed(List<Range> ranges, Map<String, IntExpr> names) {
        static Renamed of(List<Range> ranges, Scope scope) {
            Map<String, IntExpr> names = new LinkedHashMap<>();
            List<Range> renamed = new ArrayList<>();
            for (Range range : ranges) {
                String name = scope.fresh(range.name());
                renamed.add(
                        new Range(name, range.lo().substitute(names), range.hi().substitute(names)));
                names.put(range.name(), IntExpr.var(name));
            }
            return new Renamed(renamed, names);
        }
    }
}

package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The result as one would write it: {@code c ? e : 0} becomes a factor {@code [c]} where no read needs its guard, a
 * padded read where the guard is just that; a winner's position becomes the sum over the window of {@code [argmax ==
 * position]}; indices get the names that the program gave them. Each is an equality.
 */
final class Tidy {
    private final Mapping mapping;
    private final Facts facts;
    private final Domain sizes;
    private int fresh;

    Tidy(Mapping mapping, Facts facts, Domain sizes) {
        this.mapping = mapping;
        this.facts = facts;
        this.sizes = sizes;
    }

    Expr tidy(Expr e, List<Range> indices) {
        Domain domain = sizes;
        for (Range range : indices) {
            domain = domain.and(range);
        }
        Expr tidy = guards(winners(e, domain), domain);
        return new Renaming(mapping.layer(), indices).rename(tidy);
    }

    // ---- positions of maxima

    /** {@code e(argmax) = sum[k]([argmax == k] * e(k))} over the window. */
    private Expr winners(Expr e, Domain domain) {
        if (e instanceof Expr.Add a) {
            return Exprs.add(a.terms().stream().map(t -> winners(t, domain)).toList());
        }
        if (e instanceof Expr.Reduce r) {
            return new Expr.Reduce(r.kind(), r.ranges(), winners(r.body(), in(domain, r.ranges())));
        }
        Expr inner = inside(e, domain);
        Set<Position.Arg> found = new LinkedHashSet<>();
        new Outside(found).expr(inner);
        for (Position.Arg arg : found) {
            if (isNonempty(arg, domain)) {
                return winners(spread(inner, arg, domain), domain);
            }
        }
        return inner;
    }

    /** The sums within products and choices first. */
    private Expr inside(Expr e, Domain domain) {
        if (e instanceof Expr.Mul m) {
            return Exprs.mul(m.factors().stream()
                    .map(f -> f instanceof Expr.Reduce ? winners(f, domain) : inside(f, domain))
                    .toList());
        }
        if (e instanceof Expr.Select s) {
            Domain then = Conditions.assume(domain, s.cond(), facts);
            Domain otherwise = Conditions.assume(domain, Conditions.not(s.cond()), facts);
            return Exprs.select(s.cond(), nested(s.then(), then), nested(s.otherwise(), otherwise));
        }
        return e;
    }

    private Expr nested(Expr e, Domain domain) {
        return e instanceof Expr.Reduce ? winners(e, domain) : inside(e, domain);
    }

    private boolean isNonempty(Position.Arg arg, Domain domain) {
        return arg.ranges().stream().allMatch(r -> domain.implies(Constraint.lt(r.lo(), r.hi())));
    }

    private Expr spread(Expr e, Position.Arg arg, Domain domain) {
        List<Range> ranges = new ArrayList<>();
        Map<String, IntExpr> renamed = new LinkedHashMap<>();
        List<IntExpr> digits = new ArrayList<>();
        List<IntExpr> extents = new ArrayList<>();
        for (Range range : arg.ranges()) {
            String name = range.name().replaceAll("#.*", "") + "#w" + fresh++;
            Range copy =
                    new Range(name, range.lo().substitute(renamed), range.hi().substitute(renamed));
            renamed.put(range.name(), IntExpr.var(name));
            ranges.add(copy);
            digits.add(copy.index().minus(copy.lo()));
            extents.add(copy.extent());
        }
        IntExpr flat = Offsets.horner(digits, extents);
        Domain inside = in(domain, ranges);
        Expr at = new Outside(arg, flat, inside).expr(e);
        Expr wins = Exprs.iverson(Cond.eq(IntExpr.of(arg), flat));
        return Exprs.sum(ranges, Exprs.mul(wins, at));
    }

    /** Looks at, or replaces, a position where it stands outside of sums and other windows. */
    private final class Outside extends Rewriter {
        private final Set<Position.Arg> found;
        private final Optional<Position.Arg> replaced;
        private final IntExpr value;
        private final Domain domain;

        Outside(Set<Position.Arg> found) {
            this.found = found;
            this.replaced = Optional.empty();
            this.value = IntExpr.ZERO;
            this.domain = Domain.ALL;
        }

        Outside(Position.Arg replaced, IntExpr value, Domain domain) {
            this.found = new LinkedHashSet<>();
            this.replaced = Optional.of(replaced);
            this.value = value;
            this.domain = domain;
        }

        @Override
        public Expr expr(Expr e) {
            return e instanceof Expr.Reduce ? e : super.expr(e);
        }

        /** {@code [argmax == k]}, a winner's indicator already, stays. */
        @Override
        public Cond cond(Cond c) {
            boolean indicator = c instanceof Cond.Ints i
                    && i.rel() == Rel.EQ
                    && i.left().atoms().size() == 1
                    && i.left().equals(IntExpr.of(i.left().atoms().iterator().next()))
                    && i.left().atoms().iterator().next() instanceof Position.Arg;
            return indicator ? c : super.cond(c);
        }

        @Override
        public IntExpr integer(IntExpr e) {
            IntExpr mapped = super.integer(e);
            return mapped == e || replaced.isEmpty() ? mapped : domain.simplify(mapped);
        }

        @Override
        public IntExpr atom(Atom atom) {
            if (atom instanceof Position.Arg arg) {
                found.add(arg);
                return replaced.filter(arg::equals).map(a -> value).orElse(IntExpr.of(arg));
            }
            return super.atom(atom);
        }
    }

    // ---- guards

    private Domain in(Domain domain, List<Range> ranges) {
        Domain inside = domain;
        for (Range range : ranges) {
            inside = facts.about(inside, range.lo(), range.hi()).and(range);
        }
        return inside;
    }

    private Expr guards(Expr e, Domain domain) {
        if (e instanceof Expr.Add a) {
            return Exprs.add(a.terms().stream().map(t -> guards(t, domain)).toList());
        }
        if (e instanceof Expr.Reduce r) {
            return Exprs.reduce(r.kind(), r.ranges(), guards(r.body(), in(domain, r.ranges())));
        }
        if (e instanceof Expr.Mul m) {
            return Exprs.mul(m.factors().stream().map(f -> guards(f, domain)).toList());
        }
        if (e instanceof Expr.Apply a) {
            return Exprs.apply(a.fun(), guards(a.arg(), domain));
        }
        if (e instanceof Expr.Extremum x) {
            return extremum(x, domain);
        }
        if (e instanceof Expr.Pow p) {
            return Exprs.pow(guards(p.base(), domain), guards(p.exponent(), domain));
        }
        if (e instanceof Expr.Select s) {
            return select(new Expr.Select(windows(domain).cond(s.cond()), s.then(), s.otherwise()), domain);
        }
        return windows(domain).expr(e);
    }

    /** {@code max(-inf, e) = e}. */
    private Expr extremum(Expr.Extremum x, Domain domain) {
        Expr least = x.max() ? Exprs.neg(new Expr.Inf()) : new Expr.Inf();
        Expr left = guards(x.left(), domain);
        Expr right = guards(x.right(), domain);
        return left.equals(least) ? right : right.equals(least) ? left : new Expr.Extremum(x.max(), left, right);
    }

    /** The windows of which a winner's position is asked. */
    private Rewriter windows(Domain domain) {
        return new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                return e instanceof Expr.Reduce ? guards(e, domain) : super.expr(e);
            }

            @Override
            public IntExpr atom(Atom atom) {
                return atom instanceof Position.Arg arg
                        ? IntExpr.of(
                                new Position.Arg(arg.max(), arg.ranges(), guards(arg.body(), in(domain, arg.ranges()))))
                        : super.atom(atom);
            }
        };
    }

    private Expr select(Expr.Select s, Domain domain) {
        Expr then = guards(s.then(), Conditions.assume(domain, s.cond(), facts));
        Expr otherwise = guards(s.otherwise(), Conditions.assume(domain, Conditions.not(s.cond()), facts));
        if (!isConstant(otherwise)) {
            return Exprs.select(s.cond(), then, otherwise);
        }
        List<Cond> conditions = new ArrayList<>(Cond.conjuncts(s.cond()));
        Expr value = then;
        if (Exprs.isZero(otherwise) || then instanceof Expr.Read) {
            Optional<Padded> padded = padded(conditions, value, otherwise, domain);
            if (padded.isPresent()) {
                conditions = padded.get().conditions();
                value = padded.get().value();
            }
        }
        if (conditions.isEmpty()) {
            return value;
        }
        if (!Exprs.isZero(otherwise)) {
            return Exprs.select(Cond.and(conditions), value, otherwise);
        }
        return guarded(conditions, value, domain);
    }

    /** As factors what guards no read, the rest as a choice. */
    private Expr guarded(List<Cond> conditions, Expr value, Domain domain) {
        if (areInside(conditions, value, domain)) {
            return factors(conditions, value);
        }
        List<Cond> guards = new ArrayList<>();
        List<Cond> factors = new ArrayList<>();
        for (Cond c : conditions) {
            boolean guard = c instanceof Cond.Ints && (!isKronecker(c) || mentions(c)) || c instanceof Cond.Or;
            (guard ? guards : factors).add(c);
        }
        if (!areInside(factors, value, Conditions.assume(domain, guards, facts))) {
            guards = conditions;
            factors = List.of();
        }
        return Exprs.select(Cond.and(guards), factors(factors, value), Expr.Num.ZERO);
    }

    private static Expr factors(List<Cond> conditions, Expr value) {
        List<Expr> product = new ArrayList<>();
        conditions.forEach(c -> product.add(Exprs.iverson(c)));
        product.add(value);
        return Exprs.mul(product);
    }

    private boolean areInside(List<Cond> conditions, Expr value, Domain domain) {
        return Reads.inside(value, domain, mapping, facts)
                && conditions.stream().allMatch(c -> Reads.inside(Exprs.iverson(c), domain, mapping, facts));
    }

    /** Conditions on data may be what keeps integers inside. */
    private static boolean mentions(Cond c) {
        return !Variables.refs(c).isEmpty();
    }

    private static boolean isKronecker(Cond c) {
        return c instanceof Cond.Ints i && i.rel() == Rel.EQ;
    }

    private static boolean isConstant(Expr e) {
        return e instanceof Expr.Num
                || e instanceof Expr.Inf
                || e instanceof Expr.Mul m && m.factors().stream().allMatch(Tidy::isConstant);
    }

    private record Padded(List<Cond> conditions, Expr value) {}

    /** {@code 0 <= i < n ? x[i] * e : 0 = pad(x[i]) * e}. */
    private Optional<Padded> padded(List<Cond> conditions, Expr value, Expr outside, Domain domain) {
        List<Expr> factors = value instanceof Expr.Mul m ? m.factors() : List.of(value);
        for (int k = 0; k < factors.size(); k++) {
            if (!(factors.get(k) instanceof Expr.Read read) || read.pad() != null) {
                continue;
            }
            List<Cond> left = new ArrayList<>(conditions);
            boolean inside = true;
            List<IntExpr> shape = mapping.shape(read.ref());
            for (int axis = 0; axis < shape.size() && inside; axis++) {
                IntExpr i = read.index().get(axis);
                inside = bounded(new Constraint(i, false), left, domain)
                        && bounded(Constraint.lt(i, shape.get(axis)), left, domain);
            }
            List<Expr> others = new ArrayList<>(factors);
            others.set(k, new Expr.Read(read.ref(), read.index(), outside));
            Expr product = Exprs.mul(others);
            if (inside && left.size() < conditions.size()) {
                Domain rest = Conditions.assume(domain, left, facts);
                others.remove(k);
                if (areInside(left, Expr.Num.ONE, domain) && Reads.inside(Exprs.mul(others), rest, mapping, facts)) {
                    return Optional.of(new Padded(left, product));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a bound holds anyway, or is one of the conditions, which then is taken out. */
    private boolean bounded(Constraint bound, List<Cond> conditions, Domain domain) {
        if (facts.about(domain, bound.expr()).implies(bound)) {
            return true;
        }
        for (Cond c : conditions) {
            if (c instanceof Cond.Ints ints
                    && ints.constraint().filter(x -> x.equals(bound)).isPresent()) {
                conditions.remove(c);
                return true;
            }
        }
        return false;
    }
}

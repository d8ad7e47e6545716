package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Substitution;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What is added to a cell: {@code sum[ranges]([conditions] * body)}, the ranges from outer to inner. */
record Term(List<Range> ranges, List<Cond> conditions, Expr body) {
    Term {
        ranges = List.copyOf(ranges);
        conditions = List.copyOf(conditions);
    }

    static List<Term> of(List<Cond> conditions, Expr e) {
        List<Term> terms = new ArrayList<>();
        for (Expr each : e instanceof Expr.Add a ? a.terms() : List.of(e)) {
            if (!Exprs.isZero(each)) {
                terms.add(new Term(List.of(), conditions, each));
            }
        }
        return terms;
    }

    /** With further conditions, tested before the others. */
    Term where(List<Cond> more) {
        Cond all = Cond.and(concat(more, conditions));
        return new Term(ranges, all.equals(Cond.FALSE) ? List.of(Cond.FALSE) : Cond.conjuncts(all), body);
    }

    boolean isNever() {
        return conditions.contains(Cond.FALSE) || Exprs.isZero(body);
    }

    Term substitute(Map<String, IntExpr> values) {
        List<Range> replaced = ranges.stream().map(r -> range(r, values)).toList();
        return new Term(replaced, substitute(conditions, values), Substitution.of(body, values));
    }

    static List<Cond> substitute(List<Cond> conditions, Map<String, IntExpr> values) {
        Cond all = Cond.and(
                conditions.stream().map(c -> Substitution.of(c, values)).toList());
        return all.equals(Cond.FALSE) ? List.of(Cond.FALSE) : Cond.conjuncts(all);
    }

    private static Range range(Range r, Map<String, IntExpr> values) {
        Substitution substitution = new Substitution(values);
        return new Range(r.name(), substitution.integer(r.lo()), substitution.integer(r.hi()));
    }

    /** {@code sum[ranges]([conditions] * body)}, what does not depend on the ranges before the sum. */
    Expr expr() {
        if (isNever()) {
            return Expr.Num.ZERO;
        }
        Set<String> bound = names();
        List<Cond> outside = new ArrayList<>();
        List<Cond> inside = new ArrayList<>();
        for (Cond c : conditions) {
            boolean free = inside.isEmpty() && Variables.of(c).stream().noneMatch(bound::contains);
            (free ? outside : inside).add(c);
        }
        Expr sum = Exprs.sum(ranges, guarded(inside, body));
        return guarded(outside, sum);
    }

    /** {@code conditions ? e : 0}. */
    static Expr guarded(List<Cond> conditions, Expr e) {
        return conditions.isEmpty() ? e : Exprs.select(Cond.and(conditions), e, Expr.Num.ZERO);
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        ranges.forEach(r -> names.add(r.name()));
        return names;
    }

    /**
     * The sum over one more index, outside the others: {@code sum[v](a[v] * [v == e]) = [e in range] * a[e]} where a
     * condition can be solved for it by a coefficient ±1, else the sum.
     *
     * @param outside what is known of everything free in the sum
     */
    Term over(Range v, Domain outside, Facts facts) {
        if (v.lo().plus(1).equals(v.hi())) {
            return substitute(Map.of(v.name(), v.lo()));
        }
        for (int k = 0; k < conditions.size(); k++) {
            Optional<IntExpr> root = root(conditions.get(k), v.name());
            if (root.isPresent() && isOutside(root.get(), v.name())) {
                List<Cond> rest = new ArrayList<>(conditions);
                rest.remove(k);
                Term solved = new Term(ranges, rest, body).substitute(Map.of(v.name(), root.get()));
                Cond inside = Cond.within(v.lo(), root.get(), v.hi());
                return solved.where(Cond.conjuncts(inside)).simplify(outside, facts);
            }
        }
        List<Range> more = new ArrayList<>();
        more.add(v);
        more.addAll(ranges);
        return new Term(more, conditions, body);
    }

    /** {@code e} where the condition is {@code v == e}, by a coefficient ±1. */
    static Optional<IntExpr> root(Cond c, String v) {
        if (c instanceof Cond.Ints ints && ints.rel() == Rel.EQ) {
            IntExpr difference = ints.left().minus(ints.right());
            OptionalLong coefficient = difference.coefficient(v);
            if (coefficient.isPresent() && Math.abs(coefficient.getAsLong()) == 1) {
                long sign = coefficient.getAsLong();
                return Optional.of(difference.minus(IntExpr.var(v).times(sign)).times(-sign));
            }
        }
        return Optional.empty();
    }

    /** Whether a value may stand for {@code v}: the ranges that use {@code v} bind nothing that it uses. */
    private boolean isOutside(IntExpr root, String v) {
        boolean used = false;
        for (Range r : ranges) {
            used |= r.lo().variables().contains(v) || r.hi().variables().contains(v);
            if (used && root.variables().contains(r.name())) {
                return false;
            }
        }
        return true;
    }

    /** Without the conditions that hold anyway. */
    Term simplify(Domain outside, Facts facts) {
        Domain inside = outside;
        for (Range r : ranges) {
            inside = facts.about(inside, r.lo(), r.hi()).and(r);
        }
        Cond simple = Conditions.simplify(inside, Cond.and(conditions), facts);
        return simple.equals(Cond.FALSE)
                ? new Term(ranges, List.of(Cond.FALSE), body)
                : new Term(ranges, Cond.conjuncts(simple), body);
    }

    static <T> List<T> concat(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}

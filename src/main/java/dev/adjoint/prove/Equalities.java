package dev.adjoint.prove;

import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Lattice;
import dev.adjoint.index.Monomial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes equalities out of a sum's conditions, one at a time: by a variable with coefficient ±1; {@code m·y + s = e} with
 * {@code 0 ≤ s < m} by {@code y = e div m, s = e mod m}; {@code g·y = e} by {@code y = e div g} where {@code e mod g = 0};
 * {@code a·y + b·z = e} is made {@code g·t = e} by a unimodular step.
 */
final class Equalities {
    private final Domain context;
    private final DataFacts facts;
    private final Fresh fresh;

    Equalities(Domain context, DataFacts facts, Fresh fresh) {
        this.context = context;
        this.facts = facts;
        this.fresh = fresh;
    }

    /** The term with one equality fewer, or a simpler one; empty if no equality holds a bound variable. */
    Optional<Term> solved(Term term) {
        Set<IntExpr> inequalities = term.where().stream()
                .filter(c -> !c.equality())
                .map(Constraint::expr)
                .collect(Collectors.toSet());
        List<IntExpr> equalities = new ArrayList<>();
        for (Constraint c : term.where()) {
            if ((c.equality() || inequalities.contains(c.expr().negate()))
                    && c.expr().variables().stream().anyMatch(term.bound()::contains)) {
                equalities.add(c.expr());
            }
        }
        for (IntExpr e : equalities) {
            for (String name : term.bound()) {
                OptionalLong a = e.coefficient(name);
                if (a.isPresent() && Math.abs(a.getAsLong()) == 1) {
                    IntExpr rest = e.minus(IntExpr.var(name).times(a.getAsLong()));
                    return Optional.of(Algebra.eliminated(term, name, rest.times(-a.getAsLong())));
                }
            }
        }
        for (IntExpr e : equalities) {
            Optional<Term> solved = radix(term, e).or(() -> single(term, e)).or(() -> pair(term, e));
            if (solved.isPresent()) {
                return solved;
            }
        }
        return Optional.empty();
    }

    private static boolean holdsBound(IntExpr e, List<String> bound) {
        return e.variables().stream().anyMatch(bound::contains);
    }

    /** The sign of a factor where what is known holds; 0 if it is not shown. */
    private static int sign(IntExpr factor, Domain known) {
        if (factor.isConstant()) {
            return Long.signum(factor.constant());
        }
        return known.impliesLe(IntExpr.ONE, factor) ? 1 : known.impliesLe(factor, IntExpr.of(-1)) ? -1 : 0;
    }

    /** {@code m ≥ 1}, which may be known of conditions only that are about to be rewritten. */
    private List<Constraint> positive(IntExpr m) {
        return context.impliesLe(IntExpr.ONE, m) ? List.of() : List.of(Constraint.le(IntExpr.ONE, m));
    }

    private static List<Constraint> without(List<Constraint> where, IntExpr equality) {
        return where.stream()
                .filter(c -> !c.expr().equals(equality) && !c.expr().equals(equality.negate()))
                .toList();
    }

    /** {@code m·y + s = e, 0 ≤ s < m  →  y = e div m, s = e mod m}. */
    private Optional<Term> radix(Term term, IntExpr equality) {
        for (String name : term.bound()) {
            Linear linear = Linear.of(equality, name);
            if (linear == null || linear.factor().isZero() || holdsBound(linear.factor(), term.bound())) {
                continue;
            }
            Domain known = facts.and(context, term.where());
            int sign = sign(linear.factor(), known);
            if (sign == 0) {
                continue;
            }
            IntExpr m = linear.factor().times(sign);
            IntExpr rest = linear.rest().times(sign);
            IntExpr s = IntExpr.ZERO;
            for (Map.Entry<Monomial, Long> part : rest.terms().entrySet()) {
                IntExpr one = IntExpr.of(part.getKey(), part.getValue());
                s = holdsBound(one, term.bound()) ? s.plus(one) : s;
            }
            if (s.isZero() || !known.impliesLe(IntExpr.ZERO, s) || !known.implies(Constraint.lt(s, m))) {
                continue;
            }
            IntExpr e = s.minus(rest);
            List<Constraint> where = new ArrayList<>(without(term.where(), equality));
            where.addAll(positive(m));
            where.add(Constraint.eq(IntExpr.var(name), e.floorDiv(m)));
            where.add(Constraint.eq(s, e.mod(m)));
            return Optional.of(term.withWhere(where));
        }
        return Optional.empty();
    }

    /** {@code g·y = e, where e mod g = 0}: {@code a·y + r ≥ 0} is {@code a·e + g·r ≥ 0}, and y is e/g as a factor. */
    private Optional<Term> single(Term term, IntExpr equality) {
        List<String> inside =
                term.bound().stream().filter(equality.variables()::contains).toList();
        Linear linear = inside.size() == 1 ? Linear.of(equality, inside.get(0)) : null;
        if (linear == null) {
            return Optional.empty();
        }
        Domain known = facts.and(context, term.where());
        int sign = sign(linear.factor(), known);
        if (sign == 0) {
            return Optional.empty();
        }
        IntExpr g = linear.factor().times(sign);
        IntExpr e = linear.rest().times(-sign);
        String y = inside.get(0);
        List<Constraint> where = new ArrayList<>(positive(g));
        for (Constraint c : without(term.where(), equality)) {
            Linear about = Linear.of(c.expr(), y);
            where.add(
                    about == null
                            ? c.substitute(Map.of(y, e.floorDiv(g)))
                            : new Constraint(
                                    about.factor().isZero()
                                            ? c.expr()
                                            : about.factor()
                                                    .times(e)
                                                    .plus(about.rest().times(g)),
                                    c.equality()));
        }
        where.add(divides(g, e));
        Ratio coefficient = term.coefficient();
        if (coefficient.variables().contains(y)) {
            List<Poly> powers = coefficient.numerator().coefficients(y);
            coefficient = powers == null
                            || coefficient.denominators().stream()
                                    .anyMatch(d -> d.variables().contains(y))
                    ? coefficient.substitute(Map.of(y, e.floorDiv(g)))
                    : at(
                            powers,
                            Ratio.of(Poly.of(e)).times(Ratio.of(Poly.of(g)).inverse()),
                            coefficient.denominators());
        }
        List<String> bound = new ArrayList<>(term.bound());
        bound.remove(y);
        return Optional.of(new Term(coefficient, List.of(), where, bound));
    }

    /** {@code (e + c) mod g = 0} as {@code e mod g = −c mod g}, so that classes of one e exclude each other. */
    private static Constraint divides(IntExpr g, IntExpr e) {
        if (!g.isConstant()) {
            return Constraint.eq(e.mod(g), IntExpr.ZERO);
        }
        IntExpr rest = e.minus(e.constant());
        IntExpr opposite = rest.negate();
        boolean turned = Canon.text(opposite).compareTo(Canon.text(rest)) < 0;
        long residue = Math.floorMod(turned ? e.constant() : -e.constant(), g.constant());
        return Constraint.eq((turned ? opposite : rest).mod(g), IntExpr.of(residue));
    }

    private static Ratio at(List<Poly> powers, Ratio value, List<Poly> denominators) {
        Ratio sum = Ratio.ZERO;
        Ratio power = Ratio.ONE;
        for (Poly coefficient : powers) {
            sum = sum.plus(power.times(Ratio.of(coefficient)));
            power = power.times(value);
        }
        for (Poly d : denominators) {
            sum = sum.times(Ratio.of(d).inverse());
        }
        return sum;
    }

    /** {@code a·y + b·z = g·t} for a new pair of variables. */
    private Optional<Term> pair(Term term, IntExpr equality) {
        List<String> inside = new ArrayList<>();
        for (String name : term.bound()) {
            OptionalLong a = equality.coefficient(name);
            if (a.isPresent() && a.getAsLong() != 0) {
                inside.add(name);
            }
        }
        if (inside.size() < 2) {
            return Optional.empty();
        }
        String y = inside.get(0);
        String z = inside.get(1);
        Lattice.Step step = Lattice.solve(
                equality.coefficient(y).getAsLong(), equality.coefficient(z).getAsLong());
        IntExpr s = IntExpr.var(fresh.name());
        IntExpr t = IntExpr.var(fresh.name());
        Map<String, IntExpr> values = new LinkedHashMap<>();
        values.put(y, step.first(s, t));
        values.put(z, step.second(s, t));
        Term replaced = term.substitute(values);
        List<String> bound = new ArrayList<>(term.bound());
        bound.removeAll(List.of(y, z));
        bound.addAll(s.variables());
        bound.addAll(t.variables());
        return Optional.of(new Term(replaced.coefficient(), List.of(), replaced.where(), bound));
    }
}

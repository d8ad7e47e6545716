package dev.adjoint.prove;

import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** Sums and products of values; every result is tidy: equal factors are one, equal terms are one, zeros are gone. */
final class Algebra {
    private final Canon canon;
    private final Fresh fresh;
    private final Budget budget;
    private final Products products;

    Algebra(Canon canon, Fresh fresh, Budget budget, Products products) {
        this.canon = canon;
        this.fresh = fresh;
        this.budget = budget;
        this.products = products;
    }

    static List<Term> number(BigFraction value) {
        return value.equals(BigFraction.ZERO) ? List.of() : List.of(Term.of(Ratio.of(value)));
    }

    static List<Term> one() {
        return number(BigFraction.ONE);
    }

    /** The number that a value is, if it is one whatever the sizes; null otherwise. */
    static @Nullable BigFraction asNumber(List<Term> value) {
        if (value.isEmpty()) {
            return BigFraction.ZERO;
        }
        Term only = value.get(0);
        boolean number = value.size() == 1
                && only.isPlain()
                && only.factors().isEmpty()
                && only.coefficient().isConstant();
        return number ? only.coefficient().constant() : null;
    }

    List<Term> scaled(List<Term> value, BigFraction factor) {
        return factor.equals(BigFraction.ZERO)
                ? List.of()
                : value.stream().map(t -> t.times(factor)).toList();
    }

    List<Term> minus(List<Term> left, List<Term> right) {
        return plus(left, scaled(right, BigFraction.of(-1)));
    }

    List<Term> plus(List<Term> left, List<Term> right) {
        List<Term> all = new ArrayList<>(left);
        all.addAll(right);
        return merged(all);
    }

    /** {@code a·T + b·T = (a + b)·T}. */
    List<Term> merged(List<Term> terms) {
        if (terms.size() < 2) {
            return terms.isEmpty() || terms.get(0).coefficient().isZero() ? List.of() : List.copyOf(terms);
        }
        Map<String, Term> byKey = new LinkedHashMap<>();
        for (Term term : terms) {
            byKey.merge(canon.factorsKey(term), term, this::added);
        }
        return byKey.values().stream().filter(t -> !t.coefficient().isZero()).toList();
    }

    /** The sum of two terms that are alike but for their coefficients and the names of what is summed over. */
    private Term added(Term first, Term second) {
        Map<String, IntExpr> names = new HashMap<>();
        List<String> here = canon.boundInOrder(first);
        List<String> there = canon.boundInOrder(second);
        for (int k = 0; k < here.size(); k++) {
            names.put(there.get(k), IntExpr.var(here.get(k)));
        }
        Ratio other = second.coefficient().substitute(names);
        return new Term(first.coefficient().plus(other), first.factors(), first.where(), first.bound());
    }

    List<Term> times(List<Term> left, List<Term> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return List.of();
        }
        BigFraction number = asNumber(left);
        if (number != null) {
            return scaled(right, number);
        }
        number = asNumber(right);
        if (number != null) {
            return scaled(left, number);
        }
        budget.spend((long) left.size() * right.size());
        List<Term> product = new ArrayList<>();
        for (Term a : left) {
            for (Term b : right) {
                product.addAll(times(a, b));
            }
        }
        return merged(product);
    }

    private List<Term> times(Term a, Term b) {
        Term other = a.bound().stream().anyMatch(b.bound()::contains) ? b.renamed(fresh) : b;
        List<Factor> factors = new ArrayList<>(a.factors());
        factors.addAll(other.factors());
        List<Constraint> where = new ArrayList<>(a.where());
        where.addAll(other.where());
        List<String> bound = new ArrayList<>(a.bound());
        bound.addAll(other.bound());
        return tidy(new Term(a.coefficient().times(other.coefficient()), factors, where, bound));
    }

    /** Under conditions: {@code [where]·value}. */
    List<Term> where(List<Term> value, List<Constraint> conditions) {
        List<Term> guarded = new ArrayList<>();
        for (Term term : value) {
            guarded.addAll(tidy(term.and(conditions)));
        }
        return merged(guarded);
    }

    /** {@code Σ_name [range]·value}; the name is a fresh one. */
    List<Term> sum(String name, List<Constraint> range, List<Term> value) {
        List<Term> summed = new ArrayList<>();
        for (Term term : value) {
            List<String> bound = new ArrayList<>(List.of(name));
            bound.addAll(term.bound());
            summed.addAll(tidy(new Term(term.coefficient(), term.factors(), term.where(), bound).and(range)));
        }
        return merged(summed);
    }

    List<Term> substitute(List<Term> value, Map<String, IntExpr> values) {
        List<Term> result = new ArrayList<>();
        value.forEach(t -> result.addAll(tidy(t.substitute(values))));
        return merged(result);
    }

    /** The same value with its conditions in normal form, single values of bound variables put in, factors merged. */
    List<Term> tidy(Term term) {
        Term solved = solved(term);
        return solved == null ? List.of() : budget.within(() -> products.of(solved, this));
    }

    /** {@code Σ_y [y = e] t = t with e for y}; null if no point satisfies the conditions. */
    private @Nullable Term solved(Term term) {
        Term current = term;
        while (true) {
            List<Constraint> where = normal(current.where());
            if (where == null || current.coefficient().isZero()) {
                return null;
            }
            current = current.withWhere(where);
            if (current.bound().isEmpty()) {
                return current;
            }
            Term next = step(current);
            if (next == current) {
                return current;
            }
            current = next;
        }
    }

    /** One bound variable that an equality gives, put in; the same term if there is none. */
    private static Term step(Term term) {
        Set<IntExpr> inequalities = new java.util.HashSet<>();
        for (Constraint c : term.where()) {
            if (!c.equality()) {
                inequalities.add(c.expr());
            }
        }
        for (Constraint c : term.where()) {
            if (!c.equality() && !inequalities.contains(c.expr().negate())) {
                continue;
            }
            for (String name : term.bound()) {
                OptionalLong a = c.expr().coefficient(name);
                if (a.isPresent() && Math.abs(a.getAsLong()) == 1) {
                    IntExpr rest = c.expr().minus(IntExpr.var(name).times(a.getAsLong()));
                    return eliminated(term, name, rest.times(-a.getAsLong()));
                }
            }
        }
        return term;
    }

    static Term eliminated(Term term, String name, IntExpr value) {
        Term replaced = term.substitute(Map.of(name, value));
        List<String> bound = new ArrayList<>(term.bound());
        bound.remove(name);
        return new Term(replaced.coefficient(), replaced.factors(), replaced.where(), bound);
    }

    /** Each condition divided by its gcd, without those that always hold; null if one never does. */
    static @Nullable List<Constraint> normal(List<Constraint> where) {
        if (where.isEmpty()) {
            return where;
        }
        List<Constraint> normal = Domain.normal(where);
        for (Constraint c : normal) {
            if (c.expr().isConstant()) {
                return null;
            }
        }
        return normal;
    }
}

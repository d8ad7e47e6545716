package dev.adjoint.prove;

import dev.adjoint.index.Constraint;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * {@code Σ_bound [where] coefficient · Π factors}: the sum runs over all integers {@code bound} that satisfy
 * {@code where}, of which there are finitely many. A value is a list of such terms, their sum.
 */
record Term(Ratio coefficient, List<Factor> factors, List<Constraint> where, List<String> bound) {
    Term {
        factors = List.copyOf(factors);
        where = List.copyOf(where);
        bound = List.copyOf(bound);
    }

    static Term of(Ratio coefficient) {
        return new Term(coefficient, List.of(), List.of(), List.of());
    }

    static Term of(Factor factor) {
        return new Term(Ratio.ONE, List.of(factor), List.of(), List.of());
    }

    /** Whether it is a product alone, without sum and condition. */
    boolean isPlain() {
        return bound.isEmpty() && where.isEmpty();
    }

    Term times(BigFraction factor) {
        return new Term(coefficient.times(factor), factors, where, bound);
    }

    Term withFactors(List<Factor> newFactors) {
        return new Term(coefficient, newFactors, where, bound);
    }

    Term withWhere(List<Constraint> newWhere) {
        return new Term(coefficient, factors, newWhere, bound);
    }

    Term and(List<Constraint> more) {
        List<Constraint> all = new ArrayList<>(where);
        for (Constraint c : more) {
            if (!all.contains(c)) {
                all.add(c);
            }
        }
        return withWhere(all);
    }

    /** The variables, in order of appearance; those bound among them. */
    Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        factors.forEach(f -> f.collectVariables(names));
        where.forEach(c -> names.addAll(c.expr().variables()));
        names.addAll(coefficient.variables());
        return names;
    }

    /** Replaces variables that are free here, or bound ones by expressions that are none of them bound here. */
    Term substitute(Map<String, IntExpr> values) {
        return new Term(
                coefficient.substitute(values),
                factors.stream().map(f -> f.substitute(values)).toList(),
                where.stream().map(c -> c.substitute(values)).toList(),
                bound);
    }

    /** With other names for the bound variables. */
    Term renamed(Fresh fresh) {
        if (bound.isEmpty()) {
            return this;
        }
        Map<String, IntExpr> values = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (String name : bound) {
            String other = fresh.name();
            names.add(other);
            values.put(name, IntExpr.var(other));
        }
        Term renamed = substitute(values);
        return new Term(renamed.coefficient, renamed.factors, renamed.where, names);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!bound.isEmpty() || !where.isEmpty()) {
            text.append("sum").append(bound).append(where).append(" ");
        }
        text.append("(").append(coefficient).append(")");
        factors.forEach(f -> text.append("*").append(f));
        return text.toString();
    }
}

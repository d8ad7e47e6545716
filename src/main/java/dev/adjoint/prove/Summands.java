package dev.adjoint.prove;

import dev.adjoint.index.Constraint;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code Σ_y [R(y)]·f(y) + Σ_z [R(z)]·g(z) = Σ_y [R(y)]·(f(y) + g(y))}: sums over the same range are one sum, and a sum
 * vanishes if its summand does at every point of the range.
 */
final class Summands {
    /** Variables of the first term that are tried. */
    private static final int MOST = 3;

    private Summands() {}

    /**
     * The summand of all terms that have a sum over one range in common, and the other terms; the value is zero if both
     * are.
     *
     * @param range what holds of the variable that is free now
     */
    record Split(List<Constraint> range, List<Term> summand, List<Term> others) {}

    /** One split for each variable that the first term sums over, and another with it; the value has a term. */
    static List<Split> of(List<Term> value, Fresh fresh) {
        Term first = value.get(0);
        return first.bound().stream()
                .limit(MOST)
                .flatMap(bound -> of(value, first, bound, fresh.name()).stream())
                .toList();
    }

    private static Optional<Split> of(List<Term> value, Term first, String bound, String name) {
        Set<Constraint> range = range(first, bound, name);
        List<Term> summand = new ArrayList<>();
        List<Term> others = new ArrayList<>();
        for (Term term : value) {
            Optional<String> same = term == first
                    ? Optional.of(bound)
                    : term.bound().stream()
                            .filter(n -> range(term, n, name).equals(range))
                            .max(Comparator.comparingInt(n -> alike(uses(term, n), uses(first, bound))));
            if (same.isPresent()) {
                summand.add(freed(term, same.get(), name, range));
            } else {
                others.add(term);
            }
        }
        return range.isEmpty() || summand.size() < 2
                ? Optional.empty()
                : Optional.of(new Split(List.copyOf(range), summand, others));
    }

    /** The conditions on a bound variable that speak of no other one, under its new name. */
    private static Set<Constraint> range(Term term, String bound, String name) {
        Set<Constraint> range = new LinkedHashSet<>();
        for (Constraint c : term.where()) {
            Set<String> names = c.expr().variables();
            if (names.contains(bound) && term.bound().stream().noneMatch(n -> !n.equals(bound) && names.contains(n))) {
                range.add(c.substitute(Map.of(bound, IntExpr.var(name))));
            }
        }
        return range;
    }

    private static Term freed(Term term, String bound, String name, Set<Constraint> range) {
        Term free = Algebra.eliminated(term, bound, IntExpr.var(name));
        return free.withWhere(
                free.where().stream().filter(c -> !range.contains(c)).toList());
    }

    /** Which families have the variable in which of their indices. */
    private static List<List<Object>> uses(Term term, String bound) {
        List<List<Object>> uses = new ArrayList<>();
        for (Factor f : term.factors()) {
            for (int k = 0; k < f.index().size(); k++) {
                if (f.index().get(k).variables().contains(bound)) {
                    uses.add(List.of(f.family(), k));
                }
            }
        }
        return uses;
    }

    private static int alike(List<List<Object>> left, List<List<Object>> right) {
        List<List<Object>> unmatched = new ArrayList<>(right);
        return (int) left.stream().filter(unmatched::remove).count();
    }
}

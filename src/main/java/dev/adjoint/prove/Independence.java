package dev.adjoint.prove;

import dev.adjoint.index.Constraint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code Σ_i Σ_j f(i)·g(j) = (Σ_i f(i))·(Σ_j g(j))}: a sum of products over indices that meet in no factor. */
final class Independence {
    private Independence() {}

    /** The factors of a term of which no two share an index that is summed over; the term alone if it is one. */
    static List<Term> of(Term term) {
        List<Set<String>> groups = new ArrayList<>();
        for (String name : term.bound()) {
            join(groups, Set.of(name));
        }
        term.where().forEach(c -> join(groups, bound(term, c.expr().variables())));
        join(groups, bound(term, term.coefficient().variables()));
        for (Factor f : term.factors()) {
            join(groups, bound(term, variables(f)));
        }
        List<Term> parts = new ArrayList<>();
        groups.add(Set.of());
        for (Set<String> group : groups) {
            List<Factor> factors = new ArrayList<>();
            for (Factor f : term.factors()) {
                if (isIn(bound(term, variables(f)), group)) {
                    factors.add(f);
                }
            }
            List<Constraint> where = term.where().stream()
                    .filter(c -> isIn(bound(term, c.expr().variables()), group))
                    .toList();
            Ratio coefficient =
                    isIn(bound(term, term.coefficient().variables()), group) ? term.coefficient() : Ratio.ONE;
            Term part = new Term(coefficient, factors, where, List.copyOf(group));
            if (!part.equals(Term.of(Ratio.ONE))) {
                parts.add(part);
            }
        }
        return parts;
    }

    private static boolean isIn(Set<String> names, Set<String> group) {
        return names.isEmpty() ? group.isEmpty() : group.containsAll(names);
    }

    private static Set<String> variables(Factor f) {
        Set<String> names = new LinkedHashSet<>();
        f.collectVariables(names);
        return names;
    }

    private static Set<String> bound(Term term, Set<String> names) {
        Set<String> bound = new LinkedHashSet<>(term.bound());
        bound.retainAll(names);
        return bound;
    }

    /** What occurs together is one group. */
    private static void join(List<Set<String>> groups, Set<String> names) {
        Set<String> joined = new LinkedHashSet<>(names);
        for (Set<String> group : List.copyOf(groups)) {
            if (group.stream().anyMatch(names::contains)) {
                joined.addAll(group);
                groups.remove(group);
            }
        }
        if (!joined.isEmpty()) {
            groups.add(joined);
        }
    }
}

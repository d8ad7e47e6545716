package dev.adjoint.prove;

import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A function of a value by cases: {@code f(s·u + w) = s·f(u + w) + (1 − s)·f(w)} for a selector or a condition s, which
 * is 0 or 1.
 */
final class Cases {
    private final Algebra algebra;

    Cases(Algebra algebra) {
        this.algebra = algebra;
    }

    /** A value {@code s·u + w}: the selector s, {@code holds = u + w} and {@code fails = w}. */
    private record Case(List<Term> selector, List<Term> holds, List<Term> fails) {}

    /** The function of the value by the cases of one selector or condition; empty if the value has none. */
    Optional<List<Term>> of(List<Term> v, Domain scope, UnaryOperator<List<Term>> f) {
        return find(v, scope).map(c -> {
            List<Term> fails = f.apply(c.fails());
            return algebra.plus(fails, algebra.times(c.selector(), algebra.minus(f.apply(c.holds()), fails)));
        });
    }

    /** Whether a value has cases. */
    boolean split(List<Term> v) {
        return find(v, Domain.ALL).isPresent();
    }

    private Optional<Case> find(List<Term> v, Domain scope) {
        for (Term term : v) {
            if (term.isPlain()) {
                for (Factor f : term.factors()) {
                    if (f.family().isSelector()) {
                        return Optional.of(new Case(List.of(Term.of(f)), given(v, f, 1), given(v, f, 0)));
                    }
                }
            }
            for (Constraint c : term.where()) {
                if (c.expr().variables().stream().noneMatch(term.bound()::contains)) {
                    List<Term> selector = scope.implies(c) ? Algebra.one() : algebra.where(Algebra.one(), List.of(c));
                    return Optional.of(new Case(selector, given(v, c, true), given(v, c, false)));
                }
            }
        }
        return Optional.empty();
    }

    /** The value where a selector is 1 or 0. */
    List<Term> given(List<Term> v, Factor selector, int value) {
        List<Term> given = new ArrayList<>();
        for (Term term : v) {
            List<Factor> factors = new ArrayList<>(term.factors());
            boolean held = factors.removeIf(selector::sameEntry);
            if (!held || value == 1) {
                given.addAll(algebra.tidy(term.withFactors(factors)));
            }
        }
        return algebra.merged(given);
    }

    private List<Term> given(List<Term> v, Constraint c, boolean holds) {
        List<Term> given = new ArrayList<>();
        for (Term term : v) {
            if (!term.where().contains(c)) {
                given.add(term);
            } else if (holds) {
                given.add(term.withWhere(
                        term.where().stream().filter(w -> !w.equals(c)).toList()));
            }
        }
        return algebra.merged(given);
    }
}

package dev.adjoint.prove;

import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Whether a claim has a value wherever the layer and what is derived from it have one. Each division, root and logarithm
 * of the claim needs its argument not to be zero, or not to be negative. That holds by the argument's sign, by the
 * conditions around it, or because the layer or the derived side needs the same at the same place.
 */
final class Definedness {
    /** What a partial operation asks of its argument. */
    enum Need {
        NOT_ZERO,
        NOT_NEGATIVE,
        /** That the function or extremum whose family the value is has a value, a real one. */
        REAL
    }

    /**
     * At every point of {@code scope} at which {@code guard} is 1, {@code value} must be as needed.
     *
     * @param guard 0 or 1
     */
    record Obligation(Need need, List<Term> value, Domain scope, List<Term> guard) {}

    /**
     * The same, about the entry of a family, or about a polynomial in integers; {@code turned} says that the family holds
     * the negated value.
     */
    private record Known(Need need, Object what, boolean turned, List<IntExpr> index, Domain scope) {}

    private final Calculus calculus;
    private final List<Known> known = new ArrayList<>();

    Definedness(Calculus calculus) {
        this.calculus = calculus;
    }

    /**
     * Takes for granted what the layer or the derived side asks for.
     *
     * @param fixed the variables that denote the same there as in the claim: sizes, and free indices of the claim
     */
    void assume(List<Obligation> obligations, Set<String> fixed) {
        for (Obligation each : obligations) {
            if (BigFraction.ONE.equals(Algebra.asNumber(each.guard()))) {
                for (Obligation part : parts(each)) {
                    integer(part)
                            .filter(k -> fixed.containsAll(((Poly) k.what()).variables()))
                            .or(() -> known(part))
                            .map(k -> closed(k, fixed))
                            .ifPresent(known::add);
                }
            }
        }
    }

    /** With other names for the variables that run over all their values there. */
    private Known closed(Known k, Set<String> fixed) {
        Map<String, IntExpr> names = new HashMap<>();
        Set<String> all = new LinkedHashSet<>();
        k.index().forEach(i -> all.addAll(i.variables()));
        k.scope().constraints().forEach(c -> all.addAll(c.expr().variables()));
        for (String name : all) {
            if (!fixed.contains(name)) {
                names.put(name, IntExpr.var(calculus.fresh.name()));
            }
        }
        return new Known(
                k.need(),
                k.what(),
                k.turned(),
                k.index().stream().map(i -> i.substitute(names)).toList(),
                Domain.of(k.scope().constraints().stream()
                        .map(c -> c.substitute(names))
                        .toList()));
    }

    /** The first obligation that is not shown to be met; empty if all are. */
    Optional<Obligation> unmet(List<Obligation> obligations) {
        for (Obligation each : obligations) {
            for (Obligation part : parts(each)) {
                if (!isMet(part)) {
                    return Optional.of(part);
                }
            }
        }
        return Optional.empty();
    }

    /** {@code a·b ≠ 0} where {@code a ≠ 0} and {@code b ≠ 0};  {@code a^p ≠ 0} where {@code a ≠ 0}. */
    private List<Obligation> parts(Obligation o) {
        if (o.need() != Need.NOT_ZERO
                || o.value().size() != 1
                || !o.value().get(0).isPlain()) {
            return List.of(o);
        }
        Term only = o.value().get(0);
        if (only.factors().stream().anyMatch(f -> f.family().isSelector())) {
            return List.of(o);
        }
        List<Obligation> parts = new ArrayList<>();
        Poly top = only.coefficient().numerator();
        if (top.terms().size() == 1) {
            for (Atom atom : top.terms().keySet().iterator().next().factors()) {
                Ratio factor = Ratio.of(Poly.of(IntExpr.of(atom)));
                parts.add(new Obligation(o.need(), List.of(Term.of(factor)), o.scope(), o.guard()));
            }
        } else {
            parts.add(new Obligation(o.need(), List.of(Term.of(Ratio.of(top))), o.scope(), o.guard()));
        }
        for (Factor f : only.factors()) {
            if (f.family().is("exp") || f.family().is("pi")) {
                continue;
            }
            List<Term> value = f.family().kind() == Family.Kind.POWER
                    ? calculus.families.argument(f)
                    : List.of(Term.of(f.raised(BigFraction.ONE)));
            parts.add(new Obligation(o.need(), value, o.scope(), o.guard()));
        }
        return parts;
    }

    /** The value without the terms that hold only where something is zero that is taken not to be. */
    List<Term> withoutZeros(List<Term> value, Domain domain) {
        List<Term> kept = new ArrayList<>();
        for (Term term : value) {
            boolean never = false;
            for (Factor f : term.factors()) {
                if (f.family().kind() == Family.Kind.ZERO && !never) {
                    Domain scope = calculus.facts.and(domain, term.where());
                    Known wanted = new Known(Need.NOT_ZERO, f.family(), false, f.index(), scope);
                    never = known.stream().anyMatch(k -> covers(k, wanted));
                }
            }
            if (!never) {
                kept.add(term);
            }
        }
        return kept.size() == value.size() ? value : kept;
    }

    /** The polynomial in integers that must not be zero, its first coefficient 1. */
    private static Optional<Known> integer(Obligation o) {
        boolean plain = o.need() == Need.NOT_ZERO
                && o.value().size() == 1
                && o.value().get(0).isPlain()
                && o.value().get(0).factors().isEmpty();
        if (!plain || o.value().get(0).coefficient().isZero()) {
            return Optional.empty();
        }
        Poly p = o.value().get(0).coefficient().numerator();
        BigFraction first = p.terms().entrySet().stream()
                .min(java.util.Comparator.comparing(e -> e.getKey().toString()))
                .orElseThrow()
                .getValue();
        return Optional.of(new Known(o.need(), p.times(first.reciprocal()), false, List.of(), o.scope()));
    }

    private boolean isMet(Obligation o) {
        if (o.need() != Need.REAL) {
            List<Term> fails = calculus.algebra.times(o.guard(), failure(o));
            if (fails.isEmpty() || calculus.isZero(fails, o.scope())) {
                return true;
            }
        }
        Optional<Known> wanted = integer(o).or(() -> known(o));
        return wanted.isPresent() && known.stream().anyMatch(k -> covers(k, wanted.get()));
    }

    /** 1 where the need is not met. */
    private List<Term> failure(Obligation o) {
        return o.need() == Need.NOT_ZERO
                ? calculus.selectors.zero(o.value(), o.scope())
                : calculus.selectors.positive(calculus.algebra.scaled(o.value(), BigFraction.of(-1)), o.scope());
    }

    private Optional<Known> known(Obligation o) {
        if (o.need() == Need.REAL) {
            return single(o.value()).map(f -> new Known(o.need(), f.family(), false, f.index(), o.scope()));
        }
        boolean turned = o.need() == Need.NOT_NEGATIVE && calculus.selectors.isTurned(o.value());
        if (o.need() == Need.NOT_NEGATIVE && !calculus.selectors.hasSignOfItsSelectors(o.value())) {
            return o.value().isEmpty()
                    ? Optional.empty()
                    : Optional.of(calculus.selectors.sign(o.value(), o.scope()))
                            .map(f -> new Known(o.need(), f.family(), turned, f.index(), o.scope()));
        }
        return single(calculus.selectors.zero(o.value(), o.scope()))
                .filter(f -> f.family().kind() == Family.Kind.ZERO)
                .map(f -> new Known(o.need(), f.family(), turned, f.index(), o.scope()));
    }

    /** The one factor that a value is. */
    private static Optional<Factor> single(List<Term> value) {
        return value.size() == 1 && value.get(0).factors().size() == 1
                ? Optional.of(value.get(0).factors().get(0))
                        .filter(f -> value.get(0).equals(Term.of(f)))
                : Optional.empty();
    }

    /** Whether each place of {@code wanted} is one of {@code given}. */
    private boolean covers(Known given, Known wanted) {
        if (given.need() != wanted.need() || !given.what().equals(wanted.what()) || given.turned() != wanted.turned()) {
            return false;
        }
        List<Constraint> where = new ArrayList<>(given.scope().constraints());
        Set<String> bound = new LinkedHashSet<>();
        where.forEach(c -> bound.addAll(c.expr().variables()));
        for (int k = 0; k < given.index().size(); k++) {
            bound.addAll(given.index().get(k).variables());
            where.add(Constraint.eq(given.index().get(k), wanted.index().get(k)));
        }
        bound.removeIf(name -> !name.startsWith("$"));
        for (IntExpr i : wanted.index()) {
            bound.removeAll(i.variables());
        }
        wanted.scope().constraints().forEach(c -> bound.removeAll(c.expr().variables()));
        try {
            Term exists = new Term(Ratio.ONE, List.of(), where, List.copyOf(bound));
            for (Piece piece : Counting.of(exists, wanted.scope(), calculus.facts, calculus.fresh, calculus.budget)) {
                Domain scope = calculus.facts.and(wanted.scope(), List.of());
                if (piece.where().stream().allMatch(scope::implies)) {
                    return true;
                }
            }
            return false;
        } catch (Undecided | ArithmeticException cannot) {
            return false;
        }
    }
}

package dev.adjoint.prove;

import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Splits terms so that factors which act on each other where their places coincide either do so, and are replaced by
 * their product, or lie apart: {@code x[i]·x[j]^−1 = [i == j] + [i != j]·x[i]·x[j]^−1}.
 */
final class Separation {
    private final Algebra algebra;
    private final Families families;
    private final Functions functions;
    private final Products products;
    private final DataFacts facts;
    private final Budget budget;

    Separation(
            Algebra algebra,
            Families families,
            Functions functions,
            Products products,
            DataFacts facts,
            Budget budget) {
        this.algebra = algebra;
        this.families = families;
        this.functions = functions;
        this.products = products;
        this.facts = facts;
        this.budget = budget;
    }

    List<Term> of(List<Term> value, Domain domain) {
        List<Term> apart = new ArrayList<>();
        List<Term> work = new ArrayList<>(value);
        boolean changed = false;
        while (!work.isEmpty()) {
            Term term = work.remove(work.size() - 1);
            List<Term> split = split(term, domain);
            if (split.size() == 1 && split.get(0) == term) {
                apart.add(term);
            } else {
                changed = true;
                work.addAll(split);
            }
        }
        return changed ? algebra.merged(apart) : value;
    }

    private List<Term> split(Term term, Domain domain) {
        List<Factor> factors = term.factors();
        for (int i = 0; i < factors.size(); i++) {
            for (int j = 0; j < factors.size(); j++) {
                if (i == j || factors.get(i).family() == factors.get(j).family() && i > j) {
                    continue;
                }
                Optional<Products.Law> law = acts(factors.get(i), factors.get(j));
                if (law.isPresent()) {
                    List<Term> split = split(term, i, j, law.get(), domain);
                    if (!split.isEmpty()) {
                        return split;
                    }
                }
            }
        }
        for (Factor f : factors) {
            List<Term> split = collapse(term, f, domain);
            if (!split.isEmpty()) {
                return split;
            }
        }
        return List.of(term);
    }

    /**
     * Where two indices of a function's argument are equal, two of its products may become one, as in {@code [x[i] −
     * x[j] > 0]}: there the function is made anew. Empty if that can happen nowhere.
     */
    private List<Term> collapse(Term term, Factor f, Domain domain) {
        if (f.family().argument().size() < 2
                || f.family().kind() == Family.Kind.POSITION
                || f.family().kind() == Family.Kind.PRODUCT) {
            return List.of();
        }
        List<Term> argument = families.argument(f);
        for (int i = 0; i < argument.size(); i++) {
            for (int j = i + 1; j < argument.size(); j++) {
                Optional<Products.Law> law = alike(argument.get(i), argument.get(j), f);
                if (law.isPresent()) {
                    List<Term> split = split(term, f, law.get(), domain);
                    if (!split.isEmpty()) {
                        return split;
                    }
                }
            }
        }
        return List.of();
    }

    /** That two plain products are the same but for their indices. */
    private Optional<Products.Law> alike(Term a, Term b, Factor f) {
        if (!a.isPlain()
                || !b.isPlain()
                || a.factors().size() != b.factors().size()
                || a.factors().isEmpty()) {
            return Optional.empty();
        }
        List<IntExpr> left = new ArrayList<>();
        List<IntExpr> right = new ArrayList<>();
        for (int k = 0; k < a.factors().size(); k++) {
            Factor x = a.factors().get(k);
            Factor y = b.factors().get(k);
            if (x.family() != y.family() || !x.power().equals(y.power())) {
                return Optional.empty();
            }
            left.addAll(x.index());
            right.addAll(y.index());
        }
        return Optional.of(new Products.Law(left, right, List.of(Term.of(f))));
    }

    private List<Term> split(Term term, Factor f, Products.Law law, Domain domain) {
        List<Constraint> same = new ArrayList<>();
        List<Term> split = new ArrayList<>();
        if (apart(term, law, domain, same, split)) {
            return split;
        }
        List<Factor> kept = new ArrayList<>(term.factors());
        kept.remove(f);
        Map<String, IntExpr> equal = new HashMap<>();
        List<Constraint> open = new ArrayList<>(same);
        if (open.isEmpty()) {
            // Equal throughout, though not in the same words: put in one at a time.
            for (int k = 0; k < law.left().size(); k++) {
                IntExpr gap = law.left().get(k).minus(law.right().get(k));
                if (!gap.isZero()) {
                    open.add(new Constraint(gap, true));
                }
            }
        }
        Factor here = f;
        for (Constraint c : open) {
            Optional<Replacement> by = Replacement.of(new Constraint(c.expr().substitute(equal), true));
            if (by.isEmpty() || !(by.get().atom() instanceof dev.adjoint.index.Atom.Var v)) {
                return List.of();
            }
            Map<String, IntExpr> step = Map.of(v.name(), by.get().value());
            equal.replaceAll((name, value) -> value.substitute(step));
            equal.putAll(step);
        }
        here = here.substitute(equal);
        List<Term> anew = functions.again(here, domain);
        if (anew.size() == 1 && anew.get(0).equals(Term.of(here))) {
            return List.of();
        }
        split.addAll(algebra.times(List.of(term.withFactors(kept).and(same)), anew));
        return split.isEmpty() ? List.of(term.times(BigFraction.ZERO)) : split;
    }

    /** Entries of one family to whole powers of one sign need no law: their places are told apart later. */
    private Optional<Products.Law> acts(Factor a, Factor b) {
        boolean units = a.family() == b.family()
                && !a.family().isSelector()
                && a.isWhole()
                && b.isWhole()
                && a.power().signum() == b.power().signum();
        return units ? Optional.empty() : products.law(a, b);
    }

    /**
     * Splits off where the places are apart.
     *
     * @param same the conditions under which they coincide
     * @return whether they coincide nowhere else
     */
    private boolean apart(Term term, Products.Law law, Domain domain, List<Constraint> same, List<Term> split) {
        Domain known = facts.and(domain, term.where());
        for (int k = 0; k < law.left().size(); k++) {
            IntExpr gap = law.left().get(k).minus(law.right().get(k));
            if (gap.isZero()) {
                continue;
            }
            budget.spend(3);
            Constraint above = new Constraint(gap.minus(1), false);
            Constraint below = new Constraint(gap.negate().minus(1), false);
            Domain here = facts.and(known, same);
            if (here.implies(above) || here.implies(below)) {
                // Apart from here on; what was split off before stays split off.
                if (!split.isEmpty()) {
                    split.addAll(algebra.tidy(term.and(same)));
                }
                return true;
            }
            if (here.implies(new Constraint(gap, true))) {
                continue;
            }
            for (Constraint side : List.of(above, below)) {
                List<Constraint> where = new ArrayList<>(same);
                where.add(side);
                split.addAll(algebra.tidy(term.and(where)));
            }
            same.add(new Constraint(gap, true));
        }
        return false;
    }

    /** Empty if the places are apart throughout. */
    private List<Term> split(Term term, int i, int j, Products.Law law, Domain domain) {
        List<Constraint> same = new ArrayList<>();
        List<Term> split = new ArrayList<>();
        if (apart(term, law, domain, same, split)) {
            return split;
        }
        List<Factor> kept = new ArrayList<>(term.factors());
        Factor first = kept.get(i);
        Factor second = kept.get(j);
        kept.remove(first);
        kept.remove(second);
        Term rest = term.withFactors(kept).and(same);
        split.addAll(algebra.times(List.of(rest), law.product()));
        return split.isEmpty() ? List.of(term.times(BigFraction.of(BigInteger.ZERO))) : split;
    }
}

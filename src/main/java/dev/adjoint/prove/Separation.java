package dev.adjoint.prove;

import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Splits terms so that factors which act on each other where their places coincide either do so, and are replaced by
 * their product, or lie apart: {@code x[i]·x[j]^−1 = [i == j] + [i != j]·x[i]·x[j]^−1}.
 */
final class Separation {
    private final Algebra algebra;
    private final Products products;
    private final DataFacts facts;
    private final Budget budget;

    Separation(Algebra algebra, Products products, DataFacts facts, Budget budget) {
        this.algebra = algebra;
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
        return List.of(term);
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

    /** Empty if the places are apart throughout. */
    private List<Term> split(Term term, int i, int j, Products.Law law, Domain domain) {
        Domain known = facts.and(domain, term.where());
        List<Constraint> same = new ArrayList<>();
        List<Term> split = new ArrayList<>();
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
                if (split.isEmpty()) {
                    return List.of();
                }
                split.addAll(algebra.tidy(term.and(same)));
                return split;
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

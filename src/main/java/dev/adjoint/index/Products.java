package dev.adjoint.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What follows by multiplication: {@code f ≥ 0} and {@code a ≥ l ≥ 0} give {@code f·(a − l) ≥ 0}, {@code f = 0} gives
 * {@code f·a = 0}. Only products that speak of a monomial in question are formed: if {@code μ} is one, and {@code ν | μ}
 * stands in {@code f}, then {@code f} is multiplied by {@code μ/ν}.
 */
final class Products {
    private static final int LIMIT = 70;

    private record Product(Constraint constraint, int newMonomials) {}

    private Products() {}

    /** In {@code rounds} rounds, the later ones about the monomials that the earlier brought; none may bring any in 0. */
    static List<Constraint> of(List<Constraint> known, Premises premises, int rounds) {
        Set<Monomial> monomials = new LinkedHashSet<>();
        known.forEach(c -> collect(c, monomials));
        List<Constraint> factors = new ArrayList<>(known);
        for (Atom atom : atoms(monomials)) {
            OptionalLong floor = premises.floor(atom);
            if (floor.isPresent()) {
                Constraint bound = Constraint.le(IntExpr.of(floor.getAsLong()), IntExpr.of(atom));
                if (!factors.contains(bound)) {
                    factors.add(bound);
                }
            }
        }
        Set<Constraint> all = new LinkedHashSet<>();
        for (int round = 0; round < Math.max(rounds, 1) && !monomials.isEmpty(); round++) {
            List<Product> products = new ArrayList<>();
            Set<Constraint> seen = new LinkedHashSet<>();
            for (Constraint factor : factors) {
                for (Set<IntExpr> multiplier : multipliers(factor, monomials, premises)) {
                    for (IntExpr by : multiplier) {
                        Constraint product = new Constraint(factor.expr().times(by), factor.equality());
                        if (!all.contains(product) && seen.add(product)) {
                            Set<Monomial> after = new LinkedHashSet<>();
                            collect(product, after);
                            after.removeAll(monomials);
                            products.add(new Product(product, after.size()));
                        }
                    }
                }
            }
            products.sort(Comparator.comparingInt(Product::newMonomials));
            for (Product product : products) {
                if (all.size() < LIMIT && (rounds > 0 || product.newMonomials() == 0)) {
                    all.add(product.constraint());
                    collect(product.constraint(), monomials);
                }
            }
        }
        return new ArrayList<>(all);
    }

    private static void collect(Constraint c, Set<Monomial> monomials) {
        for (Monomial monomial : c.expr().terms().keySet()) {
            if (monomial.factors().size() > 1) {
                monomials.add(monomial);
            }
        }
    }

    private static Set<Atom> atoms(Set<Monomial> monomials) {
        Set<Atom> atoms = new LinkedHashSet<>();
        monomials.forEach(m -> atoms.addAll(m.factors()));
        return atoms;
    }

    /** For each {@code μ/ν}, in order: it less the least values of its atoms where it is one atom, else as it is. */
    private static List<Set<IntExpr>> multipliers(Constraint factor, Set<Monomial> monomials, Premises premises) {
        Set<List<Atom>> quotients = new LinkedHashSet<>();
        for (Monomial monomial : monomials) {
            for (Monomial divisor : factor.expr().terms().keySet()) {
                List<Atom> rest = new ArrayList<>(monomial.factors());
                boolean divides = !divisor.factors().isEmpty();
                for (Atom atom : divisor.factors()) {
                    divides &= rest.remove(atom);
                }
                if (divides && !rest.isEmpty()) {
                    quotients.add(rest);
                }
            }
        }
        List<Set<IntExpr>> multipliers = new ArrayList<>();
        for (List<Atom> quotient : quotients) {
            IntExpr product = IntExpr.ONE;
            boolean known = true;
            for (Atom atom : quotient) {
                OptionalLong floor = factor.equality() ? OptionalLong.of(0) : premises.floor(atom);
                known &= floor.isPresent() && floor.getAsLong() >= 0;
                long least = quotient.size() == 1 ? floor.orElse(0) : 0;
                product = product.times(IntExpr.of(atom).minus(least));
            }
            if (known) {
                multipliers.add(Set.of(product));
            }
        }
        return multipliers;
    }
}

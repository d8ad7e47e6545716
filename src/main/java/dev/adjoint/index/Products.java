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
                for (IntExpr by : multipliers(factor, monomials, premises)) {
                    Constraint product = new Constraint(factor.expr().times(by), factor.equality());
                    if (!all.contains(product) && seen.add(product)) {
                        products.add(new Product(product, newMonomials(product, monomials)));
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

    private static int newMonomials(Constraint c, Set<Monomial> known) {
        int count = 0;
        Terms terms = c.expr().table();
        for (int k = 0; k < terms.size(); k++) {
            Monomial monomial = terms.monomial(k);
            count += monomial.factors().size() > 1 && !known.contains(monomial) ? 1 : 0;
        }
        return count;
    }

    private static void collect(Constraint c, Set<Monomial> monomials) {
        Terms terms = c.expr().table();
        for (int k = 0; k < terms.size(); k++) {
            if (terms.monomial(k).factors().size() > 1) {
                monomials.add(terms.monomial(k));
            }
        }
    }

    private static Set<Atom> atoms(Set<Monomial> monomials) {
        Set<Atom> atoms = new LinkedHashSet<>();
        monomials.forEach(m -> atoms.addAll(m.factors()));
        return atoms;
    }

    /** For each {@code μ/ν}, in order: it less the least values of its atoms where it is one atom, else as it is. */
    private static List<IntExpr> multipliers(Constraint factor, Set<Monomial> monomials, Premises premises) {
        Terms terms = factor.expr().table();
        Set<Monomial> quotients = new LinkedHashSet<>();
        for (Monomial monomial : monomials) {
            for (int k = 0; k < terms.size(); k++) {
                Monomial divisor = terms.monomial(k);
                boolean proper = !divisor.factors().isEmpty()
                        && divisor.factors().size() < monomial.factors().size();
                Monomial rest = proper ? monomial.over(divisor) : null;
                if (rest != null) {
                    quotients.add(rest);
                }
            }
        }
        List<IntExpr> multipliers = new ArrayList<>();
        for (Monomial quotient : quotients) {
            long least = 0;
            boolean known = true;
            for (Atom atom : quotient.factors()) {
                OptionalLong floor = factor.equality() ? OptionalLong.of(0) : premises.floor(atom);
                known &= floor.isPresent() && floor.getAsLong() >= 0;
                least = floor.orElse(0);
            }
            if (known) {
                IntExpr product = IntExpr.of(quotient, 1);
                multipliers.add(quotient.factors().size() == 1 ? product.minus(least) : product);
            }
        }
        return multipliers;
    }
}

package dev.adjoint.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A product of atoms, sorted by name; empty for the constant term. */
public final class Monomial {
    static final Monomial ONE = new Monomial(List.of());

    private static final Comparator<Atom> ORDER =
            Comparator.comparing(Atom::toString).thenComparing(a -> a.getClass().getName());

    private final List<Atom> factors;
    private final int hash;
    private @Nullable String text;

    public Monomial(List<Atom> factors) {
        this.factors = factors.size() < 2
                ? List.copyOf(factors)
                : factors.stream().sorted(ORDER).toList();
        this.hash = this.factors.hashCode();
    }

    public List<Atom> factors() {
        return factors;
    }

    public Monomial times(Monomial other) {
        if (factors.isEmpty() || other.factors.isEmpty()) {
            return factors.isEmpty() ? other : this;
        }
        List<Atom> all = new ArrayList<>(factors);
        all.addAll(other.factors);
        return new Monomial(all);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Monomial that && hash == that.hash && factors.equals(that.factors);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            StringBuilder product = new StringBuilder();
            for (Atom factor : factors) {
                product.append(product.length() == 0 ? "" : "*");
                product.append(IntExpr.isQuotient(factor) && factors.size() > 1 ? "(" + factor + ")" : factor);
            }
            known = product.toString();
            text = known;
        }
        return known;
    }
}

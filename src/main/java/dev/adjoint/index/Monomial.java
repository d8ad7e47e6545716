package dev.adjoint.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A product of atoms, sorted by name; empty for the constant term. */
public final class Monomial {
    static final Monomial ONE = new Monomial(List.of());

    private static final Comparator<Atom> ORDER = Monomial::order;

    private final List<Atom> factors;
    private final int hash;
    private @Nullable String text;

    public Monomial(List<Atom> factors) {
        Atom[] sorted = factors.toArray(new Atom[0]);
        Arrays.sort(sorted, ORDER);
        this.factors = List.of(sorted);
        this.hash = this.factors.hashCode();
    }

    private static int order(Atom left, Atom right) {
        if (left instanceof Atom.Var l && right instanceof Atom.Var r) {
            return l.name().compareTo(r.name());
        }
        int byText = left.toString().compareTo(right.toString());
        return byText != 0
                ? byText
                : left.getClass().getName().compareTo(right.getClass().getName());
    }

    public List<Atom> factors() {
        return factors;
    }

    public Monomial times(Monomial other) {
        if (factors.isEmpty() || other.factors.isEmpty()) {
            return factors.isEmpty() ? other : this;
        }
        List<Atom> all = new ArrayList<>(factors.size() + other.factors.size());
        all.addAll(factors);
        all.addAll(other.factors);
        return new Monomial(all);
    }

    /** What is left when the factors of the divisor are taken out; null unless all of them are here. */
    @Nullable
    Monomial over(Monomial divisor) {
        if (divisor.factors.size() > factors.size()) {
            return null;
        }
        List<Atom> left = new ArrayList<>(factors);
        for (Atom factor : divisor.factors) {
            if (!left.remove(factor)) {
                return null;
            }
        }
        return new Monomial(left);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Monomial that && hash == that.hash && sameFactors(that);
    }

    private boolean sameFactors(Monomial that) {
        boolean same = factors.size() == that.factors.size();
        for (int k = 0; same && k < factors.size(); k++) {
            same = factors.get(k).equals(that.factors.get(k));
        }
        return same;
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
                product.append(IntText.isQuotient(factor) && factors.size() > 1 ? "(" + factor + ")" : factor);
            }
            known = product.toString();
            text = known;
        }
        return known;
    }
}

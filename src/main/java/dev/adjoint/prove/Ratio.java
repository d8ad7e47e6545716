package dev.adjoint.prove;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A quotient of polynomials in sizes and indices, {@code numerator / Π denominators}; the denominators are not zero
 * where the formula is defined. Denominators with one term are kept factor by factor.
 */
record Ratio(Poly numerator, List<Poly> denominators) {
    static final Ratio ZERO = new Ratio(Poly.ZERO, List.of());
    static final Ratio ONE = new Ratio(Poly.ONE, List.of());

    Ratio {
        denominators = List.copyOf(denominators);
    }

    static Ratio of(BigFraction value) {
        return new Ratio(Poly.of(value), List.of());
    }

    static Ratio of(Poly value) {
        return new Ratio(value, List.of());
    }

    /** Terms of the numerator. */
    int size() {
        return numerator.terms().size();
    }

    boolean isZero() {
        return numerator.isZero();
    }

    boolean isConstant() {
        return denominators.isEmpty() && numerator.isConstant();
    }

    BigFraction constant() {
        return numerator.constant();
    }

    Ratio times(BigFraction factor) {
        return new Ratio(numerator.times(factor), denominators);
    }

    Ratio times(Ratio other) {
        if (other.denominators.isEmpty() && denominators.isEmpty()) {
            return new Ratio(numerator.times(other.numerator), List.of());
        }
        List<Poly> all = new ArrayList<>(denominators);
        all.addAll(other.denominators);
        return reduced(numerator.times(other.numerator), all);
    }

    /** {@code a/b + c/d}, over the denominators that both need. */
    Ratio plus(Ratio other) {
        if (denominators.equals(other.denominators)) {
            return new Ratio(numerator.plus(other.numerator), denominators);
        }
        List<Poly> common = new ArrayList<>(denominators);
        List<Poly> missingHere = new ArrayList<>(other.denominators);
        denominators.forEach(missingHere::remove);
        List<Poly> missingThere = new ArrayList<>(denominators);
        other.denominators.forEach(missingThere::remove);
        common.addAll(missingHere);
        Poly left = numerator;
        for (Poly factor : missingHere) {
            left = left.times(factor);
        }
        Poly right = other.numerator;
        for (Poly factor : missingThere) {
            right = right.times(factor);
        }
        return reduced(left.plus(right), common);
    }

    /** {@code 1 / this}; of a numerator with several terms, that becomes a denominator. */
    Ratio inverse() {
        Poly top = Poly.ONE;
        for (Poly factor : denominators) {
            top = top.times(factor);
        }
        if (numerator.terms().size() == 1) {
            Map.Entry<Monomial, BigFraction> only =
                    numerator.terms().entrySet().iterator().next();
            List<Poly> below = new ArrayList<>();
            for (Atom atom : only.getKey().factors()) {
                below.add(Poly.of(IntExpr.of(atom)));
            }
            return reduced(top.times(only.getValue().reciprocal()), below);
        }
        return reduced(top, List.of(numerator));
    }

    /** Cancels denominators that divide each term of the numerator, or are all of it. */
    private static Ratio reduced(Poly numerator, List<Poly> denominators) {
        if (numerator.isZero()) {
            return ZERO;
        }
        Poly top = numerator;
        List<Poly> kept = new ArrayList<>();
        for (Poly below : denominators) {
            Poly quotient = quotient(top, below);
            if (quotient == null) {
                kept.add(below);
            } else {
                top = quotient;
            }
        }
        kept.sort(java.util.Comparator.comparing(Poly::toString));
        return new Ratio(top, kept);
    }

    private static @org.jspecify.annotations.Nullable Poly quotient(Poly top, Poly below) {
        if (below.isConstant()) {
            return top.times(below.constant().reciprocal());
        }
        if (below.terms().size() == 1) {
            Map.Entry<Monomial, BigFraction> divisor =
                    below.terms().entrySet().iterator().next();
            Poly quotient = Poly.ZERO;
            for (Map.Entry<Monomial, BigFraction> term : top.terms().entrySet()) {
                List<Atom> left = new ArrayList<>(term.getKey().factors());
                for (Atom atom : divisor.getKey().factors()) {
                    if (!left.remove(atom)) {
                        return null;
                    }
                }
                quotient = quotient.plus(Poly.of(IntExpr.of(new Monomial(left), 1))
                        .times(term.getValue().divide(divisor.getValue())));
            }
            return quotient;
        }
        if (top.terms().size() == below.terms().size()) {
            Monomial first = below.terms().keySet().iterator().next();
            BigFraction over = top.terms().get(first);
            if (over != null) {
                BigFraction factor = over.divide(below.terms().get(first));
                return below.times(factor).equals(top) ? Poly.of(factor) : null;
            }
        }
        return null;
    }

    Set<String> variables() {
        Set<String> names = new LinkedHashSet<>(numerator.variables());
        denominators.forEach(d -> names.addAll(d.variables()));
        return names;
    }

    Ratio substitute(Map<String, IntExpr> values) {
        if (denominators.isEmpty()) {
            return of(numerator.substitute(values));
        }
        Ratio result = of(numerator.substitute(values));
        for (Poly below : denominators) {
            Poly replaced = below.substitute(values);
            if (replaced.isZero()) {
                throw new ArithmeticException("a division by " + below + ", which is 0 here");
            }
            result = result.times(of(replaced).inverse());
        }
        return result;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(numerator.toString());
        denominators.forEach(d -> text.append(" / (").append(d).append(")"));
        return text.toString();
    }
}

package dev.adjoint.prove;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.numbers.fraction.BigFraction;

/** A polynomial with rational coefficients over sizes, indices and what else an integer is made of; immutable. */
final class Poly {
    static final Poly ZERO = new Poly(Map.of());
    static final Poly ONE = of(BigFraction.ONE);

    /** Monomials that a product may have before it is multiplied out. */
    private static final int LARGEST = 20_000;

    private final Map<Monomial, BigFraction> terms;

    private Poly(Map<Monomial, BigFraction> terms) {
        this.terms = terms;
    }

    static Poly of(BigFraction value) {
        return value.equals(BigFraction.ZERO) ? ZERO : new Poly(Map.of(unit(), value));
    }

    static Poly of(IntExpr e) {
        Map<Monomial, BigFraction> terms = new LinkedHashMap<>();
        e.terms().forEach((m, c) -> terms.put(m, BigFraction.of(c)));
        return new Poly(terms);
    }

    private static Monomial unit() {
        return new Monomial(List.of());
    }

    Map<Monomial, BigFraction> terms() {
        return terms;
    }

    boolean isZero() {
        return terms.isEmpty();
    }

    boolean isConstant() {
        return terms.isEmpty()
                || terms.size() == 1
                        && terms.keySet().iterator().next().factors().isEmpty();
    }

    BigFraction constant() {
        return terms.getOrDefault(unit(), BigFraction.ZERO);
    }

    Poly plus(Poly other) {
        if (isZero()) {
            return other;
        }
        Map<Monomial, BigFraction> sum = new LinkedHashMap<>(terms);
        other.terms.forEach((m, c) -> add(sum, m, c));
        return new Poly(sum);
    }

    Poly minus(Poly other) {
        return plus(other.times(BigFraction.of(-1)));
    }

    Poly times(BigFraction factor) {
        if (factor.equals(BigFraction.ONE)) {
            return this;
        }
        Map<Monomial, BigFraction> scaled = new LinkedHashMap<>();
        terms.forEach((m, c) -> add(scaled, m, c.multiply(factor)));
        return new Poly(scaled);
    }

    /**
     * The product.
     *
     * @throws Undecided if it would be too large to go on with
     */
    Poly times(Poly other) {
        if (other.isConstant()) {
            return times(other.constant());
        }
        if ((long) terms.size() * other.terms.size() > LARGEST) {
            throw new Undecided("sizes and indices are multiplied to a polynomial of more than " + LARGEST + " terms");
        }
        Map<Monomial, BigFraction> product = new LinkedHashMap<>();
        terms.forEach((m, c) -> other.terms.forEach((n, d) -> add(product, m.times(n), c.multiply(d))));
        return new Poly(product);
    }

    private static void add(Map<Monomial, BigFraction> terms, Monomial monomial, BigFraction coefficient) {
        BigFraction sum = terms.getOrDefault(monomial, BigFraction.ZERO).add(coefficient);
        if (sum.equals(BigFraction.ZERO)) {
            terms.remove(monomial);
        } else {
            terms.put(monomial, sum);
        }
    }

    Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        terms.keySet().forEach(m -> m.factors().forEach(a -> a.collectVariables(names)));
        return names;
    }

    Poly substitute(Map<String, IntExpr> values) {
        if (variables().stream().noneMatch(values::containsKey)) {
            return this;
        }
        return map(monomial -> IntExpr.of(monomial, 1).substitute(values));
    }

    /** With something else in place of each monomial. */
    Poly map(Function<Monomial, IntExpr> value) {
        Map<Monomial, BigFraction> sum = new LinkedHashMap<>();
        terms.forEach((monomial, c) ->
                value.apply(monomial).terms().forEach((m, n) -> add(sum, m, c.multiply(BigFraction.of(n)))));
        return new Poly(sum);
    }

    /** The coefficients of the powers of a variable, the constant one first; null if it stands inside an atom. */
    @org.jspecify.annotations.Nullable
    List<Poly> coefficients(String name) {
        Atom.Var variable = new Atom.Var(name);
        List<Poly> coefficients = new ArrayList<>();
        for (Map.Entry<Monomial, BigFraction> term : terms.entrySet()) {
            List<Atom> rest = new ArrayList<>();
            int power = 0;
            for (Atom atom : term.getKey().factors()) {
                if (atom.equals(variable)) {
                    power++;
                } else {
                    Set<String> inside = new LinkedHashSet<>();
                    atom.collectVariables(inside);
                    if (inside.contains(name)) {
                        return null;
                    }
                    rest.add(atom);
                }
            }
            while (coefficients.size() <= power) {
                coefficients.add(ZERO);
            }
            Poly part = new Poly(Map.of(new Monomial(rest), term.getValue()));
            coefficients.set(power, coefficients.get(power).plus(part));
        }
        return coefficients;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Poly that && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    @Override
    public String toString() {
        List<Map.Entry<Monomial, BigFraction>> sorted = new ArrayList<>(terms.entrySet());
        sorted.sort(Comparator.comparing(e -> e.getKey().toString()));
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Monomial, BigFraction> term : sorted) {
            text.append(text.length() == 0 ? "" : " + ").append(term.getValue());
            String monomial = term.getKey().toString();
            text.append(monomial.isEmpty() ? "" : "*" + monomial);
        }
        return text.length() == 0 ? "0" : text.toString();
    }
}

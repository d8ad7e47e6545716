package dev.adjoint.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A polynomial over named quantities, beside its value at a point.
 *
 * @param terms each product, its factors sorted, with its coefficient; no coefficient is zero
 * @param value at the point, by which comparisons are decided
 */
public record Symbols(Map<List<String>, BigFraction> terms, Interval value) {
    /** Terms, and factors of one term, beyond which nobody reads them. */
    private static final int MOST_TERMS = 200;

    private static final int MOST_FACTORS = 24;

    /** @throws ArithmeticException if it is too long to be read */
    public Symbols {
        if (terms.size() > MOST_TERMS) {
            throw new ArithmeticException("a polynomial of more than " + MOST_TERMS + " terms");
        }
        terms = Collections.unmodifiableMap(terms);
    }

    static Symbols number(BigFraction number, Interval value) {
        Map<List<String>, BigFraction> terms = empty();
        if (!number.equals(BigFraction.ZERO)) {
            terms.put(List.of(), number);
        }
        return new Symbols(terms, value);
    }

    /** A quantity by its name. */
    public static Symbols named(String name, Interval value) {
        Map<List<String>, BigFraction> terms = empty();
        terms.put(List.of(name), BigFraction.ONE);
        return new Symbols(terms, value);
    }

    static Map<List<String>, BigFraction> empty() {
        return new TreeMap<>(java.util.Comparator.comparing((List<String> l) -> String.join("*", l)));
    }

    static void add(Map<List<String>, BigFraction> terms, List<String> product, BigFraction coefficient) {
        BigFraction sum = terms.getOrDefault(product, BigFraction.ZERO).add(coefficient);
        if (sum.equals(BigFraction.ZERO)) {
            terms.remove(product);
        } else {
            terms.put(product, sum);
        }
    }

    static List<String> product(List<String> left, List<String> right) {
        if (left.size() + right.size() > MOST_FACTORS) {
            throw new ArithmeticException("a product of more than " + MOST_FACTORS + " factors");
        }
        List<String> all = new ArrayList<>(left);
        all.addAll(right);
        Collections.sort(all);
        return List.copyOf(all);
    }
}

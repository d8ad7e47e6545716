package dev.adjoint.prove;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Whether conditions {@code u = 0} and {@code v > 0} exclude each other as linear conditions over their products, each
 * product a real number of its own, by Fourier–Motzkin elimination. True is certain; false is not.
 */
final class LinearSigns {
    private static final int MOST_ROWS = 200;
    private static final String CONSTANT = "";

    private LinearSigns() {}

    static boolean areImpossible(List<List<Term>> zeros, List<List<Term>> positives) {
        List<Map<String, BigFraction>> rows = new ArrayList<>();
        for (List<Term> positive : positives) {
            rows.add(row(positive));
        }
        List<Map<String, BigFraction>> equations = new ArrayList<>();
        zeros.forEach(zero -> equations.add(row(zero)));
        for (int k = 0; k < equations.size(); k++) {
            Map<String, BigFraction> equation = equations.get(k);
            String pivot = equation.keySet().stream()
                    .filter(product -> !product.equals(CONSTANT))
                    .findFirst()
                    .orElse(null);
            if (pivot == null) {
                if (!equation.isEmpty()) {
                    return true;
                }
                continue;
            }
            for (int j = k + 1; j < equations.size(); j++) {
                equations.set(j, combined(equations.get(j), equation, pivot));
            }
            rows.replaceAll(row -> combined(row, equation, pivot));
        }
        while (true) {
            for (Map<String, BigFraction> row : rows) {
                boolean constant = row.keySet().stream().allMatch(CONSTANT::equals);
                if (constant && row.getOrDefault(CONSTANT, BigFraction.ZERO).compareTo(BigFraction.ZERO) <= 0) {
                    return true;
                }
            }
            String pivot = rows.stream()
                    .flatMap(r -> r.keySet().stream())
                    .filter(k -> !k.equals(CONSTANT))
                    .findFirst()
                    .orElse(null);
            if (pivot == null || rows.size() > MOST_ROWS) {
                return false;
            }
            rows = eliminated(rows, pivot);
        }
    }

    /** All sums of a row with a positive and one with a negative coefficient in which the pivot vanishes. */
    private static List<Map<String, BigFraction>> eliminated(List<Map<String, BigFraction>> rows, String pivot) {
        List<Map<String, BigFraction>> next = new ArrayList<>();
        for (Map<String, BigFraction> row : rows) {
            if (!row.containsKey(pivot)) {
                next.add(row);
            } else if (row.get(pivot).signum() > 0) {
                for (Map<String, BigFraction> other : rows) {
                    if (other.containsKey(pivot) && other.get(pivot).signum() < 0) {
                        next.add(sum(row, other.get(pivot).negate(), other, row.get(pivot)));
                    }
                }
            }
        }
        return next;
    }

    /** The row with the equation added so that the pivot vanishes. */
    private static Map<String, BigFraction> combined(
            Map<String, BigFraction> row, Map<String, BigFraction> equation, String pivot) {
        BigFraction here = row.get(pivot);
        return here == null
                ? row
                : sum(row, BigFraction.ONE, equation, here.negate().divide(equation.get(pivot)));
    }

    private static Map<String, BigFraction> sum(
            Map<String, BigFraction> left, BigFraction a, Map<String, BigFraction> right, BigFraction b) {
        Map<String, BigFraction> sum = new LinkedHashMap<>();
        left.forEach((k, c) -> sum.merge(k, c.multiply(a), BigFraction::add));
        right.forEach((k, c) -> sum.merge(k, c.multiply(b), BigFraction::add));
        sum.values().removeIf(BigFraction.ZERO::equals);
        return sum;
    }

    private static Map<String, BigFraction> row(List<Term> value) {
        Map<String, BigFraction> row = new LinkedHashMap<>();
        for (Term term : value) {
            List<String> factors = new ArrayList<>(
                    term.factors().stream().map(Factor::toString).toList());
            BigFraction coefficient = BigFraction.ONE;
            if (term.coefficient().isConstant()) {
                coefficient = term.coefficient().constant();
            } else {
                factors.add("(" + term.coefficient() + ")");
            }
            java.util.Collections.sort(factors);
            row.merge(String.join("*", factors), coefficient, BigFraction::add);
        }
        row.values().removeIf(BigFraction.ZERO::equals);
        return row;
    }
}

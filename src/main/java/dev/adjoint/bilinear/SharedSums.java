package dev.adjoint.bilinear;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Writes {@code y = M x} as a straight-line program that computes common sums once: as long as two rows have two terms
 * in the same ratio, {@code c·(x_i + ρ·x_j)}, the pair that most rows share becomes a value of its own (the greedy
 * sharing of two-term sums of C. Paar, 1997, with ratios). Of rows for points {@code ±a} these are the even and the odd
 * part. A pair only ever replaces its two terms, so that no two paths of the program cancel: its {@link
 * LinearProgram#absolute absolute matrix} is {@code |M|}.
 */
final class SharedSums {
    private final List<SortedMap<Integer, BigFraction>> rows = new ArrayList<>();
    private final int inputs;
    private final List<Operation> steps = new ArrayList<>();
    private final Map<Term, Integer> scaled = new HashMap<>();

    /** {@code factor·(value of)}. */
    private record Term(BigFraction factor, int of) {
        boolean isPlain() {
            return factor.equals(BigFraction.ONE);
        }

        Term negated() {
            return new Term(factor.negate(), of);
        }
    }

    /** {@code x_left + ratio·x_right}, up to a factor; {@code |ratio| ≥ 1}. */
    private record Pair(int left, BigFraction ratio, int right) {
        static Pair of(int i, BigFraction ci, int j, BigFraction cj) {
            return ci.abs().compareTo(cj.abs()) <= 0
                    ? new Pair(i, RationalMatrix.lowest(cj.divide(ci)), j)
                    : new Pair(j, RationalMatrix.lowest(ci.divide(cj)), i);
        }
    }

    private SharedSums(RationalMatrix matrix) {
        this.inputs = matrix.columns();
        for (int i = 0; i < matrix.rows(); i++) {
            SortedMap<Integer, BigFraction> row = new TreeMap<>();
            for (int j = 0; j < matrix.columns(); j++) {
                if (matrix.get(i, j).signum() != 0) {
                    row.put(j, matrix.get(i, j));
                }
            }
            if (row.isEmpty()) {
                throw new IllegalArgumentException("row " + i + " is zero: there is nothing to compute");
            }
            rows.add(row);
        }
    }

    /** The program of a matrix without zero rows. */
    static LinearProgram of(RationalMatrix matrix) {
        SharedSums sharing = new SharedSums(matrix);
        for (Optional<Pair> pair = sharing.mostShared(); pair.isPresent(); pair = sharing.mostShared()) {
            sharing.extract(pair.get());
        }
        List<Integer> outputs = sharing.rows.stream().map(sharing::sum).toList();
        return new LinearProgram(sharing.inputs, sharing.steps, outputs);
    }

    /** The pair that most rows hold, at least two; of several the first that was met. */
    private Optional<Pair> mostShared() {
        Map<Pair, Integer> counts = new LinkedHashMap<>();
        for (SortedMap<Integer, BigFraction> row : rows) {
            row.forEach((i, ci) ->
                    row.tailMap(i + 1).forEach((j, cj) -> counts.merge(Pair.of(i, ci, j, cj), 1, Integer::sum)));
        }
        Optional<Integer> most = counts.values().stream().max(Comparator.naturalOrder());
        return most.filter(count -> count > 1)
                .flatMap(count -> counts.keySet().stream()
                        .filter(pair -> count.equals(counts.get(pair)))
                        .findFirst());
    }

    /** The pair becomes a value, or its negative if that is what more rows hold. */
    private void extract(Pair pair) {
        List<SortedMap<Integer, BigFraction>> holders =
                rows.stream().filter(row -> isIn(row, pair)).toList();
        int signs = holders.stream()
                .mapToInt(row -> factor(row, pair.left()).signum())
                .sum();
        Term right = new Term(pair.ratio(), pair.right());
        boolean negated = signs < 0 && !pair.ratio().equals(BigFraction.ONE);
        int shared = negated ? minus(right.negated(), pair.left()) : plus(pair.left(), right);
        for (SortedMap<Integer, BigFraction> row : holders) {
            BigFraction left = factor(row, pair.left());
            row.remove(pair.left());
            row.remove(pair.right());
            row.put(shared, negated ? left.negate() : left);
        }
    }

    private static boolean isIn(SortedMap<Integer, BigFraction> row, Pair pair) {
        BigFraction left = factor(row, pair.left());
        return left.signum() != 0 && left.multiply(pair.ratio()).equals(factor(row, pair.right()));
    }

    /** The factor of a value in a row, 0 if it is not there. */
    private static BigFraction factor(SortedMap<Integer, BigFraction> row, int of) {
        return row.getOrDefault(of, BigFraction.ZERO);
    }

    /** The sum of what is left in a row: it begins with what needs no instruction of its own, if there is such a term. */
    private int sum(SortedMap<Integer, BigFraction> row) {
        List<Term> terms = new ArrayList<>(row.entrySet().stream()
                .map(e -> new Term(e.getValue(), e.getKey()))
                .toList());
        Term first = first(terms);
        terms.remove(first);
        int sum;
        if (first.isPlain()) {
            sum = first.of();
        } else if (first.negated().isPlain() && !terms.isEmpty()) {
            sum = minus(terms.remove(0), first.of());
        } else {
            sum = scale(first);
        }
        for (Term term : terms) {
            sum = plus(sum, term);
        }
        return sum;
    }

    /** A term with the factor 1, else -1, else the one that most rows hold. */
    private Term first(List<Term> terms) {
        return terms.stream()
                .filter(Term::isPlain)
                .findFirst()
                .or(() -> terms.stream().filter(t -> t.negated().isPlain()).findFirst())
                .orElseGet(() -> terms.stream()
                        .max(Comparator.comparingLong(this::holders).thenComparing(Term::of, Comparator.reverseOrder()))
                        .orElseThrow());
    }

    private long holders(Term term) {
        return rows.stream()
                .filter(row -> term.factor().equals(factor(row, term.of())))
                .count();
    }

    private int scale(Term term) {
        return scaled.computeIfAbsent(term, t -> step(new Operation.Scale(t.factor(), t.of())));
    }

    private int plus(int sum, Term term) {
        if (term.isPlain()) {
            return step(new Operation.Add(sum, term.of()));
        }
        if (term.negated().isPlain()) {
            return step(new Operation.Subtract(sum, term.of()));
        }
        return step(new Operation.MultiplyAdd(term.factor(), term.of(), sum));
    }

    /** {@code term - value}. */
    private int minus(Term term, int value) {
        return term.isPlain()
                ? step(new Operation.Subtract(term.of(), value))
                : step(new Operation.MultiplySubtract(term.factor(), term.of(), value));
    }

    /** The number of the value that a step gives. */
    private int step(Operation operation) {
        steps.add(operation);
        return inputs + steps.size() - 1;
    }
}

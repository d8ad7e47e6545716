package dev.adjoint.bilinear;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A small matrix of exact rationals, immutable.
 *
 * @param entries row by row; at least one row, all of one length, which is at least 1
 */
public record RationalMatrix(List<List<BigFraction>> entries) {
    public RationalMatrix {
        entries = entries.stream()
                .map(row -> row.stream().map(RationalMatrix::lowest).toList())
                .toList();
        int width = entries.isEmpty() ? 0 : entries.get(0).size();
        if (width == 0 || entries.stream().anyMatch(row -> row.size() != width)) {
            throw new IllegalArgumentException("a matrix needs rows of one length, at least 1: " + entries);
        }
    }

    public int rows() {
        return entries.size();
    }

    public int columns() {
        return entries.get(0).size();
    }

    public BigFraction get(int row, int column) {
        return entries.get(row).get(column);
    }

    public List<BigFraction> row(int row) {
        return entries.get(row);
    }

    /** {@code (Mᵀ)_ij = M_ji}. */
    public RationalMatrix transposed() {
        return new RationalMatrix(IntStream.range(0, columns())
                .mapToObj(j -> entries.stream().map(row -> row.get(j)).toList())
                .toList());
    }

    /** {@code (M x)_i = Σ_j M_ij·x_j}. */
    public List<BigFraction> times(List<BigFraction> x) {
        return entries.stream().map(row -> dot(row, x)).toList();
    }

    private static BigFraction dot(List<BigFraction> row, List<BigFraction> x) {
        if (row.size() != x.size()) {
            throw new IllegalArgumentException(row.size() + " columns times " + x.size() + " entries");
        }
        BigFraction sum = BigFraction.ZERO;
        for (int j = 0; j < row.size(); j++) {
            sum = sum.add(row.get(j).multiply(x.get(j)));
        }
        return sum;
    }

    /** {@code |M|_ij = |M_ij|}. */
    public RationalMatrix absolute() {
        return mapped(BigFraction::abs);
    }

    /** {@code Σ_j M_ij} of each row i. */
    public List<BigFraction> rowSums() {
        return entries.stream()
                .map(row -> row.stream().reduce(BigFraction.ZERO, BigFraction::add))
                .toList();
    }

    /** {@code M_ij²} in place of each entry. */
    RationalMatrix squared() {
        return mapped(entry -> entry.multiply(entry));
    }

    private RationalMatrix mapped(UnaryOperator<BigFraction> function) {
        return new RationalMatrix(
                entries.stream().map(row -> row.stream().map(function).toList()).toList());
    }

    /** The matrix with another entry at one place. */
    public RationalMatrix with(int row, int column, BigFraction entry) {
        List<List<BigFraction>> changed = new ArrayList<>(entries);
        List<BigFraction> line = new ArrayList<>(changed.get(row));
        line.set(column, entry);
        changed.set(row, line);
        return new RationalMatrix(changed);
    }

    /** Whether every entry is an integer. */
    public boolean isIntegral() {
        return entries.stream()
                .flatMap(List::stream)
                .allMatch(e -> e.getDenominator().equals(BigInteger.ONE));
    }

    /** The same number with a positive denominator. */
    static BigFraction lowest(BigFraction number) {
        return number.getDenominator().signum() > 0
                ? number
                : BigFraction.of(
                        number.getNumerator().negate(), number.getDenominator().negate());
    }

    /** A number as the language writes it: {@code -5}, {@code 1/6}. */
    static String written(BigFraction number) {
        String numerator = number.getNumerator().toString();
        return number.getDenominator().equals(BigInteger.ONE) ? numerator : numerator + "/" + number.getDenominator();
    }

    /** A line for each row, the columns aligned to the right. */
    @Override
    public String toString() {
        List<Integer> widths = IntStream.range(0, columns())
                .mapToObj(j -> entries.stream()
                        .mapToInt(row -> written(row.get(j)).length())
                        .max()
                        .orElseThrow())
                .toList();
        return entries.stream()
                .map(row -> IntStream.range(0, columns())
                        .mapToObj(j ->
                                " ".repeat(widths.get(j) - written(row.get(j)).length()) + written(row.get(j)))
                        .collect(Collectors.joining("  ")))
                .collect(Collectors.joining("\n"));
    }
}

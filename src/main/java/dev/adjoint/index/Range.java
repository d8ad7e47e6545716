package dev.adjoint.index;

import java.util.Map;
import java.util.Optional;

/** The index {@code name} runs over {@code lo ≤ name < hi}; the range is empty when {@code hi ≤ lo}. */
public record Range(String name, IntExpr lo, IntExpr hi) {
    public static Range below(String name, IntExpr hi) {
        return new Range(name, IntExpr.ZERO, hi);
    }

    public IntExpr index() {
        return IntExpr.var(name);
    }

    public Range substitute(Map<String, IntExpr> values) {
        return new Range(name, lo.substitute(values), hi.substitute(values));
    }

    /** {@code hi − lo}, the number of values when it is not negative. */
    public IntExpr extent() {
        return hi.minus(lo);
    }

    /** {@code hi − 1}, if that is written more simply than the bound: of {@code min(n, p+1)} it is {@code min(n-1, p)}. */
    public Optional<IntExpr> last() {
        return !lo.isZero() && endsInOne(hi) ? Optional.of(predecessor(hi)) : Optional.empty();
    }

    @Override
    public String toString() {
        if (lo.isZero()) {
            return name + " < " + hi;
        }
        return lo + " <= " + name + last().map(last -> " <= " + last).orElse(" < " + hi);
    }

    /** Whether a bound, or one side of it, is {@code e + 1}. */
    private static boolean endsInOne(IntExpr bound) {
        return asExtremum(bound)
                .map(e -> endsInOne(e.left()) || endsInOne(e.right()))
                .orElse(!bound.isConstant() && bound.constant() == 1);
    }

    /** {@code min(a, b) − 1 = min(a − 1, b − 1)}. */
    private static IntExpr predecessor(IntExpr bound) {
        return asExtremum(bound)
                .map(e -> IntExpr.of(new Atom.Extremum(e.max(), predecessor(e.left()), predecessor(e.right()))))
                .orElseGet(() -> bound.minus(1));
    }

    private static Optional<Atom.Extremum> asExtremum(IntExpr bound) {
        return bound.atoms().stream()
                .filter(atom -> bound.equals(IntExpr.of(atom)))
                .filter(Atom.Extremum.class::isInstance)
                .map(Atom.Extremum.class::cast)
                .findFirst();
    }
}

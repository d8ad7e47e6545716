package dev.adjoint.index;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BinaryOperator;

/**
 * Constraints as ranges. The innermost variable first: {@code a·v ≥ e} with {@code a > 0} becomes
 * {@code v ≥ (e + a − 1) div a}, {@code b·v ≤ f} becomes {@code v ≤ f div b}, several of them a {@code max} and a
 * {@code min}; each pair leaves {@code b·e ≤ a·f} to the variables outside. An equality {@code ±v + e = 0} leaves one
 * value of {@code v}, which is put into the others.
 *
 * <p>The shadow {@code b·e ≤ a·f} is rational: an outer point in it may meet an empty inner range, but no point is lost
 * and none is added.
 */
public final class Bounds {
    /**
     * The ranges, and what they leave unsaid.
     *
     * @param ranges of the variables, outer to inner, each bounded by outer variables and the context
     * @param guards what the constraints say of the context alone and the context does not imply, and what no range can
     *     say: a constraint that holds a variable within an atom, or with a factor of unknown sign
     * @param shadows what holds of the context wherever the ranges are not empty, beyond the guards; ranges and guards
     *     are the whole set without them
     */
    public record Result(List<Range> ranges, List<Constraint> guards, List<Constraint> shadows) {
        public Result {
            ranges = List.copyOf(ranges);
            guards = List.copyOf(guards);
            shadows = List.copyOf(shadows);
        }
    }

    /** {@code factor·v ≥ rest}, or {@code ≤ rest} if it is an upper bound; the factor is positive. */
    private record Bound(IntExpr factor, IntExpr rest, boolean upper) {}

    private final Domain context;
    /** What the constraints say of the variables that still have no range. */
    private List<Constraint> left = new ArrayList<>();
    /** What follows from ranges already found: useful to those outside, but needed by none. */
    private List<Constraint> shadows = new ArrayList<>();

    private final List<Constraint> guards = new ArrayList<>();

    private Bounds(Domain context) {
        this.context = context;
    }

    /**
     * The set of integer points of the constraints within the context. A constraint that those listed before it and
     * the context imply is dropped.
     *
     * @throws IllegalArgumentException if a variable has no lower or no upper bound
     */
    public static Result of(List<String> outerToInner, List<Constraint> constraints, Domain context) {
        return new Bounds(context).solve(outerToInner, constraints);
    }

    private Result solve(List<String> outerToInner, List<Constraint> constraints) {
        constraints.forEach(c -> Constraints.addNormal(left, c));
        List<Range> ranges = new ArrayList<>();
        if (context.and(left).isEmpty()) {
            outerToInner.forEach(name -> ranges.add(Range.below(name, IntExpr.ZERO)));
            List<Constraint> never = List.of(new Constraint(IntExpr.of(-1), false));
            return new Result(ranges, outerToInner.isEmpty() ? never : List.of(), List.of());
        }
        for (int k = outerToInner.size() - 1; k >= 0; k--) {
            ranges.add(0, range(outerToInner.get(k)));
        }
        left.addAll(0, guards);
        List<Constraint> needed = withoutRedundant(left, context);
        return new Result(ranges, needed, withoutRedundant(shadows, context.and(needed)));
    }

    /** Takes the constraints on the variable out of the list, and leaves those that follow for the others. */
    private Range range(String name) {
        Optional<Range> single = solved(name);
        if (single.isPresent()) {
            return single.get();
        }
        List<Constraint> inner = new ArrayList<>();
        for (Constraint c : concat(left, shadows)) {
            if (c.expr().variables().contains(name)) {
                (c.equality() ? halves(c) : List.of(c)).forEach(half -> Constraints.addNormal(inner, half));
            }
        }
        left.removeIf(c -> c.expr().variables().contains(name));
        shadows.removeIf(c -> c.expr().variables().contains(name));
        Domain outside = context.and(left).and(shadows);
        List<Bound> bounds = new ArrayList<>();
        List<Constraint> unsolved = new ArrayList<>();
        split(name, withoutRedundant(inner, outside), outside, bounds, unsolved);
        if (bounds.stream().map(Bound::upper).distinct().count() < 2) {
            // What was dropped followed from the rest in a way that elimination does not follow.
            bounds.clear();
            unsolved.clear();
            split(name, inner, outside, bounds, unsolved);
        }
        guards.addAll(unsolved);
        IntExpr lo = extremum(name, bounds, false, IntExpr::max, outside);
        IntExpr hi = extremum(name, bounds, true, IntExpr::min, outside);
        for (Bound low : bounds) {
            for (Bound high : bounds) {
                if (!low.upper() && high.upper()) {
                    Constraint shadow = Constraint.le(
                            low.rest().times(high.factor()), high.rest().times(low.factor()));
                    if (!outside.implies(shadow)) {
                        Constraints.addNormal(shadows, shadow);
                    }
                }
            }
        }
        return new Range(name, lo, hi);
    }

    /** {@code ±v + e = 0}: the range is {@code ∓e}, and {@code v} is replaced by it. */
    private Optional<Range> solved(String name) {
        for (Constraint c : left) {
            OptionalLong coefficient = c.equality() ? c.expr().coefficient(name) : OptionalLong.empty();
            if (coefficient.isPresent() && Math.abs(coefficient.getAsLong()) == 1) {
                IntExpr rest = c.expr().minus(IntExpr.var(name).times(coefficient.getAsLong()));
                IntExpr value = inOrder(rest.times(-coefficient.getAsLong()));
                left = replace(left, name, value);
                shadows = replace(shadows, name, value);
                return Optional.of(new Range(name, value, value.plus(1)));
            }
        }
        return Optional.empty();
    }

    private static List<Constraint> replace(List<Constraint> constraints, String name, IntExpr value) {
        List<Constraint> replaced = new ArrayList<>();
        constraints.forEach(c -> Constraints.addNormal(replaced, c.substitute(Map.of(name, value))));
        return replaced;
    }

    private static List<Constraint> concat(List<Constraint> first, List<Constraint> second) {
        List<Constraint> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static List<Constraint> halves(Constraint equality) {
        return List.of(
                new Constraint(equality.expr(), false),
                new Constraint(equality.expr().negate(), false));
    }

    /** Drops what the context and the others imply, the last listed first. */
    private static List<Constraint> withoutRedundant(List<Constraint> constraints, Domain context) {
        List<Constraint> kept = new ArrayList<>(constraints);
        for (int k = kept.size() - 1; k >= 0; k--) {
            Constraint c = kept.remove(k);
            if (!context.and(kept).implies(c)) {
                kept.add(k, c);
            }
        }
        return kept;
    }

    private static void split(
            String name, List<Constraint> inner, Domain outside, List<Bound> bounds, List<Constraint> unsolved) {
        for (Constraint c : inner) {
            Optional<IntExpr[]> parts = factorAndRest(name, c.expr());
            if (parts.isEmpty()) {
                unsolved.add(c);
                continue;
            }
            IntExpr factor = parts.get()[0];
            IntExpr rest = parts.get()[1];
            if (outside.impliesLe(IntExpr.ONE, factor)) {
                bounds.add(new Bound(factor, inOrder(rest.negate()), false));
            } else if (outside.impliesLe(factor, IntExpr.of(-1))) {
                bounds.add(new Bound(factor.negate(), inOrder(rest), true));
            } else {
                unsolved.add(c);
            }
        }
    }

    /** {@code e = factor·v + rest} with no {@code v} in either; empty if there is none such. */
    private static Optional<IntExpr[]> factorAndRest(String name, IntExpr e) {
        Atom.Var variable = new Atom.Var(name);
        IntExpr factor = IntExpr.ZERO;
        IntExpr rest = IntExpr.ZERO;
        for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
            List<Atom> others = new ArrayList<>(term.getKey().factors());
            boolean holds = others.remove(variable);
            Monomial monomial = new Monomial(others);
            IntExpr part = IntExpr.of(monomial, term.getValue());
            if (part.variables().contains(name)) {
                return Optional.empty();
            }
            factor = holds ? factor.plus(part) : factor;
            rest = holds ? rest : rest.plus(part);
        }
        return Optional.of(new IntExpr[] {factor, rest});
    }

    private static IntExpr extremum(
            String name, List<Bound> bounds, boolean upper, BinaryOperator<IntExpr> combine, Domain outside) {
        return bounds.stream()
                .filter(b -> b.upper() == upper)
                .map(b -> value(b, outside))
                .distinct()
                .reduce(combine)
                .orElseThrow(
                        () -> new IllegalArgumentException(name + " has no " + (upper ? "upper" : "lower") + " bound"));
    }

    /** The least value, or one more than the greatest. */
    private static IntExpr value(Bound bound, Domain outside) {
        if (bound.factor().equals(IntExpr.ONE)) {
            return bound.upper() ? bound.rest().plus(1) : bound.rest();
        }
        if (bound.upper()) {
            return outside.simplify(bound.rest().floorDiv(bound.factor())).plus(1);
        }
        return outside.simplify(bound.rest().plus(bound.factor()).minus(1).floorDiv(bound.factor()));
    }

    /** Indices before sizes before the constant, as a paper writes {@code p-H+K}: lower case before upper case. */
    private static IntExpr inOrder(IntExpr e) {
        Map<Monomial, Long> terms = new LinkedHashMap<>(e.terms());
        IntExpr ordered = IntExpr.ZERO;
        for (int rank = 0; rank <= 2; rank++) {
            for (Map.Entry<Monomial, Long> term : terms.entrySet()) {
                if (rank(term.getKey()) == rank) {
                    ordered = ordered.plus(IntExpr.of(term.getKey(), term.getValue()));
                }
            }
        }
        return ordered;
    }

    private static int rank(Monomial monomial) {
        boolean index = IntExpr.of(monomial, 1).variables().stream().anyMatch(v -> Character.isLowerCase(v.charAt(0)));
        return monomial.factors().isEmpty() ? 2 : index ? 0 : 1;
    }
}

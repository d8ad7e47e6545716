package dev.adjoint.derive;

import dev.adjoint.derive.Rule.Rewrite;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Bounds;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Lattice;
import dev.adjoint.index.Monomial;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The laws that eliminate a Kronecker delta {@code [e == 0]} from the sum over its indices. Each is an equality of
 * integers and loses no point: what the range of an eliminated index demanded stays as a condition.
 */
final class SiftRules {
    /** In the order in which they are tried. */
    static final List<Rule> ALL = List.of(
            new Rule("sifting", "sum[i](a[i] * [i == e]) = [e in range] * a[e]", SiftRules::unit),
            new Rule(
                    "quotient and remainder",
                    "[e div n == q] * [e mod n == r] = [e == n*q + r] * [0 <= r < n]",
                    SiftRules::quotientAndRemainder),
            new Rule(
                    "an index as quotient and remainder",
                    "sum[i < N](a[i]) = sum[t, r < n](a[n*t + r] * [n*t + r < N])",
                    SiftRules::splitIndex),
            new Rule("quotient", "[e div n == q] = [n*q <= e < n*q + n]", SiftRules::quotient),
            new Rule("remainder", "[i mod n == r] = sum[t]([i == n*t + r]) * [0 <= r < n]", SiftRules::remainder),
            new Rule(
                    "two indices in one equation",
                    "a*i + b*m == g*s  <=>  i = u*s + (b/g)*t, m = v*s - (a/g)*t, u*a + v*b = g = gcd(a, b)",
                    SiftRules::lattice),
            new Rule(
                    "divisibility",
                    "sum[i](a[i] * [n*i == e]) = [e mod n == 0] * [e div n in range] * a[e div n]",
                    SiftRules::divisible));

    private SiftRules() {}

    /** A Kronecker delta of a sum, as {@code e == 0}. */
    private record Delta(Cond condition, IntExpr e) {
        static List<Delta> of(SumTerm sum) {
            List<Delta> deltas = new ArrayList<>();
            for (Cond condition : sum.conditions()) {
                if (Terms.isKronecker(condition)) {
                    Cond.Ints ints = (Cond.Ints) condition;
                    deltas.add(new Delta(condition, ints.left().minus(ints.right())));
                }
            }
            return deltas;
        }
    }

    /** By an index with coefficient ±1, the outermost first: those of the output stand before those of the kernel. */
    private static Optional<Rewrite> unit(Expr node, Scope scope) {
        return SumTerm.of(node).flatMap(sum -> {
            for (Range range : sum.ranges()) {
                for (Delta delta : Delta.of(sum)) {
                    Optional<Affine> affine = Affine.in(delta.e, range.name()).filter(Affine::isUnit);
                    if (affine.isPresent()) {
                        IntExpr root = affine.get().root();
                        Optional<SumTerm> sifted =
                                sum.without(delta.condition).eliminate(Map.of(range.name(), root), List.of());
                        if (sifted.isPresent()) {
                            SumTerm pruned = sifted.get().pruned(scope);
                            boolean stays = Cond.conjuncts(Cond.within(range.lo(), root, range.hi())).stream()
                                    .anyMatch(pruned.conditions()::contains);
                            String where = stays ? "" : ", which lies in its range";
                            return Rewrite.to(pruned.expr(), range.name() + " = " + root + where);
                        }
                    }
                }
            }
            return Optional.empty();
        });
    }

    private static Optional<Rewrite> quotientAndRemainder(Expr node, Scope scope) {
        return SumTerm.of(node).flatMap(sum -> {
            for (Delta delta : Delta.of(sum)) {
                for (Split<Atom.FloorDiv> q : Split.of(delta.e, Atom.FloorDiv.class)) {
                    Atom.Mod partner = new Atom.Mod(q.atom.num(), q.atom.den());
                    for (Delta other : Delta.of(sum)) {
                        for (Split<Atom.Mod> r : Split.of(other.e, Atom.Mod.class)) {
                            if (r.atom.equals(partner) && bindsInside(sum, q.atom)) {
                                IntExpr n = q.atom.den();
                                Cond joined =
                                        Cond.eq(q.atom.num(), n.times(q.value).plus(r.value));
                                Cond inside = Cond.within(IntExpr.ZERO, r.value, n);
                                return Rewrite.to(sum.without(delta.condition)
                                        .without(other.condition)
                                        .and(List.of(joined, inside))
                                        .pruned(scope)
                                        .expr());
                            }
                        }
                    }
                }
            }
            return Optional.empty();
        });
    }

    /** Where one Kronecker delta holds both {@code i div n} and {@code i mod n}. */
    private static Optional<Rewrite> splitIndex(Expr node, Scope scope) {
        return SumTerm.of(node).flatMap(sum -> {
            for (Delta delta : Delta.of(sum)) {
                for (Atom atom : delta.e.atoms()) {
                    if (atom instanceof Atom.FloorDiv q && delta.e.atoms().contains(new Atom.Mod(q.num(), q.den()))) {
                        Optional<Range> range =
                                q.num().asVariable().flatMap(sum::range).filter(r -> r.lo().isZero());
                        if (range.isPresent()) {
                            return split(sum, range.get(), q.den(), scope);
                        }
                    }
                }
            }
            return Optional.empty();
        });
    }

    private static Optional<Rewrite> split(SumTerm sum, Range range, IntExpr n, Scope scope) {
        Range quotient =
                Range.below(scope.fresh("t"), range.hi().negate().floorDiv(n).negate());
        Range remainder = Range.below(scope.fresh("r"), n);
        IntExpr index = n.times(quotient.index()).plus(remainder.index());
        Domain domain = scope.within(List.of(quotient, remainder)).domain();
        return sum.eliminate(Map.of(range.name(), index), List.of(quotient, remainder))
                .map(s -> new Rewrite(
                        s.map(new Simplification(domain)).pruned(scope).expr(), range.name() + " = " + index));
    }

    private static Optional<Rewrite> quotient(Expr node, Scope scope) {
        return SumTerm.of(node).flatMap(sum -> {
            for (Delta delta : Delta.of(sum)) {
                for (Split<Atom.FloorDiv> q : Split.of(delta.e, Atom.FloorDiv.class)) {
                    if (bindsInside(sum, q.atom)) {
                        IntExpr lo = q.atom.den().times(q.value);
                        Cond between = Cond.within(lo, q.atom.num(), lo.plus(q.atom.den()));
                        return Rewrite.to(sum.without(delta.condition)
                                .and(List.of(between))
                                .pruned(scope)
                                .expr());
                    }
                }
            }
            return Optional.empty();
        });
    }

    private static Optional<Rewrite> remainder(Expr node, Scope scope) {
        return SumTerm.of(node).flatMap(sum -> {
            for (Delta delta : Delta.of(sum)) {
                for (Split<Atom.Mod> r : Split.of(delta.e, Atom.Mod.class)) {
                    for (Range range : sum.ranges()) {
                        Optional<Affine> affine =
                                Affine.in(r.atom.num(), range.name()).filter(Affine::isUnit);
                        if (affine.isPresent() && !r.value.variables().contains(range.name())) {
                            Optional<Rewrite> split = split(sum, delta.condition, r, range, affine.get(), scope);
                            if (split.isPresent()) {
                                return split;
                            }
                        }
                    }
                }
            }
            return Optional.empty();
        });
    }

    /** {@code ±i + rest = n·t + r}, that is {@code i = ±(n·t + r − rest)}, for a new index t. */
    private static Optional<Rewrite> split(
            SumTerm sum, Cond condition, Split<Atom.Mod> r, Range range, Affine affine, Scope scope) {
        String t = scope.fresh("t");
        IntExpr value = r.atom.den().times(IntExpr.var(t)).plus(r.value).minus(affine.rest());
        IntExpr index = affine.coefficient().constant() == 1 ? value : value.negate();
        List<Constraint> constraints = new ArrayList<>();
        constraints.add(Constraint.le(range.lo(), index));
        constraints.add(Constraint.lt(index, range.hi()));
        Bounds.Result bounds = Bounds.of(List.of(t), constraints, scope.domain());
        Cond inside = Cond.within(IntExpr.ZERO, r.value, r.atom.den());
        return sum.without(condition)
                .eliminate(Map.of(range.name(), index), bounds.ranges())
                .map(s -> new Rewrite(s.and(List.of(inside)).pruned(scope).expr(), range.name() + " = " + index));
    }

    private static Optional<Rewrite> lattice(Expr node, Scope scope) {
        return SumTerm.of(node).flatMap(sum -> {
            for (Delta delta : Delta.of(sum)) {
                List<Range> present = new ArrayList<>();
                for (Range range : sum.ranges()) {
                    Optional<Affine> affine = Affine.in(delta.e, range.name());
                    if (affine.isPresent() && affine.get().isConstantMultiple()) {
                        present.add(range);
                    }
                }
                for (int k = 0; k + 1 < present.size(); k++) {
                    Optional<Rewrite> solved = solve(sum, delta, present.get(k), present.get(k + 1), scope);
                    if (solved.isPresent()) {
                        return solved;
                    }
                }
            }
            return Optional.empty();
        });
    }

    /** {@code a·i + b·m + rest = 0}: with {@code s = −rest/g}, all solutions over one new index t. */
    private static Optional<Rewrite> solve(SumTerm sum, Delta delta, Range first, Range second, Scope scope) {
        long a = Affine.in(delta.e, first.name()).orElseThrow().coefficient().constant();
        long b = Affine.in(delta.e, second.name()).orElseThrow().coefficient().constant();
        IntExpr rest = delta.e.substitute(Map.of(first.name(), IntExpr.ZERO, second.name(), IntExpr.ZERO));
        Lattice.Step step = Lattice.solve(a, b);
        IntExpr t = IntExpr.var(scope.fresh("t"));
        IntExpr g = IntExpr.of(step.g());
        IntExpr s = rest.negate().floorDiv(g);
        Map<String, IntExpr> solution = new LinkedHashMap<>();
        // The second index, as a rule the kernel's, grows with t.
        long sign = a > 0 ? -1 : 1;
        solution.put(first.name(), s.times(step.u()).plus(t.times(sign * b / step.g())));
        solution.put(second.name(), s.times(step.v()).minus(t.times(sign * a / step.g())));
        List<Constraint> constraints = new ArrayList<>();
        for (Range range : List.of(first, second)) {
            IntExpr value = java.util.Objects.requireNonNull(solution.get(range.name()));
            Range moved = range.substitute(solution);
            constraints.add(Constraint.le(moved.lo(), value));
            constraints.add(Constraint.lt(value, moved.hi()));
        }
        String name = t.asVariable().orElseThrow();
        Bounds.Result bounds = Bounds.of(List.of(name), constraints, scope.domain());
        if (bounds.ranges().size() != 1) {
            return Optional.empty();
        }
        Cond divides = Cond.eq(rest.negate().mod(g), IntExpr.ZERO);
        return sum.without(delta.condition)
                .eliminate(solution, bounds.ranges())
                .map(r -> new Rewrite(
                        r.and(List.of(divides)).pruned(scope).expr(),
                        first.name() + " = " + solution.get(first.name()) + ", " + second.name() + " = "
                                + solution.get(second.name())));
    }

    private static Optional<Rewrite> divisible(Expr node, Scope scope) {
        return SumTerm.of(node).flatMap(sum -> {
            for (Delta delta : Delta.of(sum)) {
                for (Range range : sum.ranges()) {
                    Optional<Affine> affine = Affine.in(delta.e, range.name()).filter(a -> !a.isAbsent());
                    if (affine.isEmpty()
                            || affine.get().coefficient().variables().stream()
                                    .anyMatch(v -> sum.range(v).isPresent())) {
                        continue;
                    }
                    boolean positive = scope.isPositive(affine.get().coefficient());
                    if (!positive
                            && !scope.isPositive(affine.get().coefficient().negate())) {
                        continue;
                    }
                    IntExpr n = positive
                            ? affine.get().coefficient()
                            : affine.get().coefficient().negate();
                    IntExpr e = positive
                            ? affine.get().rest().negate()
                            : affine.get().rest();
                    Cond divides = Cond.eq(e.mod(n), IntExpr.ZERO);
                    IntExpr root = e.floorDiv(n);
                    Optional<SumTerm> sifted =
                            sum.without(delta.condition).eliminate(Map.of(range.name(), root), List.of());
                    if (sifted.isPresent()) {
                        return Rewrite.to(
                                sifted.get().and(List.of(divides)).pruned(scope).expr(), range.name() + " = " + root);
                    }
                }
            }
            return Optional.empty();
        });
    }

    private static boolean bindsInside(SumTerm sum, Atom atom) {
        return Variables.of(dev.adjoint.expr.Exprs.integer(IntExpr.of(atom))).stream()
                .anyMatch(v -> sum.range(v).isPresent());
    }

    /** {@code e = ±atom + rest}, solved for the atom: {@code e == 0  <=>  atom == value}. */
    private record Split<A extends Atom>(A atom, IntExpr value) {
        static <A extends Atom> List<Split<A>> of(IntExpr e, Class<A> kind) {
            List<Split<A>> splits = new ArrayList<>();
            for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
                List<Atom> factors = term.getKey().factors();
                if (factors.size() == 1 && kind.isInstance(factors.get(0)) && Math.abs(term.getValue()) == 1) {
                    IntExpr rest = e.minus(IntExpr.of(term.getKey(), term.getValue()));
                    splits.add(new Split<>(kind.cast(factors.get(0)), term.getValue() == 1 ? rest.negate() : rest));
                }
            }
            return splits;
        }
    }
}

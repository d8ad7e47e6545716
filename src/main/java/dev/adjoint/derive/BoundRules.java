package dev.adjoint.derive;

import dev.adjoint.derive.Rule.Rewrite;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Bounds;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The law that turns conditions on summed indices into bounds of the sum, by Fourier–Motzkin elimination. */
final class BoundRules {
    static final List<Rule> ALL = List.of(
            new Rule(
                    "conditions as bounds",
                    "sum[0 <= m < K]([0 <= p-m < N] * a) = sum[max(0, p-N+1) <= m < min(K, p+1)](a)",
                    BoundRules::tighten),
            new Rule("a sum of one term", "sum[e <= i < e+1](a[i]) = a[e]", BoundRules::single));

    private BoundRules() {}

    private static Optional<Rewrite> tighten(Expr node, Scope scope) {
        return SumTerm.of(node).flatMap(sum -> {
            Set<String> names = sum.ranges().stream().map(Range::name).collect(Collectors.toSet());
            List<Constraint> constraints = new ArrayList<>();
            for (Range range : sum.ranges()) {
                constraints.addAll(pieces(range));
            }
            List<Cond> rest = new ArrayList<>();
            int moved = 0;
            for (Cond condition : sum.conditions()) {
                if (isBound(condition, names, scope)) {
                    constraints.add(((Cond.Ints) condition).constraint().orElseThrow());
                    moved++;
                } else {
                    rest.add(condition);
                }
            }
            if (moved == 0) {
                return Optional.empty();
            }
            Bounds.Result bounds = Bounds.of(Terms.names(sum.ranges()), constraints, scope.domain());
            for (Constraint guard : bounds.guards()) {
                rest.add(Cond.ints(guard.equality() ? Rel.EQ : Rel.GE, guard.expr(), IntExpr.ZERO));
            }
            SumTerm bounded = new SumTerm(bounds.ranges(), rest, sum.values());
            return bounded.equals(sum) ? Optional.empty() : Rewrite.to(bounded.expr());
        });
    }

    private static Optional<Rewrite> single(Expr node, Scope scope) {
        return SumTerm.of(node).flatMap(sum -> {
            for (Range range : sum.ranges()) {
                if (range.extent().equals(IntExpr.ONE)) {
                    List<Range> others =
                            sum.ranges().stream().filter(r -> !r.equals(range)).toList();
                    return sum.withRanges(others)
                            .eliminate(Map.of(range.name(), range.lo()), List.of())
                            .map(s -> new Rewrite(s.expr(), range.name() + " = " + range.lo()));
                }
            }
            return Optional.empty();
        });
    }

    /** An inequality whose summed indices stand outside of quotients and data, with factors of known sign. */
    private static boolean isBound(Cond condition, Set<String> names, Scope scope) {
        if (!(condition instanceof Cond.Ints ints) || ints.rel() == Rel.EQ || ints.rel() == Rel.NE) {
            return false;
        }
        IntExpr e = ints.left().minus(ints.right());
        boolean mentions = false;
        for (String name : names) {
            Optional<Affine> affine = Affine.in(e, name);
            if (affine.isEmpty()) {
                return false;
            }
            IntExpr factor = affine.get().coefficient();
            if (!factor.isZero() && !scope.isPositive(factor) && !scope.isPositive(factor.negate())) {
                return false;
            }
            mentions |= !factor.isZero();
        }
        return mentions;
    }

    /** {@code max(a, b) ≤ i < min(c, d)} as four inequalities. */
    static List<Constraint> pieces(Range range) {
        List<Constraint> pieces = new ArrayList<>();
        lower(range.lo(), range.index(), pieces);
        upper(range.hi(), range.index(), pieces);
        return pieces;
    }

    private static void lower(IntExpr lo, IntExpr index, List<Constraint> pieces) {
        Optional<dev.adjoint.index.Atom.Extremum> max = extremum(lo, true);
        if (max.isPresent()) {
            lower(max.get().left(), index, pieces);
            lower(max.get().right(), index, pieces);
        } else {
            pieces.add(Constraint.le(lo, index));
        }
    }

    private static void upper(IntExpr hi, IntExpr index, List<Constraint> pieces) {
        Optional<dev.adjoint.index.Atom.Extremum> min = extremum(hi, false);
        if (min.isPresent()) {
            upper(min.get().left(), index, pieces);
            upper(min.get().right(), index, pieces);
        } else {
            pieces.add(Constraint.lt(index, hi));
        }
    }

    private static Optional<dev.adjoint.index.Atom.Extremum> extremum(IntExpr e, boolean max) {
        if (e.terms().size() == 1 && e.atoms().size() == 1) {
            dev.adjoint.index.Atom atom = e.atoms().iterator().next();
            if (atom instanceof dev.adjoint.index.Atom.Extremum x && x.max() == max && e.equals(IntExpr.of(atom))) {
                return Optional.of(x);
            }
        }
        return Optional.empty();
    }
}

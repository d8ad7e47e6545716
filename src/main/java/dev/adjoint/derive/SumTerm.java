package dev.adjoint.derive;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code sum[ranges]([conditions] * values)}, taken apart. */
record SumTerm(List<Range> ranges, List<Cond> conditions, List<Expr> values) {
    static Optional<SumTerm> of(Expr e) {
        if (!Terms.isSum(e)) {
            return Optional.empty();
        }
        Expr.Reduce sum = (Expr.Reduce) e;
        return Optional.of(new SumTerm(sum.ranges(), Terms.conditions(sum.body()), Terms.values(sum.body())));
    }

    Expr expr() {
        return Exprs.sum(ranges, Terms.product(conditions, values));
    }

    Optional<Range> range(String name) {
        return ranges.stream().filter(r -> r.name().equals(name)).findFirst();
    }

    SumTerm without(Cond condition) {
        return new SumTerm(
                ranges, conditions.stream().filter(c -> !c.equals(condition)).toList(), values);
    }

    SumTerm and(List<Cond> more) {
        List<Cond> all = new ArrayList<>(conditions);
        for (Cond condition : more) {
            all.addAll(Cond.conjuncts(condition));
        }
        return new SumTerm(ranges, all.stream().distinct().toList(), values);
    }

    SumTerm withRanges(List<Range> other) {
        return new SumTerm(other, conditions, values);
    }

    /**
     * The index replaced by an integer that its other indices determine, its range turned into a condition; empty if
     * the ranges that remain cannot be ordered so that each bound uses outer indices only.
     */
    Optional<SumTerm> eliminate(Map<String, IntExpr> solution, List<Range> added) {
        List<Range> rest = new ArrayList<>(added);
        List<Cond> inside = new ArrayList<>();
        for (Range range : ranges) {
            IntExpr value = solution.get(range.name());
            Range moved = range.substitute(solution);
            if (value == null) {
                rest.add(moved);
            } else {
                inside.add(Cond.within(moved.lo(), value, moved.hi()));
            }
        }
        Optional<List<Range>> ordered = ordered(rest);
        if (ordered.isEmpty()) {
            return Optional.empty();
        }
        List<Cond> moved =
                conditions.stream().map(c -> Substitution.of(c, solution)).toList();
        List<Expr> replaced =
                values.stream().map(v -> Substitution.of(v, solution)).toList();
        List<Cond> split = new ArrayList<>();
        moved.forEach(c -> split.addAll(Cond.conjuncts(c)));
        return Optional.of(new SumTerm(ordered.get(), split, replaced).and(inside));
    }

    /** Each condition and each factor rewritten. */
    SumTerm map(Rewriter rewriter) {
        return new SumTerm(
                ranges,
                conditions.stream()
                        .map(rewriter::cond)
                        .filter(c -> !c.equals(Cond.TRUE))
                        .toList(),
                values.stream().map(rewriter::expr).toList());
    }

    /** The ranges so that each uses only those before it, otherwise in their old order. */
    static Optional<List<Range>> ordered(List<Range> ranges) {
        Map<String, Range> waiting = new LinkedHashMap<>();
        ranges.forEach(r -> waiting.put(r.name(), r));
        List<Range> ordered = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Optional<Range> next = waiting.values().stream()
                    .filter(r -> r.lo().variables().stream().noneMatch(waiting::containsKey)
                            && r.hi().variables().stream().noneMatch(waiting::containsKey))
                    .findFirst();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            ordered.add(next.get());
            waiting.remove(next.get().name());
        }
        return Optional.of(ordered);
    }

    /** Without the conditions that the ranges, the scope and the other conditions imply. */
    SumTerm pruned(Scope scope) {
        List<Cond> kept = new ArrayList<>(conditions);
        for (Cond condition : conditions) {
            List<Cond> others = new ArrayList<>(kept);
            others.remove(condition);
            if (scope.within(ranges).given(others).implies(condition)) {
                kept = others;
            }
        }
        return new SumTerm(ranges, kept, values);
    }
}

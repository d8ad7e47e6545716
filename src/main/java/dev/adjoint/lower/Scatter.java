package dev.adjoint.lower;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Test;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code T[p, d] = Σ_i [t[i] == p]·a[i, d]} goes through the terms once and adds each where it belongs,
 * {@code T[t[i], d] += a[i, d]}, instead of looking at every term for every p: the gradient of a look-up.
 *
 * @param places index of the target that data decides → its value
 * @param terms what is added
 */
public record Scatter(Definition definition, Expr.Reduce sum, Map<String, IntExpr> places, Expr terms) {

    /** The definition as one that scatters, if its sum holds such conditions and nothing else of these indices. */
    public static Optional<Scatter> of(Definition definition) {
        if (!(definition.rhs() instanceof Expr.Reduce sum)
                || sum.kind() != Expr.Reduce.Kind.SUM
                || !(sum.body() instanceof Expr.Mul product)) {
            return Optional.empty();
        }
        Map<String, IntExpr> places = new LinkedHashMap<>();
        List<Expr> terms = new ArrayList<>();
        for (Expr factor : product.factors()) {
            List<Cond> stay = new ArrayList<>();
            for (Cond part : factor instanceof Expr.Iverson i ? Cond.conjuncts(i.cond()) : List.<Cond>of()) {
                if (!takesPlace(part, definition, places)) {
                    stay.add(part);
                }
            }
            terms.add(factor instanceof Expr.Iverson ? Exprs.iverson(Cond.and(stay)) : factor);
        }
        Scatter scatter = new Scatter(definition, sum, places, Exprs.mul(terms));
        return places.isEmpty() || scatter.mentionsPlaces() || reduces(scatter.terms())
                ? Optional.empty()
                : Optional.of(scatter);
    }

    /** {@code t[i] == p}, p an index of the target. */
    private static boolean takesPlace(Cond part, Definition definition, Map<String, IntExpr> places) {
        if (!(part instanceof Cond.Ints ints) || ints.rel() != Rel.EQ) {
            return false;
        }
        for (boolean turned : new boolean[] {false, true}) {
            IntExpr value = turned ? ints.right() : ints.left();
            Optional<String> index = (turned ? ints.left() : ints.right()).asVariable();
            boolean free = index.isPresent()
                    && definition.indices().stream().anyMatch(r -> r.name().equals(index.get()));
            if (free && !Variables.isStatic(value) && !places.containsKey(index.get())) {
                places.put(index.get(), value);
                return true;
            }
        }
        return false;
    }

    private boolean mentionsPlaces() {
        Set<String> mentioned = Variables.of(new Expr.Reduce(sum.kind(), sum.ranges(), terms));
        places.values().forEach(e -> mentioned.addAll(e.variables()));
        return mentioned.stream().anyMatch(places::containsKey);
    }

    /** Whether a reduction stands in the expression. */
    public static boolean reduces(Expr e) {
        boolean[] found = {false};
        new Rewriter() {
            @Override
            public Expr expr(Expr inner) {
                found[0] |= inner instanceof Expr.Reduce;
                return super.expr(inner);
            }
        }.expr(e);
        return found[0];
    }

    /** Clears the target, then adds term after term. */
    public Step nest(Buffer target, Lowering lowering) {
        List<Range> others = definition.indices().stream()
                .filter(r -> !places.containsKey(r.name()))
                .toList();
        boolean apart = sum.ranges().stream()
                .flatMap(r -> java.util.stream.Stream.of(r.lo(), r.hi()))
                .allMatch(bound ->
                        others.stream().noneMatch(o -> bound.variables().contains(o.name())));
        List<Range> loops = new ArrayList<>(apart ? sum.ranges() : others);
        loops.addAll(apart ? others : sum.ranges());
        return lowering.capture(() -> {
            lowering.emit(new Step.Fill(target, IntExpr.ZERO, target.length(), Real.ZERO));
            lowering.nest(loops, () -> add(target, lowering));
        });
    }

    private void add(Buffer target, Lowering lowering) {
        List<Test> inside = new ArrayList<>();
        List<IntExpr> place = new ArrayList<>();
        for (int axis = 0; axis < target.shape().size(); axis++) {
            Range range = definition.indices().get(axis);
            IntExpr value = places.get(range.name());
            IntExpr at = lowering.integer(value == null ? range.index() : value);
            place.add(at);
            if (value != null) {
                inside.add(new Test.Ints(Rel.LE, IntExpr.ZERO, at));
                inside.add(new Test.Ints(Rel.LT, at, target.shape().get(axis)));
            }
        }
        lowering.emit(new Step.If(
                Test.all(inside),
                lowering.capture(
                        () -> lowering.emit(new Step.Accumulate(target, target.offset(place), lowering.real(terms)))),
                null));
    }
}

package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The running maximum or minimum of a loop: {@code if (g > best) best = g} or {@code best = max(best, g)}, under
 * conditions.
 *
 * @param max whether the largest is kept, else the smallest
 * @param test the comparison that lets a new value in; empty for {@code best = max(best, g)}, of which no winner is
 *     known
 * @param fixed conditions that do not depend on the iteration
 * @param varying conditions that do
 */
record Best(Law law, boolean max, Optional<Cond.Values> test, Expr g, List<Cond> fixed, List<Cond> varying) {

    /** What the law keeps the best of, if that is all that it does. */
    static Optional<Best> of(Law law, String v, Set<String> carried) {
        if (law.content().cases().size() != 1 || !law.content().added().isEmpty()) {
            return Optional.empty();
        }
        Content.Case only = law.content().cases().get(0);
        if (only.value() instanceof Expr.Extremum x
                && (x.left().equals(law.self()) || x.right().equals(law.self()))) {
            Expr g = x.left().equals(law.self()) ? x.right() : x.left();
            return of(law, x.max(), Optional.empty(), g, only.conditions(), v, carried);
        }
        for (Cond c : only.conditions()) {
            if (c instanceof Cond.Values values) {
                Cond.Values test = Law.withSelfRight(values, law.self());
                boolean ordered = test.rel() != Rel.EQ && test.rel() != Rel.NE;
                if (ordered && test.right().equals(law.self()) && test.left().equals(only.value())) {
                    List<Cond> rest = new ArrayList<>(only.conditions());
                    rest.remove(c);
                    boolean max = test.rel() == Rel.GT || test.rel() == Rel.GE;
                    return of(law, max, Optional.of(test), only.value(), rest, v, carried);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Best> of(
            Law law,
            boolean max,
            Optional<Cond.Values> test,
            Expr g,
            List<Cond> conditions,
            String v,
            Set<String> carried) {
        List<Cond> fixed = new ArrayList<>();
        List<Cond> varying = new ArrayList<>();
        boolean known = Law.names(g).stream().noneMatch(carried::contains);
        for (Cond c : conditions) {
            known &= Law.names(c).stream().noneMatch(carried::contains);
            (Variables.of(c).contains(v) ? varying : fixed).add(c);
        }
        return known ? Optional.of(new Best(law, max, test, g, fixed, varying)) : Optional.empty();
    }

    private boolean isStrict() {
        return test.isPresent() && (test.get().rel() == Rel.GT || test.get().rel() == Rel.LT);
    }

    /** The value that takes part: minus infinity where the conditions keep it out. */
    private Expr candidate() {
        Expr worst = max ? Exprs.neg(new Expr.Inf()) : new Expr.Inf();
        return varying.isEmpty() ? g : guarded(Cond.and(varying), g, worst);
    }

    /** {@code c ? max[l](e) : -inf = max[l](c ? e : -inf)}. */
    private Expr guarded(Cond c, Expr e, Expr worst) {
        if (e instanceof Expr.Reduce r && r.kind() == kind()) {
            return new Expr.Reduce(r.kind(), r.ranges(), guarded(c, r.body(), worst));
        }
        if (e instanceof Expr.Select s && s.otherwise().equals(worst)) {
            return Exprs.select(Cond.and(c, s.cond()), s.then(), worst);
        }
        return Exprs.select(c, e, worst);
    }

    private Expr.Reduce.Kind kind() {
        return max ? Expr.Reduce.Kind.MAX : Expr.Reduce.Kind.MIN;
    }

    private Expr reduction(Range v) {
        return Exprs.reduce(kind(), List.of(v), candidate());
    }

    /** The law of the whole loop: {@code max[v](g) > best ? max[v](g) : best}. */
    Content closed(Range v) {
        Expr all = reduction(v);
        List<Cond> conditions = new ArrayList<>(fixed);
        Expr value = all;
        if (test.isPresent()) {
            conditions.add(new Cond.Values(test.get().rel(), all, law.self()));
        } else {
            value = new Expr.Extremum(max, law.self(), all);
        }
        return new Content(law.content().rank(), List.of(new Content.Case(conditions, value)), List.of(), law.self());
    }

    /**
     * What another variable holds after the loop that changes together with the best: its value of the winning
     * iteration.
     *
     * @return empty if the case does not follow this best
     */
    Optional<Content.Case> follower(Content.Case each, Range v, boolean descending, Set<String> carried) {
        if (test.isEmpty() || Law.names(each.value()).stream().anyMatch(carried::contains)) {
            return Optional.empty();
        }
        List<Cond> own = new ArrayList<>();
        List<Cond> free = new ArrayList<>();
        boolean follows = false;
        for (Cond c : each.conditions()) {
            if (c instanceof Cond.Values values
                    && Law.withSelfRight(values, law.self()).equals(test.get())) {
                follows = true;
            } else if (Variables.of(c).contains(v.name())) {
                own.add(c);
            } else if (Law.names(c).stream().anyMatch(carried::contains)) {
                return Optional.empty();
            } else {
                free.add(c);
            }
        }
        boolean same = own.containsAll(varying) && varying.containsAll(own);
        if (!follows || !same || !free.containsAll(fixed) || !isStrict() && !varying.isEmpty()) {
            return Optional.empty();
        }
        free.add(Cond.ints(Rel.LT, v.lo(), v.hi()));
        free.add(new Cond.Values(test.get().rel(), reduction(v), law.self()));
        List<Cond> conditions = Cond.conjuncts(Cond.and(free));
        return Optional.of(new Content.Case(conditions, atWinner(each.value(), v, descending)));
    }

    /** The value in the iteration whose candidate stays. */
    private Expr atWinner(Expr value, Range v, boolean descending) {
        if (isStrict() == descending) {
            Range back = Range.below(v.name(), v.extent());
            IntExpr reversed = v.hi().minus(1).minus(v.index());
            Position.Arg last = new Position.Arg(max, List.of(back), Substitution.of(candidate(), v.name(), reversed));
            return Substitution.of(value, v.name(), v.hi().minus(1).minus(IntExpr.of(last)));
        }
        if (candidate() instanceof Expr.Reduce inner && inner.kind() == kind() && isBox(inner.ranges(), v)) {
            List<Range> ranges = new ArrayList<>();
            ranges.add(v);
            ranges.addAll(inner.ranges());
            Position.Arg all = new Position.Arg(max, ranges, inner.body());
            Expr own = g instanceof Expr.Reduce r ? r.body() : inner.body();
            Position.Arg one = new Position.Arg(max, inner.ranges(), own);
            IntExpr size = IntExpr.ONE;
            for (Range range : inner.ranges()) {
                size = size.times(range.extent());
            }
            IntExpr rest = IntExpr.of(all).mod(size);
            Expr inside = new Rewriter() {
                @Override
                public IntExpr atom(Atom atom) {
                    return atom.equals(one) ? rest : super.atom(atom);
                }
            }.expr(value);
            return Substitution.of(inside, v.name(), v.lo().plus(IntExpr.of(all).floorDiv(size)));
        }
        IntExpr first = v.lo().plus(IntExpr.of(new Position.Arg(max, List.of(v), candidate())));
        return Substitution.of(value, Map.of(v.name(), first));
    }

    private static boolean isBox(List<Range> ranges, Range v) {
        return ranges.stream()
                .noneMatch(r -> r.lo().variables().contains(v.name())
                        || r.hi().variables().contains(v.name()));
    }
}

package dev.adjoint.prove;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Names;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Other words for a formula, equal to it at every point at which it has a value. */
final class Rewordings {
    /** A formula in other words, and what was done. */
    record Reworded(Expr expr, String kind) {}

    private final Random random;
    private final List<Range> free;

    /** @param free the indices of the formula */
    Rewordings(Random random, List<Range> free) {
        this.random = random;
        this.free = free;
    }

    /** One rewording somewhere in the formula, each kind that is possible as likely as another; empty if none is. */
    Optional<Reworded> once(Expr e) {
        Walk all = new Walk(Optional.empty(), -1);
        all.expr(e);
        if (all.kinds.isEmpty()) {
            return Optional.empty();
        }
        List<String> kinds = List.copyOf(new TreeSet<>(all.kinds));
        String kind = kinds.get(random.nextInt(kinds.size()));
        int places = Collections.frequency(all.kinds, kind);
        Walk walk = new Walk(Optional.of(kind), random.nextInt(places));
        return Optional.of(new Reworded(walk.expr(e), kind));
    }

    /** Comes by all places, or rewords one of them. */
    private final class Walk extends Rewriter {
        private final Optional<String> kind;
        private final List<String> kinds = new ArrayList<>();
        private final List<Range> scope = new ArrayList<>(free);
        private int left;

        Walk(Optional<String> kind, int place) {
            this.kind = kind;
            this.left = place;
        }

        @Override
        public Expr expr(Expr e) {
            if (kind.isPresent() && left < 0 || e instanceof Expr.Deriv) {
                return e;
            }
            for (Reworded each : options(e, scope)) {
                kinds.add(each.kind());
                if (kind.isPresent() && kind.get().equals(each.kind()) && left-- == 0) {
                    return each.expr();
                }
            }
            if (e instanceof Expr.Reduce r) {
                scope.addAll(r.ranges());
                Expr body = expr(r.body());
                scope.subList(scope.size() - r.ranges().size(), scope.size()).clear();
                return body == r.body() ? e : new Expr.Reduce(r.kind(), r.ranges(), body);
            }
            return super.expr(e);
        }

        @Override
        public IntExpr integer(IntExpr e) {
            return e;
        }
    }

    private List<Reworded> options(Expr e, List<Range> scope) {
        List<Reworded> options = new ArrayList<>();
        if (e instanceof Expr.Add a) {
            options.add(new Reworded(new Expr.Add(turned(a.terms())), "terms in another order"));
        } else if (e instanceof Expr.Mul m) {
            product(m, options);
        } else if (e instanceof Expr.Reduce r && r.kind() == Expr.Reduce.Kind.SUM) {
            sum(r, scope, options);
        } else if (e instanceof Expr.Select s) {
            options.add(new Reworded(
                    Exprs.add(
                            Exprs.mul(Exprs.iverson(Cond.not(s.cond())), s.otherwise()),
                            Exprs.mul(Exprs.iverson(s.cond()), s.then())),
                    "brackets for a choice"));
        } else if (e instanceof Expr.Pow p && p.exponent().equals(Expr.Num.of(2))) {
            options.add(new Reworded(Exprs.mul(p.base(), p.base()), "a square written out"));
        } else if (e instanceof Expr.Read r && r.pad() == null && !scope.isEmpty()) {
            onePoint(r, scope, options);
            options.add(new Reworded(
                    new Expr.Add(List.of(new Expr.Pow(e, Expr.Num.of(2)), e, neg(new Expr.Pow(e, Expr.Num.of(2))))),
                    "something added and taken away"));
        }
        return options;
    }

    private static Expr neg(Expr e) {
        return new Expr.Mul(List.of(Expr.Num.of(-1), e));
    }

    private <T> List<T> turned(List<T> list) {
        List<T> other = new ArrayList<>(list);
        Collections.rotate(other, 1 + random.nextInt(list.size() - 1));
        return other;
    }

    private void product(Expr.Mul m, List<Reworded> options) {
        if (m.factors().stream().noneMatch(Expr.Num.class::isInstance)) {
            options.add(new Reworded(new Expr.Mul(turned(m.factors())), "factors in another order"));
        }
        for (int k = 0; k < m.factors().size(); k++) {
            List<Expr> rest = new ArrayList<>(m.factors());
            Expr factor = rest.remove(k);
            if (factor instanceof Expr.Iverson i && guardsNothing(i, rest)) {
                Expr opposite = Exprs.sub(Expr.Num.ONE, Exprs.iverson(Cond.not(i.cond())));
                options.add(new Reworded(Exprs.mul(Exprs.mul(rest), opposite), "a bracket by its opposite"));
            } else if (factor instanceof Expr.Add a) {
                options.add(new Reworded(
                        Exprs.add(a.terms().stream()
                                .map(t -> Exprs.mul(Exprs.mul(rest), t))
                                .toList()),
                        "a product written out"));
            } else if (factor instanceof Expr.Reduce r && r.kind() == Expr.Reduce.Kind.SUM) {
                Set<String> names = new LinkedHashSet<>();
                rest.forEach(f -> names.addAll(Variables.of(f)));
                if (r.ranges().stream().noneMatch(range -> names.contains(range.name()))) {
                    options.add(new Reworded(
                            new Expr.Reduce(r.kind(), r.ranges(), Exprs.mul(Exprs.mul(rest), r.body())),
                            "a factor taken into a sum"));
                }
            }
        }
    }

    /** Whether no other factor reads or divides by what depends on the condition's indices: it may keep them from a pole. */
    private static boolean guardsNothing(Expr.Iverson bracket, List<Expr> others) {
        Set<String> names = Variables.of(bracket);
        boolean[] guarded = {false};
        Rewriter search = new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                boolean partial = e instanceof Expr.Read r && r.pad() == null
                        || e instanceof Expr.Pow
                        || e instanceof Expr.Apply
                        || e instanceof Expr.Deriv;
                guarded[0] |= partial && !Collections.disjoint(Variables.of(e), names);
                return super.expr(e);
            }
        };
        others.forEach(search::expr);
        return !guarded[0] && bracket.cond() instanceof Cond.Ints;
    }

    private void sum(Expr.Reduce r, List<Range> scope, List<Reworded> options) {
        int at = random.nextInt(r.ranges().size());
        Range range = r.ranges().get(at);
        IntExpr k = range.index();
        boolean alone = r.ranges().stream()
                .noneMatch(other -> other.lo().variables().contains(range.name())
                        || other.hi().variables().contains(range.name()));
        if (r.body() instanceof Expr.Add a) {
            options.add(new Reworded(
                    Exprs.add(a.terms().stream()
                            .map(t -> Exprs.sum(r.ranges(), t))
                            .toList()),
                    "a sum of sums"));
        }
        String fresh = Names.fresh(range.name() + "a", taken(r, scope));
        options.add(new Reworded(
                new Expr.Reduce(
                        r.kind(),
                        renamed(r.ranges(), at, range.name(), fresh),
                        Substitution.of(r.body(), range.name(), IntExpr.var(fresh))),
                "another name"));
        Cond part = random.nextBoolean()
                ? Cond.eq(k.mod(IntExpr.of(2)), IntExpr.ZERO)
                : Cond.ints(Rel.LT, k, range.lo().plus(1 + random.nextInt(2)));
        options.add(new Reworded(
                Exprs.add(
                        new Expr.Reduce(r.kind(), r.ranges(), Exprs.mul(Exprs.iverson(part), r.body())),
                        new Expr.Reduce(r.kind(), r.ranges(), Exprs.mul(Exprs.iverson(Cond.not(part)), r.body()))),
                part instanceof Cond.Ints i && i.rel() == Rel.EQ ? "even and odd apart" : "the first ones apart"));
        if (!alone) {
            return;
        }
        if (r.ranges().size() > 1) {
            int to = random.nextInt(r.ranges().size());
            List<Range> ranges = new ArrayList<>(r.ranges());
            ranges.add(to, ranges.remove(at));
            Set<String> own = new LinkedHashSet<>();
            r.ranges().forEach(o -> own.add(o.name()));
            boolean box = r.ranges().stream()
                    .allMatch(o -> Collections.disjoint(o.lo().variables(), own)
                            && Collections.disjoint(o.hi().variables(), own));
            if (box && to != at) {
                options.add(new Reworded(new Expr.Reduce(r.kind(), ranges, r.body()), "sums in another order"));
            }
        }
        IntExpr mirror = range.lo().plus(range.hi()).minus(1).minus(k);
        options.add(new Reworded(
                new Expr.Reduce(r.kind(), r.ranges(), Substitution.of(r.body(), range.name(), mirror)),
                "counted backwards"));
        options.add(new Reworded(
                new Expr.Reduce(
                        r.kind(),
                        with(
                                r.ranges(),
                                at,
                                new Range(
                                        range.name(),
                                        range.lo().plus(2),
                                        range.hi().plus(2))),
                        Substitution.of(r.body(), range.name(), k.minus(2))),
                "an index shifted"));
        Cond inside = Cond.within(range.lo(), k, range.hi());
        options.add(new Reworded(
                new Expr.Reduce(
                        r.kind(),
                        with(
                                r.ranges(),
                                at,
                                new Range(
                                        range.name(),
                                        range.lo().minus(1),
                                        range.hi().plus(2))),
                        Exprs.mul(Exprs.iverson(inside), r.body())),
                "a bracket for bounds"));
        if (range.lo().isZero()) {
            String half = Names.fresh(range.name() + "h", taken(r, scope));
            String bit = Names.fresh(range.name() + "b", taken(r, scope));
            IntExpr whole = IntExpr.var(half).times(2).plus(IntExpr.var(bit));
            List<Range> ranges = new ArrayList<>(r.ranges());
            ranges.set(at, Range.below(half, range.hi().plus(1).floorDiv(IntExpr.of(2))));
            ranges.add(at + 1, Range.below(bit, IntExpr.of(2)));
            options.add(new Reworded(
                    new Expr.Reduce(
                            r.kind(),
                            ranges,
                            Exprs.mul(
                                    Exprs.iverson(Cond.ints(Rel.LT, whole, range.hi())),
                                    Substitution.of(r.body(), range.name(), whole))),
                    "two at a time"));
        }
    }

    private static Set<String> taken(Expr.Reduce r, List<Range> scope) {
        Set<String> taken = new LinkedHashSet<>(Variables.of(r.body()));
        scope.forEach(s -> taken.add(s.name()));
        r.ranges().forEach(s -> {
            taken.add(s.name());
            taken.addAll(s.lo().variables());
            taken.addAll(s.hi().variables());
        });
        return taken;
    }

    private static List<Range> with(List<Range> ranges, int at, Range range) {
        List<Range> other = new ArrayList<>(ranges);
        other.set(at, range);
        return other;
    }

    private static List<Range> renamed(List<Range> ranges, int at, String name, String fresh) {
        List<Range> other = new ArrayList<>(ranges);
        Range old = ranges.get(at);
        other.set(at, new Range(fresh, old.lo(), old.hi()));
        for (int k = at + 1; k < other.size(); k++) {
            other.set(k, other.get(k).substitute(Map.of(name, IntExpr.var(fresh))));
        }
        return other;
    }

    /** {@code x[i] = Σ_k [k == i]·x[k]}. */
    private void onePoint(Expr.Read r, List<Range> scope, List<Reworded> options) {
        Range range = scope.get(random.nextInt(scope.size()));
        boolean used = r.index().stream().anyMatch(i -> i.variables().contains(range.name()));
        Set<String> taken = new LinkedHashSet<>();
        scope.forEach(s -> {
            taken.add(s.name());
            taken.addAll(s.lo().variables());
            taken.addAll(s.hi().variables());
        });
        r.index().forEach(i -> taken.addAll(i.variables()));
        if (used) {
            String fresh = Names.fresh("o", taken);
            options.add(new Reworded(
                    new Expr.Reduce(
                            Expr.Reduce.Kind.SUM,
                            List.of(new Range(fresh, range.lo(), range.hi())),
                            Exprs.mul(
                                    Exprs.iverson(Cond.eq(IntExpr.var(fresh), range.index())),
                                    Substitution.of(r, range.name(), IntExpr.var(fresh)))),
                    "picked out of a sum"));
        }
    }
}

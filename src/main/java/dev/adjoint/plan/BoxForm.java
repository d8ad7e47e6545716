package dev.adjoint.plan;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Scopes;
import dev.adjoint.loop.Solve;
import dev.adjoint.lower.Definition;
import dev.adjoint.lower.Sums;
import dev.adjoint.lower.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes a contraction of a definition that is one but for its indices: whose sums have bounds that depend on the
 * result's place, or whose places divide. Four changes of indices, each an exact rewriting of the sum:
 *
 * <ul>
 *   <li><i>sums over one group</i>: {@code d = k·(p div c) + e} where the summand is 0 but for
 *       {@code 0 ≤ p - c·(d div k) < c}, as in the gradient of what groups of channels read;
 *   <li><i>parts of an index</i>: {@code d = k·g + e} where {@code d div k} or {@code d mod k} is read, as in groups of
 *       channels;
 *   <li><i>sums from zero</i>: {@code i = lo + t} where the sum starts at {@code lo} and has the same length everywhere;
 *   <li><i>residue classes</i>: {@code p = S·q + r, i = q + t} where one operand is read at i and the other at
 *       {@code ±(p - S·i) + c}, as in the gradient of what moves in steps of S.
 * </ul>
 */
final class BoxForm {
    private final Tensors tensors;
    private final Known sizes;
    private final Scopes names;
    private List<Range> free;
    private List<IntExpr> place;
    private Expr rhs;

    private BoxForm(Definition definition, Tensors tensors, Known sizes, Scopes names) {
        this.tensors = tensors;
        this.sizes = sizes;
        this.names = names;
        this.free = definition.indices();
        this.place = free.stream().map(Range::index).toList();
        this.rhs = definition.rhs();
    }

    /**
     * The definition as a contraction, if it is one.
     *
     * @param total whether the sum may be computed where no condition asks for it
     * @param names of indices that are free
     */
    static Optional<Contraction> of(Definition definition, boolean total, Tensors tensors, Known sizes, Scopes names) {
        BoxForm form = new BoxForm(definition, tensors, sizes, names);
        form.ofOneGroup();
        if (form.sum().isEmpty()) {
            return Optional.empty();
        }
        form.divide();
        form.startAtZero();
        if (!form.widen()) {
            return Optional.empty();
        }
        form.classes();
        return Contraction.of(new Definition(definition.target(), form.free, form.rhs), form.place, total, tensors);
    }

    /** The one sum of products of two reads. */
    private Optional<Expr.Reduce> sum() {
        rhs = Sums.shared(rhs);
        List<Expr.Reduce> sums = Sums.of(rhs);
        return sums.size() == 1
                        && sums.get(0).kind() == Expr.Reduce.Kind.SUM
                        && sums.get(0).body() instanceof Expr.Mul product
                        && product.factors().size() == 2
                        && product.factors().stream().allMatch(f -> f instanceof Expr.Read)
                ? Optional.of(sums.get(0))
                : Optional.empty();
    }

    private void replace(Expr.Reduce old, List<Range> ranges, Expr body) {
        Expr.Reduce changed = new Expr.Reduce(old.kind(), ranges, body);
        rhs = new Rewriter() {
            @Override
            public Expr expr(Expr e) {
                return e == old ? changed : super.expr(e);
            }
        }.expr(rhs);
    }

    /** Puts a free index together from parts: everywhere but in the list of indices. */
    private void compose(Range whole, List<Range> parts, IntExpr value) {
        List<Range> indices = new ArrayList<>();
        free.forEach(r -> indices.addAll(r.equals(whole) ? parts : List.of(r)));
        free = List.copyOf(indices);
        Map<String, IntExpr> values = Map.of(whole.name(), value);
        place = place.stream().map(e -> e.substitute(values)).toList();
        rhs = simplified(Substitution.of(rhs, values));
    }

    /** Bounds are simplified by what holds outside of their sum: inside it has a term, and some sums have none. */
    private Expr simplified(Expr e) {
        return new Rewriter() {
            private Known known = sizes.within(free);

            @Override
            public Expr expr(Expr inner) {
                if (!(inner instanceof Expr.Reduce r)) {
                    return super.expr(inner);
                }
                Known outside = known;
                List<Range> ranges = new ArrayList<>();
                for (Range range : r.ranges()) {
                    ranges.add(known.simplify(range));
                    known = known.within(List.of(range));
                }
                Expr body = expr(r.body());
                known = outside;
                return new Expr.Reduce(r.kind(), ranges, body);
            }

            @Override
            public IntExpr integer(IntExpr i) {
                return known.simplify(i);
            }
        }.expr(e);
    }

    // sums over one group

    /** {@code Σ_{d < n} [0 ≤ p - c·(d div k) < c] f(d) = Σ_{e < k} f(k·(p div c) + e)}, if n has all groups that p needs. */
    private void ofOneGroup() {
        rhs = Sums.shared(simplified(rhs));
        List<Expr.Reduce> sums = Sums.of(rhs);
        if (sums.size() != 1
                || sums.get(0).kind() != Expr.Reduce.Kind.SUM
                || !(sums.get(0).body() instanceof Expr.Select select)
                || !Exprs.isZero(select.otherwise())) {
            return;
        }
        Expr.Reduce sum = sums.get(0);
        for (Range d : sum.ranges()) {
            long k = divisor(d.name(), select).orElse(1);
            for (Range p : free) {
                OptionalLong c = groups(select.cond(), p, d, k);
                if (c.isPresent()) {
                    Range e = Range.below(names.enter(d.name() + "Part"), IntExpr.of(k));
                    List<Range> ranges = new ArrayList<>();
                    sum.ranges().forEach(r -> ranges.add(r.equals(d) ? e : r));
                    IntExpr group = p.index().floorDiv(IntExpr.of(c.getAsLong()));
                    IntExpr value = group.times(k).plus(e.index());
                    replace(sum, ranges, Substitution.of(select.then(), d.name(), value));
                    rhs = simplified(rhs);
                    return;
                }
            }
        }
    }

    /** The c of a condition {@code 0 ≤ p - c·(d div k) < c}, if it says no more and d has all values that it asks for. */
    private OptionalLong groups(Cond cond, Range p, Range d, long k) {
        IntExpr group = d.index().floorDiv(IntExpr.of(k));
        for (Cond part : Cond.conjuncts(cond)) {
            if (!(part instanceof Cond.Ints ints) || !ints.right().isConstant()) {
                continue;
            }
            long c = ints.right().constant();
            Cond within = Cond.within(IntExpr.ZERO, p.index().minus(group.times(c)), ints.right());
            boolean all = p.lo().isZero()
                    && d.lo().isZero()
                    && c > 0
                    && sizes.implies(Constraint.le(Solve.ceilDiv(p.hi(), c).times(k), d.hi()));
            if (all && within.equals(cond)) {
                return OptionalLong.of(c);
            }
        }
        return OptionalLong.empty();
    }

    // parts of an index

    private void divide() {
        for (Range range : free) {
            OptionalLong divisor = divisor(range.name(), sum().orElseThrow().body());
            if (divisor.isPresent() && range.lo().isZero()) {
                long k = divisor.getAsLong();
                Range part = Range.below(names.enter(range.name() + "Part"), IntExpr.of(k));
                Range group = Range.below(names.enter(range.name() + "Group"), Solve.ceilDiv(range.hi(), k));
                compose(range, List.of(group, part), group.index().times(k).plus(part.index()));
            }
        }
    }

    /** The number by which the index alone is divided. */
    private static OptionalLong divisor(String index, Expr in) {
        Set<Long> divisors = new LinkedHashSet<>();
        new Rewriter() {
            @Override
            public IntExpr atom(Atom atom) {
                IntExpr by = IntExpr.ZERO;
                IntExpr what = IntExpr.ZERO;
                if (atom instanceof Atom.FloorDiv q) {
                    by = q.den();
                    what = q.num();
                } else if (atom instanceof Atom.Mod r) {
                    by = r.den();
                    what = r.num();
                }
                if (by.isConstant() && by.constant() > 1 && what.asVariable().equals(Optional.of(index))) {
                    divisors.add(by.constant());
                }
                return super.atom(atom);
            }
        }.expr(in);
        return divisors.size() == 1 ? OptionalLong.of(divisors.iterator().next()) : OptionalLong.empty();
    }

    // sums from zero

    private void startAtZero() {
        Expr.Reduce sum = sum().orElseThrow();
        Map<String, IntExpr> moved = new HashMap<>();
        List<Range> ranges = new ArrayList<>();
        Known around = sizes.within(free);
        for (Range range : sum.ranges()) {
            IntExpr length = around.simplify(range.extent());
            if (isOfIndices(range.lo()) && !isOfIndices(length)) {
                moved.put(range.name(), range.index().plus(range.lo()));
                ranges.add(Range.below(range.name(), length));
            } else {
                ranges.add(range);
            }
        }
        if (!moved.isEmpty()) {
            replace(sum, ranges, Substitution.of(sum.body(), moved));
            rhs = simplified(rhs);
        }
    }

    private boolean isOfIndices(IntExpr e) {
        return e.variables().stream()
                .anyMatch(v -> free.stream().anyMatch(r -> r.name().equals(v)));
    }

    // residue classes

    /**
     * Sums over whole axes of reads that count as 0 outside, instead of between bounds, where the bounds say no more
     * than that both reads lie inside.
     *
     * @return false if a bound says more
     */
    private boolean widen() {
        Expr.Reduce sum = sum().orElseThrow();
        Set<String> indices = new HashSet<>();
        free.forEach(r -> indices.add(r.name()));
        sum.ranges().forEach(r -> indices.add(r.name()));
        List<Range> wide = new ArrayList<>();
        List<Constraint> bounds = new ArrayList<>();
        for (Range range : sum.ranges()) {
            boolean bounded = java.util.stream.Stream.of(range.lo(), range.hi())
                    .flatMap(e -> e.variables().stream())
                    .anyMatch(indices::contains);
            Optional<Range> whole = bounded ? whole(range, sum) : Optional.of(range);
            if (whole.isEmpty()) {
                return false;
            }
            if (bounded) {
                bounds.add(Constraint.le(range.lo(), range.index()));
                bounds.add(Constraint.lt(range.index(), range.hi()));
            }
            wide.add(whole.get());
        }
        if (bounds.isEmpty()) {
            return true;
        }
        Known known = sizes.within(free).within(wide);
        for (Expr factor : ((Expr.Mul) sum.body()).factors()) {
            Expr.Read read = (Expr.Read) factor;
            if (read.pad() != null) {
                return false;
            }
            for (int e = 0; e < read.index().size(); e++) {
                known = known.where(Constraint.le(IntExpr.ZERO, read.index().get(e)));
                known = known.where(Constraint.lt(
                        read.index().get(e), tensors.of(read.ref()).shape().get(e)));
            }
        }
        for (Constraint bound : bounds) {
            if (!known.implies(bound)) {
                return false;
            }
        }
        List<Expr> padded = new ArrayList<>();
        for (Expr factor : ((Expr.Mul) sum.body()).factors()) {
            Expr.Read read = (Expr.Read) factor;
            padded.add(new Expr.Read(read.ref(), read.index(), Expr.Num.ZERO));
        }
        replace(sum, wide, new Expr.Mul(padded));
        return true;
    }

    /** The axis that the index runs over alone. */
    private Optional<Range> whole(Range range, Expr.Reduce sum) {
        for (Expr factor : ((Expr.Mul) sum.body()).factors()) {
            Expr.Read read = (Expr.Read) factor;
            for (int e = 0; e < read.index().size(); e++) {
                if (read.index().get(e).equals(range.index())) {
                    return Optional.of(Range.below(
                            range.name(), tensors.of(read.ref()).shape().get(e)));
                }
            }
        }
        return Optional.empty();
    }

    private void classes() {
        for (Range range : sum().orElseThrow().ranges()) {
            for (Expr factor : ((Expr.Mul) sum().orElseThrow().body()).factors()) {
                Expr.Read read = (Expr.Read) factor;
                for (int e = 0; e < read.index().size(); e++) {
                    if (isSkew(read.index().get(e), range)) {
                        skew(
                                range,
                                read.index().get(e),
                                tensors.of(read.ref()).shape().get(e));
                        break;
                    }
                }
            }
        }
    }

    /** {@code ±(p - S·i) + c} for a free p and S above 1. */
    private boolean isSkew(IntExpr e, Range summed) {
        OptionalLong step = e.coefficient(summed.name());
        Optional<Range> moved = moved(e);
        return step.isPresent()
                && Math.abs(step.getAsLong()) > 1
                && moved.isPresent()
                && e.coefficient(moved.get().name()).orElse(0) == -Long.signum(step.getAsLong())
                && e.variables().stream()
                        .allMatch(v -> v.equals(summed.name())
                                || v.equals(moved.get().name())
                                || sum().orElseThrow().ranges().stream()
                                        .noneMatch(r -> r.name().equals(v)));
    }

    /** The one free index of the expression. */
    private Optional<Range> moved(IntExpr e) {
        List<Range> found =
                free.stream().filter(r -> e.variables().contains(r.name())).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private void skew(Range summed, IntExpr e, IntExpr extent) {
        Range whole = moved(e).orElseThrow();
        long sign = e.coefficient(whole.name()).orElseThrow();
        long step = -sign * e.coefficient(summed.name()).orElseThrow();
        Range quotient = Range.below(names.enter(whole.name() + "Step"), Solve.ceilDiv(whole.hi(), step));
        Range residue = Range.below(names.enter(whole.name() + "Class"), IntExpr.of(step));
        IntExpr rest = e.substitute(Map.of(whole.name(), IntExpr.ZERO, summed.name(), IntExpr.ZERO));
        // sign·r - sign·S·t + rest lies in 0 .. extent-1 for some r only if t does in these bounds.
        Range every = new Range("t", IntExpr.of(Long.MIN_VALUE / 4), IntExpr.of(Long.MAX_VALUE / 4));
        IntExpr t = IntExpr.var("t");
        IntExpr least = t.times(-sign * step).plus(rest).plus(sign > 0 ? step - 1 : 0);
        IntExpr most = t.times(-sign * step).plus(rest).minus(sign > 0 ? 0 : step - 1);
        Range lower = Solve.atLeastZero(every, least);
        Range upper = Solve.atLeastZero(every, extent.minus(1).minus(most));
        IntExpr lo = lower.lo().equals(every.lo()) ? upper.lo() : lower.lo();
        IntExpr hi = upper.hi().equals(every.hi()) ? lower.hi() : upper.hi();
        Expr.Reduce sum = sum().orElseThrow();
        List<Range> ranges = new ArrayList<>();
        sum.ranges()
                .forEach(r -> ranges.add(
                        r.name().equals(summed.name()) ? Range.below(r.name(), sizes.simplify(hi.minus(lo))) : r));
        IntExpr value = quotient.index().plus(summed.index()).plus(lo);
        replace(sum, ranges, Substitution.of(sum.body(), summed.name(), value));
        compose(whole, List.of(quotient, residue), quotient.index().times(step).plus(residue.index()));
    }
}

package dev.adjoint.lower;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Known;
import dev.adjoint.loop.Solve;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code Σ_m w[m]·pad(o[i+m-P]) = Σ_{max(0,P-i) ≤ m < min(K,H+P-i)} w[m]·o[i+m-P]}: what a padded read adds outside its
 * tensor is nothing, so the loop does not go there. The same for extrema of reads that are padded with the infinity
 * that never wins, and for the positions of these.
 */
public final class ClampReads extends Rewriter {
    private final Tensors tensors;
    private Known known;

    /** @param known what is certain around the formula */
    public ClampReads(Tensors tensors, Known known) {
        this.tensors = tensors;
        this.known = known;
    }

    @Override
    public Expr expr(Expr e) {
        Known outside = known;
        if (e instanceof Expr.Reduce r) {
            known = outside.within(r.ranges());
        }
        Expr inner = super.expr(e);
        Expr clamped = inner instanceof Expr.Reduce r ? clamp(r, inner) : inner;
        known = outside;
        return clamped instanceof Expr.Reduce r
                ? new Expr.Reduce(r.kind(), simplified(r.ranges(), outside), r.body())
                : clamped;
    }

    private static List<Range> simplified(List<Range> ranges, Known outside) {
        List<Range> simplified = new ArrayList<>();
        Known around = outside;
        for (Range range : ranges) {
            Range simple = around.simplify(range);
            simplified.add(simple);
            around = around.within(List.of(simple));
        }
        return simplified;
    }

    private Expr clamp(Expr.Reduce r, Expr inner) {
        return switch (r.kind()) {
            case SUM -> sum(r);
            case PROD -> inner;
            case MAX, MIN -> {
                List<Range> ranges = new ArrayList<>(r.ranges());
                Expr body = extremum(ranges, r.body(), r.kind() == Expr.Reduce.Kind.MAX);
                yield body == r.body() ? inner : new Expr.Reduce(r.kind(), ranges, body);
            }
        };
    }

    private Expr sum(Expr.Reduce r) {
        List<Range> ranges = new ArrayList<>(r.ranges());
        List<Cond> outside = new ArrayList<>();
        List<Expr> factors = new ArrayList<>();
        boolean changed = false;
        for (Expr factor : r.body() instanceof Expr.Mul m ? m.factors() : List.of(r.body())) {
            if (factor instanceof Expr.Read read && read.pad() != null && Exprs.isZero(read.pad())) {
                Expr clamped = clamp(ranges, outside, read);
                changed |= clamped != factor;
                factors.add(clamped);
            } else {
                factors.add(factor);
            }
        }
        if (!changed) {
            return r;
        }
        Expr sum = new Expr.Reduce(r.kind(), ranges, Exprs.mul(factors));
        return outside.isEmpty() ? sum : Exprs.mul(Exprs.iverson(Cond.and(outside)), sum);
    }

    /** The read without its padding, the ranges cut down to where it lies inside; itself if that cannot be done. */
    private Expr clamp(List<Range> ranges, List<Cond> outside, Expr.Read read) {
        List<Range> cut = new ArrayList<>(ranges);
        List<Cond> conditions = new ArrayList<>();
        Set<String> bound = ranges.stream().map(Range::name).collect(Collectors.toSet());
        List<IntExpr> shape = tensors.of(read.ref()).shape();
        for (int axis = 0; axis < shape.size(); axis++) {
            IntExpr e = read.index().get(axis);
            IntExpr below = shape.get(axis).minus(1).minus(e);
            if (known.isInside(e, shape.get(axis))) {
                continue;
            }
            int position = Solve.position(cut, e);
            if (position >= 0) {
                Range lower = Solve.atLeastZero(cut.get(position), e);
                cut.set(position, Solve.atLeastZero(lower, below));
            } else if (Variables.isStatic(e) && e.variables().stream().noneMatch(bound::contains)) {
                conditions.add(Cond.ints(Rel.LE, IntExpr.ZERO, e));
                conditions.add(Cond.ints(Rel.LE, IntExpr.ZERO, below));
            } else {
                return read;
            }
        }
        for (int k = 0; k < ranges.size(); k++) {
            ranges.set(k, cut.get(k));
        }
        outside.addAll(conditions);
        return Exprs.read(read.ref(), read.index());
    }

    private Expr extremum(List<Range> ranges, Expr body, boolean max) {
        Expr never = max ? Exprs.neg(new Expr.Inf()) : new Expr.Inf();
        if (!(body instanceof Expr.Read read) || !never.equals(read.pad())) {
            return body;
        }
        List<Range> cut = new ArrayList<>(ranges);
        List<Cond> outside = new ArrayList<>();
        Expr clamped = clamp(cut, outside, read);
        if (!outside.isEmpty()) {
            return body;
        }
        for (int k = 0; k < ranges.size(); k++) {
            ranges.set(k, cut.get(k));
        }
        return clamped;
    }

    @Override
    public IntExpr atom(Atom atom) {
        Known outside = known;
        if (atom instanceof Position.Arg a) {
            known = outside.within(a.ranges());
        }
        IntExpr inner = search(atom, super.atom(atom), outside);
        known = outside;
        return inner;
    }

    private IntExpr search(Atom atom, IntExpr inner, Known outside) {
        if (atom instanceof Position.Arg && inner.atoms().iterator().next() instanceof Position.Arg arg) {
            List<Range> ranges = new ArrayList<>(arg.ranges());
            Expr body = extremum(ranges, arg.body(), arg.max());
            if (body != arg.body()) {
                IntExpr flat = Position.flat(arg.ranges());
                return IntExpr.of(new Winner(arg.max(), simplified(ranges, outside), body, flat));
            }
        }
        return inner;
    }
}

package dev.adjoint.expr;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Walks an expression and rebuilds what changed; the same instance comes back where nothing did. A subclass overrides
 * the kinds it cares for and calls {@code super} for the rest.
 */
public class Rewriter {
    public Expr expr(Expr e) {
        if (e instanceof Expr.Num || e instanceof Expr.Pi || e instanceof Expr.Inf) {
            return e;
        }
        if (e instanceof Expr.IntValue v) {
            IntExpr value = integer(v.value());
            return value == v.value() ? e : Exprs.integer(value);
        }
        if (e instanceof Expr.Read r) {
            List<IntExpr> index = integers(r.index());
            Expr pad = r.pad() == null ? null : expr(r.pad());
            return index == r.index() && pad == r.pad() ? e : new Expr.Read(r.ref(), index, pad);
        }
        if (e instanceof Expr.Add a) {
            List<Expr> terms = map(a.terms(), this::expr);
            return terms == a.terms() ? e : Exprs.add(terms);
        }
        if (e instanceof Expr.Mul m) {
            List<Expr> factors = map(m.factors(), this::expr);
            return factors == m.factors() ? e : Exprs.mul(factors);
        }
        if (e instanceof Expr.Pow p) {
            Expr base = expr(p.base());
            Expr exponent = expr(p.exponent());
            return base == p.base() && exponent == p.exponent() ? e : Exprs.pow(base, exponent);
        }
        if (e instanceof Expr.Apply a) {
            Expr arg = expr(a.arg());
            return arg == a.arg() ? e : new Expr.Apply(a.fun(), arg);
        }
        if (e instanceof Expr.Extremum x) {
            Expr left = expr(x.left());
            Expr right = expr(x.right());
            return left == x.left() && right == x.right() ? e : new Expr.Extremum(x.max(), left, right);
        }
        if (e instanceof Expr.Reduce r) {
            List<Range> ranges = map(r.ranges(), this::range);
            Expr body = expr(r.body());
            return ranges == r.ranges() && body == r.body() ? e : Exprs.reduce(r.kind(), ranges, body);
        }
        if (e instanceof Expr.Iverson i) {
            Cond cond = cond(i.cond());
            return cond == i.cond() ? e : Exprs.iverson(cond);
        }
        if (e instanceof Expr.Select s) {
            Cond cond = cond(s.cond());
            Expr then = expr(s.then());
            Expr otherwise = expr(s.otherwise());
            boolean same = cond == s.cond() && then == s.then() && otherwise == s.otherwise();
            return same ? e : Exprs.select(cond, then, otherwise);
        }
        if (e instanceof Expr.Stop s) {
            Expr arg = expr(s.arg());
            return arg == s.arg() ? e : new Expr.Stop(arg);
        }
        if (e instanceof Expr.Deriv d) {
            Expr arg = expr(d.arg());
            List<IntExpr> index = integers(d.index());
            return arg == d.arg() && index == d.index() ? e : new Expr.Deriv(arg, d.ref(), index);
        }
        throw new AssertionError("no rewriting of " + e.getClass());
    }

    public Cond cond(Cond c) {
        if (c instanceof Cond.Constant) {
            return c;
        }
        if (c instanceof Cond.Ints i) {
            IntExpr left = integer(i.left());
            IntExpr right = integer(i.right());
            return left == i.left() && right == i.right() ? c : Cond.ints(i.rel(), left, right);
        }
        if (c instanceof Cond.Values v) {
            Expr left = expr(v.left());
            Expr right = expr(v.right());
            return left == v.left() && right == v.right() ? c : Cond.values(v.rel(), left, right);
        }
        if (c instanceof Cond.And a) {
            List<Cond> parts = map(a.parts(), this::cond);
            return parts == a.parts() ? c : Cond.and(parts);
        }
        if (c instanceof Cond.Or o) {
            List<Cond> parts = map(o.parts(), this::cond);
            return parts == o.parts() ? c : Cond.or(parts);
        }
        if (c instanceof Cond.Not n) {
            Cond part = cond(n.part());
            return part == n.part() ? c : Cond.not(part);
        }
        throw new AssertionError("no rewriting of " + c.getClass());
    }

    public IntExpr integer(IntExpr e) {
        return e.mapAtoms(this::atom);
    }

    /** An atom of an integer, its parts rewritten. */
    public IntExpr atom(Atom atom) {
        if (atom instanceof Atom.FloorDiv q) {
            return integer(q.num()).floorDiv(integer(q.den()));
        }
        if (atom instanceof Atom.Mod r) {
            return integer(r.num()).mod(integer(r.den()));
        }
        if (atom instanceof Atom.Abs a) {
            return integer(a.arg()).abs();
        }
        if (atom instanceof Atom.Extremum x) {
            IntExpr left = integer(x.left());
            IntExpr right = integer(x.right());
            return x.max() ? left.max(right) : left.min(right);
        }
        if (atom instanceof Position.Entry entry) {
            List<IntExpr> index = integers(entry.index());
            return IntExpr.of(index == entry.index() ? entry : new Position.Entry(entry.tensor(), index));
        }
        if (atom instanceof Position.Arg arg) {
            List<Range> ranges = map(arg.ranges(), this::range);
            Expr body = expr(arg.body());
            boolean same = ranges == arg.ranges() && body == arg.body();
            return IntExpr.of(same ? arg : new Position.Arg(arg.max(), ranges, body));
        }
        return IntExpr.of(atom);
    }

    public Range range(Range r) {
        IntExpr lo = integer(r.lo());
        IntExpr hi = integer(r.hi());
        return lo == r.lo() && hi == r.hi() ? r : new Range(r.name(), lo, hi);
    }

    protected final List<IntExpr> integers(List<IntExpr> list) {
        return map(list, this::integer);
    }

    /** The list mapped; the same list if each element came back as it was. */
    protected static <T> List<T> map(List<T> list, UnaryOperator<T> f) {
        List<T> mapped = new ArrayList<>(list.size());
        boolean same = true;
        for (T element : list) {
            T result = f.apply(element);
            same &= result == element;
            mapped.add(result);
        }
        return same ? list : mapped;
    }
}

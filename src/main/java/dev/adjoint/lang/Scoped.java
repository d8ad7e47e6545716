package dev.adjoint.lang;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A rewriter that knows which index a name stands for: indices are numbered in the order in which they are bound, the
 * target's first, the same in each walk of one equation.
 */
abstract class Scoped extends Rewriter {
    private final Map<String, Integer> scope = new HashMap<>();
    private int count;

    /** Binds an index; what takes its place. */
    abstract List<Range> bind(int number, Range range);

    /** The bounds over what was bound before, then the index itself. */
    final List<Range> enter(List<Range> ranges) {
        List<Range> bound = new ArrayList<>();
        for (Range range : ranges) {
            Range outer = range(range);
            scope.put(range.name(), count);
            bound.addAll(bind(count++, outer));
        }
        return bound;
    }

    /** The number of the index that the name stands for; −1 if it is a size. */
    final int number(String name) {
        return scope.getOrDefault(name, -1);
    }

    @Override
    public Expr expr(Expr e) {
        if (e instanceof Expr.Reduce r) {
            Map<String, Integer> outside = new HashMap<>(scope);
            List<Range> ranges = enter(r.ranges());
            Expr body = expr(r.body());
            leave(outside);
            return ranges.equals(r.ranges()) && body == r.body() ? e : Exprs.reduce(r.kind(), ranges, body);
        }
        return super.expr(e);
    }

    @Override
    public IntExpr atom(Atom atom) {
        if (atom instanceof Position.Arg arg) {
            Map<String, Integer> outside = new HashMap<>(scope);
            List<Range> ranges = enter(arg.ranges());
            Expr body = expr(arg.body());
            leave(outside);
            return IntExpr.of(new Position.Arg(arg.max(), ranges, body));
        }
        return super.atom(atom);
    }

    private void leave(Map<String, Integer> outside) {
        scope.clear();
        scope.putAll(outside);
    }

    /** The name of every index that the expressions and conditions bind. */
    static Set<String> indices(List<Expr> values, List<Cond> conditions) {
        Set<String> names = new LinkedHashSet<>();
        Scoped all = new Scoped() {
            @Override
            List<Range> bind(int number, Range range) {
                names.add(range.name());
                return List.of(range);
            }
        };
        values.forEach(all::expr);
        conditions.forEach(all::cond);
        return names;
    }
}

package dev.adjoint.check;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Roughly how many operations an evaluation takes: the nodes of an expression, each as often as its loops run. */
final class Work extends Rewriter {
    private final Map<String, Long> middle;
    private final Deque<Double> times = new ArrayDeque<>();
    private double total;

    private Work(Map<String, Long> sizes) {
        this.middle = new HashMap<>(sizes);
    }

    /** The work of one value; indices that are free stand in the middle of their ranges. */
    static double of(Expr e, List<Range> indices, Map<String, Long> sizes) {
        Work work = new Work(sizes);
        work.times.push(1.0);
        indices.forEach(work::enter);
        work.expr(e);
        return work.total;
    }

    @Override
    public Expr expr(Expr e) {
        total += times.element();
        if (e instanceof Expr.Reduce r) {
            inside(r.ranges(), r.body());
            return e;
        }
        return super.expr(e);
    }

    @Override
    public IntExpr atom(Atom atom) {
        if (atom instanceof Position.Arg arg) {
            inside(arg.ranges(), arg.body());
            return IntExpr.of(atom);
        }
        return super.atom(atom);
    }

    private void inside(List<Range> ranges, Expr body) {
        double runs = times.element();
        for (Range range : ranges) {
            runs *= Math.max(0, enter(range));
        }
        times.push(runs);
        expr(body);
        times.pop();
    }

    /** Puts the index in the middle of its range and says how many values it takes. */
    private long enter(Range range) {
        long lo = evaluate(range.lo());
        long hi = evaluate(range.hi());
        middle.put(range.name(), Math.floorDiv(lo + hi, 2L));
        return hi - lo;
    }

    private long evaluate(IntExpr e) {
        try {
            return e.evaluate(a -> a instanceof Atom.Var v ? middle.getOrDefault(v.name(), 0L) : 0L);
        } catch (ArithmeticException undefined) {
            return 0;
        }
    }
}

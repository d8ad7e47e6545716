package dev.adjoint.plan;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Range;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * About how many terms the sums of one entry have, in the middle of the tensor: a padded form whose sums run over
 * everything is no better for having no bounds to test. Open sizes count as 64.
 */
final class Effort extends Rewriter {
    private static final long OPEN = 64;

    private Map<String, Long> values = new HashMap<>();
    private double inside = 1;
    private double terms;

    private Effort() {}

    /** The number of terms; not a number if the sizes that stand for open ones fit no bound. */
    static double of(Definition definition) {
        Effort effort = new Effort();
        try {
            effort.enter(definition.indices());
            effort.expr(definition.rhs());
            return effort.terms;
        } catch (ArithmeticException e) {
            return Double.NaN;
        }
    }

    @Override
    public Expr expr(Expr e) {
        if (!(e instanceof Expr.Reduce r)) {
            return super.expr(e);
        }
        Map<String, Long> outside = values;
        double around = inside;
        values = new HashMap<>(values);
        inside *= enter(r.ranges());
        terms += inside;
        super.expr(r.body());
        inside = around;
        values = outside;
        return e;
    }

    /** The number of points of a box whose later sides are taken in the middle of the earlier ones. */
    private double enter(List<Range> ranges) {
        double points = 1;
        for (Range range : ranges) {
            long lo = range.lo().evaluate(this::value);
            long length = Math.max(1, range.hi().evaluate(this::value) - lo);
            values.put(range.name(), lo + length / 2);
            points *= length;
        }
        return points;
    }

    private long value(Atom atom) {
        return atom instanceof Atom.Var variable ? values.getOrDefault(variable.name(), OPEN) : OPEN;
    }
}

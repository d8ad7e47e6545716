package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Substitution;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Layer;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What holds of integers that depend on data: an entry of an integer tensor lies below its limit, the position of a
 * maximum inside its window, {@code 0 <= argmax < n_1 n_2 …}, and so do its row-major digits.
 */
final class Facts {
    private final Layer layer;

    Facts(Layer layer) {
        this.layer = layer;
    }

    /** The domain and what is known of the atoms of these integers. */
    Domain about(Domain domain, IntExpr... integers) {
        Set<Atom> atoms = new LinkedHashSet<>();
        for (IntExpr each : integers) {
            collect(each, atoms);
        }
        List<Constraint> known = new ArrayList<>();
        for (Atom atom : atoms) {
            if (atom instanceof Position.Arg arg) {
                window(arg, known);
                winner(arg, domain, known);
            } else if (atom instanceof Position.Entry entry) {
                layer.tensor(entry.tensor()).flatMap(Tensor::limit).ifPresent(limit -> {
                    known.add(Constraint.le(IntExpr.ZERO, IntExpr.of(entry)));
                    known.add(Constraint.lt(IntExpr.of(entry), limit));
                });
            }
        }
        return known.isEmpty() ? domain : domain.and(known);
    }

    private static void collect(IntExpr e, Set<Atom> atoms) {
        for (Atom atom : e.atoms()) {
            if (atom instanceof Atom.FloorDiv q) {
                collect(q.num(), atoms);
                collect(q.den(), atoms);
            } else if (atom instanceof Atom.Mod r) {
                collect(r.num(), atoms);
                collect(r.den(), atoms);
            } else if (atom instanceof Atom.Abs a) {
                collect(a.arg(), atoms);
            } else if (atom instanceof Atom.Extremum x) {
                collect(x.left(), atoms);
                collect(x.right(), atoms);
            } else {
                atoms.add(atom);
            }
        }
    }

    private static void window(Position.Arg arg, List<Constraint> known) {
        IntExpr position = IntExpr.of(arg);
        IntExpr below = IntExpr.ONE;
        for (int axis = arg.ranges().size() - 1; axis >= 0; axis--) {
            Range range = arg.ranges().get(axis);
            IntExpr digit = digit(arg, axis);
            known.add(Constraint.le(IntExpr.ZERO, digit));
            known.add(Constraint.lt(digit, range.extent()));
            below = below.times(range.extent());
        }
        known.add(Constraint.le(IntExpr.ZERO, position));
        known.add(Constraint.lt(position, below));
    }

    /** A winner of a window in which some entry takes part is one that takes part. */
    private void winner(Position.Arg arg, Domain domain, List<Constraint> known) {
        if (!(arg.body() instanceof Expr.Select s)) {
            return;
        }
        Expr.Reduce.Kind kind = arg.max() ? Expr.Reduce.Kind.MAX : Expr.Reduce.Kind.MIN;
        Expr worst = arg.max() ? Exprs.neg(new Expr.Inf()) : new Expr.Inf();
        boolean reached = s.otherwise().equals(worst)
                && Extremes.isReached(new Expr.Reduce(kind, arg.ranges(), arg.body()), domain, this);
        if (!reached) {
            return;
        }
        Map<String, IntExpr> at = new LinkedHashMap<>();
        for (int axis = 0; axis < arg.ranges().size(); axis++) {
            Range range = arg.ranges().get(axis);
            at.put(range.name(), range.lo().substitute(at).plus(digit(arg, axis)));
        }
        for (Cond part : Cond.conjuncts(Substitution.of(s.cond(), at))) {
            if (part instanceof Cond.Ints ints) {
                ints.constraint().ifPresent(known::add);
            }
        }
    }

    /** The row-major digit of a position: how far along one axis of the window the winner lies. */
    static IntExpr digit(Position.Arg arg, int axis) {
        IntExpr inner = IntExpr.ONE;
        for (Range range : arg.ranges().subList(axis + 1, arg.ranges().size())) {
            inner = inner.times(range.extent());
        }
        IntExpr quotient = IntExpr.of(arg).floorDiv(inner);
        return axis == 0 ? quotient : quotient.mod(arg.ranges().get(axis).extent());
    }
}

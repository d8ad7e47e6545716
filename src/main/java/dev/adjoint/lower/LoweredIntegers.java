package dev.adjoint.lower;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Cell;
import dev.adjoint.loop.Real;
import dev.adjoint.loop.Step;
import dev.adjoint.loop.Test;
import java.util.List;

/** The integers and conditions of a definition, lowered; the position of an extremum becomes a search loop. */
final class LoweredIntegers {
    private final Lowering lowering;
    private final Tensors tensors;

    LoweredIntegers(Lowering lowering, Tensors tensors) {
        this.lowering = lowering;
        this.tensors = tensors;
    }

    IntExpr integer(IntExpr e) {
        return e.mapAtoms(this::atom);
    }

    private IntExpr atom(Atom atom) {
        if (atom instanceof Atom.Var variable) {
            return lowering.variables().getOrDefault(variable.name(), IntExpr.of(atom));
        }
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
            Buffer buffer = tensors.of(Ref.value(entry.tensor()));
            List<IntExpr> index = entry.index().stream().map(this::integer).toList();
            return IntExpr.of(new Cell(buffer, buffer.offset(index)));
        }
        if (atom instanceof Position.Arg arg) {
            return search(arg.max(), arg.ranges(), arg.body(), Position.flat(arg.ranges()));
        }
        if (atom instanceof Winner winner) {
            return search(winner.max(), winner.ranges(), winner.body(), winner.flat());
        }
        throw new IllegalStateException("no lowering of " + atom);
    }

    /** The first of equals stays, the first NaN wins. */
    private IntExpr search(boolean max, List<Range> ranges, Expr body, IntExpr flat) {
        String winner = lowering.fresh("position");
        String best = lowering.fresh("best");
        String candidate = lowering.fresh("candidate");
        lowering.emit(new Step.DeclareInt(winner, IntExpr.ZERO, true));
        lowering.emit(new Step.Declare(best, max ? Real.Special.NEGATIVE_INFINITY : Real.Special.INFINITY, true));
        lowering.nest(ranges, () -> {
            Real value = lowering.real(body);
            IntExpr position = integer(flat);
            Real.Local c = new Real.Local(candidate);
            Real.Local b = new Real.Local(best);
            lowering.emit(new Step.Declare(candidate, value, false));
            Test better = new Test.Any(List.of(
                    new Test.Reals(max ? Rel.GT : Rel.LT, c, b),
                    new Test.All(List.of(new Test.Reals(Rel.NE, c, c), new Test.Reals(Rel.EQ, b, b)))));
            lowering.emit(new Step.If(
                    better, Step.block(List.of(new Step.Assign(best, c), new Step.AssignInt(winner, position))), null));
        });
        return IntExpr.var(winner);
    }

    Test test(Cond cond) {
        if (cond instanceof Cond.Constant constant) {
            return constant.value() ? Test.TRUE : new Test.Not(Test.TRUE);
        }
        if (cond instanceof Cond.Ints i) {
            return new Test.Ints(i.rel(), integer(i.left()), integer(i.right()));
        }
        if (cond instanceof Cond.Values v) {
            return new Test.Reals(v.rel(), lowering.real(v.left()), lowering.real(v.right()));
        }
        if (cond instanceof Cond.And a) {
            return Test.all(a.parts().stream().map(this::test).toList());
        }
        if (cond instanceof Cond.Or o) {
            return new Test.Any(o.parts().stream().map(this::test).toList());
        }
        return new Test.Not(test(((Cond.Not) cond).part()));
    }
}

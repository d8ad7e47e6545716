package dev.adjoint.expr;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The free integer variables of an expression, sizes among them, in order of appearance. */
public final class Variables extends Rewriter {
    private final Set<String> free = new LinkedHashSet<>();
    private final Set<Ref> refs = new LinkedHashSet<>();
    private final List<String> bound = new java.util.ArrayList<>();

    private Variables() {}

    public static Set<String> of(Expr e) {
        Variables variables = new Variables();
        variables.expr(e);
        return variables.free;
    }

    public static Set<String> of(Cond c) {
        Variables variables = new Variables();
        variables.cond(c);
        return variables.free;
    }

    /** Every tensor that the expression reads, in order of appearance; integer tensors as values. */
    public static Set<Ref> refs(Expr e) {
        Variables variables = new Variables();
        variables.expr(e);
        return variables.refs;
    }

    /** Whether the integer depends on no data: on no integer tensor, on no position of a maximum. */
    public static boolean isStatic(IntExpr e) {
        return refs(new Expr.IntValue(e)).isEmpty();
    }

    /** Every tensor that the condition depends on. */
    public static Set<Ref> refs(Cond c) {
        Variables variables = new Variables();
        variables.cond(c);
        return variables.refs;
    }

    @Override
    public Expr expr(Expr e) {
        if (e instanceof Expr.Reduce r) {
            scope(r.ranges(), () -> expr(r.body()));
            return e;
        }
        if (e instanceof Expr.Read r) {
            refs.add(r.ref());
        }
        return super.expr(e);
    }

    @Override
    public IntExpr atom(dev.adjoint.index.Atom atom) {
        if (atom instanceof Position.Arg arg) {
            scope(arg.ranges(), () -> expr(arg.body()));
        } else if (atom instanceof dev.adjoint.index.Atom.Var variable) {
            if (!bound.contains(variable.name())) {
                free.add(variable.name());
            }
        } else {
            if (atom instanceof Position.Entry entry) {
                refs.add(Ref.value(entry.tensor()));
            }
            super.atom(atom);
        }
        return IntExpr.of(atom);
    }

    private void scope(List<Range> ranges, Runnable inside) {
        int depth = bound.size();
        for (Range range : ranges) {
            integer(range.lo());
            integer(range.hi());
            bound.add(range.name());
        }
        inside.run();
        bound.subList(depth, bound.size()).clear();
    }
}

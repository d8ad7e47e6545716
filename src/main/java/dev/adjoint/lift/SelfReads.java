package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.IntExpr;
import java.util.List;
import java.util.function.Function;

/** Puts for each read of what an array held before something else. */
final class SelfReads extends Rewriter {
    private final String name;
    private final boolean integers;
    private final Function<List<IntExpr>, Expr> instead;

    /** @param self a read, or an integer entry, of the array by the name that stands for its former content */
    SelfReads(Expr self, Function<List<IntExpr>, Expr> instead) {
        this.name = name(self);
        this.integers = self instanceof Expr.IntValue;
        this.instead = instead;
    }

    static String name(Expr self) {
        if (self instanceof Expr.Read read) {
            return read.ref().name();
        }
        if (self instanceof Expr.IntValue v && v.value().atoms().iterator().next() instanceof Position.Entry entry) {
            return entry.tensor();
        }
        return "";
    }

    /** What an array held before, as it stands in its content: real, or an integer. */
    static Expr of(String name, int rank, boolean integers) {
        List<IntExpr> index = Content.index(rank);
        return integers
                ? new Expr.IntValue(IntExpr.of(new Position.Entry(name, index)))
                : new Expr.Read(Ref.value(name), index, null);
    }

    /** The integer that stood at another index. */
    static Expr entry(Expr self, List<IntExpr> index) {
        return new Expr.IntValue(IntExpr.of(new Position.Entry(name(self), index)));
    }

    @Override
    public Expr expr(Expr e) {
        if (!integers && e instanceof Expr.Read read && read.ref().name().equals(name)) {
            return instead.apply(integers(read.index()));
        }
        if (integers && e instanceof Expr.IntValue v && mentions(v.value())) {
            return Ints.mapEntries(v.value(), name, index -> instead.apply(integers(index)));
        }
        return super.expr(e);
    }

    private boolean mentions(IntExpr e) {
        return dev.adjoint.expr.Variables.refs(new Expr.IntValue(e)).contains(Ref.value(name));
    }

    @Override
    public Cond cond(Cond c) {
        if (integers && c instanceof Cond.Ints ints && (mentions(ints.left()) || mentions(ints.right()))) {
            Expr left = expr(new Expr.IntValue(ints.left()));
            Expr right = expr(new Expr.IntValue(ints.right()));
            return Ints.compare(ints.rel(), left, right);
        }
        return super.cond(c);
    }

    Term term(Term t) {
        Cond all = Cond.and(t.conditions().stream().map(this::cond).toList());
        List<Cond> conditions = all.equals(Cond.FALSE) ? List.of(Cond.FALSE) : Cond.conjuncts(all);
        return new Term(t.ranges().stream().map(this::range).toList(), conditions, expr(t.body()));
    }
}

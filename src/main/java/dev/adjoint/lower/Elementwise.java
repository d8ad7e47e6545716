package dev.adjoint.lower;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The tensors that a definition reads only at the place that it defines: {@code y[i] = f(x[i])} may overwrite x. */
public final class Elementwise extends Rewriter {
    private final List<IntExpr> place;
    private final Set<Ref> here = new LinkedHashSet<>();
    private final Set<Ref> elsewhere = new HashSet<>();
    private boolean reduces;

    private Elementwise(Definition definition) {
        this.place = definition.indices().stream().map(Range::index).toList();
    }

    /** The tensors whose arrays the result may have; none if the definition reduces. */
    public static Set<Ref> reads(Definition definition) {
        Elementwise reads = new Elementwise(definition);
        reads.expr(definition.rhs());
        reads.here.removeAll(reads.elsewhere);
        return reads.reduces ? Set.of() : reads.here;
    }

    @Override
    public Expr expr(Expr e) {
        reduces |= e instanceof Expr.Reduce;
        if (e instanceof Expr.Read r) {
            (r.index().equals(place) ? here : elsewhere).add(Tensors.plain(r.ref()));
        }
        return super.expr(e);
    }

    /** Integers that depend on data are read where they are. */
    @Override
    public IntExpr atom(Atom atom) {
        reduces |= !(atom instanceof Atom.Var);
        return super.atom(atom);
    }
}

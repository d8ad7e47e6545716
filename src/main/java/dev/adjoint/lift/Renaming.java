package dev.adjoint.lift;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Names;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Layer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Indices by the names that the program gave its counters, as far as the language and the layer leave them free. */
final class Renaming extends Rewriter {
    private static final Set<String> WORDS = Set.of(
            ("package import layer def generate then input param const int let output function assume claim verify by grad"
                            + " delta div mod sum prod max min mean argmax argmin d pi inf pad stop exp log log1p sqrt tanh"
                            + " sigmoid erf sin cos abs floor relu do for if")
                    .split(" "));

    private final Set<String> taken;

    Renaming(Layer layer, List<Range> indices) {
        this(new HashSet<>(WORDS));
        layer.sizes().forEach(s -> taken.add(s.name()));
        layer.tensors().forEach(t -> taken.add(t.name()));
        taken.addAll(layer.functions());
        indices.forEach(r -> taken.add(r.name()));
    }

    private Renaming(Set<String> taken) {
        this.taken = taken;
    }

    Expr rename(Expr e) {
        return expr(e);
    }

    @Override
    public Expr expr(Expr e) {
        if (e instanceof Expr.Reduce r) {
            Scope scope = enter(r.ranges());
            Expr body = Substitution.of(r.body(), scope.values);
            return new Expr.Reduce(r.kind(), scope.ranges, scope.inside.expr(body));
        }
        return super.expr(e);
    }

    @Override
    public IntExpr atom(Atom atom) {
        if (atom instanceof Position.Arg arg) {
            Scope scope = enter(arg.ranges());
            Expr body = Substitution.of(arg.body(), scope.values);
            return IntExpr.of(new Position.Arg(arg.max(), scope.ranges, scope.inside.expr(body)));
        }
        return super.atom(atom);
    }

    private record Scope(List<Range> ranges, Map<String, IntExpr> values, Renaming inside) {}

    private Scope enter(List<Range> ranges) {
        Set<String> names = new HashSet<>(taken);
        Map<String, IntExpr> values = new LinkedHashMap<>();
        List<Range> renamed = new ArrayList<>();
        for (Range range : ranges) {
            String plain = range.name().replaceAll("#.*", "");
            String name = Names.fresh(plain.matches("[A-Za-z_][A-Za-z0-9_]*") ? plain : "i", names);
            Substitution substitution = new Substitution(values);
            renamed.add(new Range(
                    name, integer(substitution.integer(range.lo())), integer(substitution.integer(range.hi()))));
            values.put(range.name(), IntExpr.var(name));
            names.add(name);
        }
        return new Scope(renamed, values, new Renaming(names));
    }
}

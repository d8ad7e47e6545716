package dev.adjoint.expr;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Replaces free integer variables; a bound index that would capture a name of a replacement is renamed. */
public final class Substitution extends Rewriter {
    private final Map<String, IntExpr> values;

    public Substitution(Map<String, IntExpr> values) {
        this.values = values;
    }

    public static Expr of(Expr e, Map<String, IntExpr> values) {
        return values.isEmpty() ? e : new Substitution(values).expr(e);
    }

    public static Expr of(Expr e, String name, IntExpr value) {
        return new Substitution(Map.of(name, value)).expr(e);
    }

    public static Cond of(Cond c, Map<String, IntExpr> values) {
        return values.isEmpty() ? c : new Substitution(values).cond(c);
    }

    @Override
    public IntExpr atom(Atom atom) {
        if (atom instanceof Atom.Var variable) {
            IntExpr value = values.get(variable.name());
            return value == null ? IntExpr.of(atom) : value;
        }
        if (atom instanceof Position.Arg arg) {
            Scope scope = enter(arg.ranges(), Variables.of(arg.body()));
            return IntExpr.of(new Position.Arg(arg.max(), scope.ranges, scope.inside.expr(arg.body())));
        }
        return super.atom(atom);
    }

    @Override
    public Expr expr(Expr e) {
        if (e instanceof Expr.Reduce r) {
            Scope scope = enter(r.ranges(), Variables.of(r.body()));
            Expr body = scope.inside.expr(r.body());
            return scope.ranges.equals(r.ranges()) && body == r.body() ? e : Exprs.reduce(r.kind(), scope.ranges, body);
        }
        return super.expr(e);
    }

    private record Scope(List<Range> ranges, Substitution inside) {}

    private Scope enter(List<Range> ranges, Set<String> inBody) {
        Map<String, IntExpr> inner = new LinkedHashMap<>(values);
        List<Range> renamed = new ArrayList<>();
        Set<String> taken = new HashSet<>(inBody);
        ranges.forEach(r -> {
            taken.add(r.name());
            taken.addAll(r.lo().variables());
            taken.addAll(r.hi().variables());
        });
        values.forEach((name, value) -> {
            taken.add(name);
            taken.addAll(value.variables());
        });
        for (int k = 0; k < ranges.size(); k++) {
            Range range = ranges.get(k);
            IntExpr lo = new Substitution(inner).integer(range.lo());
            IntExpr hi = new Substitution(inner).integer(range.hi());
            inner.remove(range.name());
            boolean captures = false;
            for (Map.Entry<String, IntExpr> entry : inner.entrySet()) {
                captures |= entry.getValue().variables().contains(range.name());
            }
            String name = range.name();
            if (captures) {
                name = Names.fresh(range.name(), taken);
                taken.add(name);
                inner.put(range.name(), IntExpr.var(name));
            }
            renamed.add(new Range(name, lo, hi));
        }
        return new Scope(renamed, new Substitution(inner));
    }
}

package dev.adjoint.derive;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Names;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Renames bound indices, which changes no value: {@code sum[m](a[m]) = sum[n](a[n])}. */
final class Alpha extends Rewriter {
    private final Set<String> taken;

    private Alpha(Set<String> taken) {
        this.taken = taken;
    }

    /** Every bound index under a name of its own, which is added to the names taken. */
    static Expr apart(Expr e, Set<String> taken) {
        return new Alpha(taken).expr(e);
    }

    /** Ranges under names of their own, with what to substitute in their scope. */
    record Renaming(List<Range> ranges, Map<String, IntExpr> names) {
        static Renaming of(List<Range> ranges, Set<String> taken) {
            Map<String, IntExpr> names = new LinkedHashMap<>();
            List<Range> renamed = new ArrayList<>();
            for (Range range : ranges) {
                String name = Names.fresh(range.name(), taken);
                taken.add(name);
                renamed.add(
                        new Range(name, range.lo().substitute(names), range.hi().substitute(names)));
                names.put(range.name(), IntExpr.var(name));
            }
            return new Renaming(renamed, names);
        }
    }

    @Override
    public Expr expr(Expr e) {
        if (e instanceof Expr.Reduce r) {
            Renaming renaming = Renaming.of(r.ranges(), taken);
            Expr body = expr(Substitution.of(r.body(), renaming.names));
            return new Expr.Reduce(r.kind(), renaming.ranges, body);
        }
        return super.expr(e);
    }

    @Override
    public IntExpr atom(Atom atom) {
        if (atom instanceof Position.Arg arg) {
            Renaming renaming = Renaming.of(arg.ranges(), taken);
            Expr body = expr(Substitution.of(arg.body(), renaming.names));
            return IntExpr.of(new Position.Arg(arg.max(), renaming.ranges, body));
        }
        return super.atom(atom);
    }

    /** Bound indices under the shortest names that are free: {@code m1} becomes {@code m} again where it can. */
    static Expr tidy(Expr e, Set<String> reserved) {
        return new Tidy(reserved).expr(e);
    }

    private static final class Tidy extends Rewriter {
        private final Set<String> reserved;

        Tidy(Set<String> reserved) {
            this.reserved = reserved;
        }

        @Override
        public Expr expr(Expr e) {
            if (!(e instanceof Expr.Reduce r)) {
                return super.expr(e);
            }
            Renaming renaming = shorter(r.ranges());
            Set<String> inside = new java.util.LinkedHashSet<>(reserved);
            inside.addAll(Terms.names(renaming.ranges));
            Expr body = new Tidy(inside).expr(Substitution.of(r.body(), renaming.names));
            return Exprs.reduce(r.kind(), renaming.ranges, body);
        }

        @Override
        public IntExpr atom(Atom atom) {
            if (atom instanceof Position.Arg arg) {
                Renaming renaming = shorter(arg.ranges());
                Set<String> inside = new java.util.LinkedHashSet<>(reserved);
                inside.addAll(Terms.names(renaming.ranges));
                Expr body = new Tidy(inside).expr(Substitution.of(arg.body(), renaming.names));
                return IntExpr.of(new Position.Arg(arg.max(), renaming.ranges, body));
            }
            return super.atom(atom);
        }

        private Renaming shorter(List<Range> ranges) {
            Set<String> taken = new java.util.LinkedHashSet<>(reserved);
            List<Range> plain = new ArrayList<>();
            Map<String, IntExpr> first = new LinkedHashMap<>();
            for (Range range : ranges) {
                String stem = range.name().replaceAll("[0-9]+$", "");
                String name = Names.fresh(stem, taken);
                taken.add(name);
                plain.add(
                        new Range(name, range.lo().substitute(first), range.hi().substitute(first)));
                first.put(range.name(), IntExpr.var(name));
            }
            return new Renaming(plain, first);
        }
    }
}

package dev.adjoint.random;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Every expression that is one small mistake away from another: a shifted index, a lost sign, a bound off by one. */
public final class Mutations {
    private Mutations() {}

    /**
     * A mistake.
     *
     * @param what in words
     */
    public record Mutant(String what, Expr expr) {}

    /** All mistakes that can be made in an expression, in a fixed order. */
    public static List<Mutant> of(Expr e) {
        List<Mutant> mutants = new ArrayList<>();
        while (true) {
            Editor editor = new Editor(mutants.size());
            Expr edited = editor.expr(e);
            if (editor.what == null) {
                return mutants.stream().filter(m -> !m.expr.equals(e)).toList();
            }
            mutants.add(new Mutant(editor.what, edited));
        }
    }

    /** Makes the n-th edit that it comes by. */
    private static final class Editor extends Rewriter {
        private int left;
        private @org.jspecify.annotations.Nullable String what;

        Editor(int number) {
            this.left = number;
        }

        private boolean now(String edit) {
            if (what == null && left-- == 0) {
                what = edit;
                return true;
            }
            return false;
        }

        @Override
        public Expr expr(Expr e) {
            if (what != null) {
                return e;
            }
            Expr edited = edit(e);
            return what != null ? edited : super.expr(e);
        }

        private Expr edit(Expr e) {
            if (e instanceof Expr.Read r) {
                return read(r);
            }
            if (e instanceof Expr.Add a) {
                for (int k = 0; k < a.terms().size(); k++) {
                    if (now("a term dropped")) {
                        return Exprs.add(without(a.terms(), k));
                    }
                    if (now("a sign lost")) {
                        List<Expr> terms = new ArrayList<>(a.terms());
                        terms.set(k, Exprs.neg(terms.get(k)));
                        return Exprs.add(terms);
                    }
                }
            } else if (e instanceof Expr.Mul m) {
                for (int k = 0; k < m.factors().size(); k++) {
                    boolean condition = m.factors().get(k) instanceof Expr.Iverson;
                    if (now(condition ? "a condition dropped" : "a factor dropped")) {
                        return Exprs.mul(without(m.factors(), k));
                    }
                }
            } else if (e instanceof Expr.Num n) {
                if (now("a number off by one")) {
                    return new Expr.Num(n.value().add(1), null);
                }
            } else if (e instanceof Expr.Pow p) {
                if (now("an exponent off by one")) {
                    return Exprs.pow(p.base(), Exprs.add(p.exponent(), Expr.Num.ONE));
                }
            } else if (e instanceof Expr.Apply a) {
                if (now("another function")) {
                    Fun other = a.fun() instanceof Fun.Open open
                            ? open.derivative()
                            : a.fun() == Fun.Known.SIN ? Fun.Known.COS : Fun.Known.SIN;
                    return Exprs.apply(other, a.arg());
                }
            } else if (e instanceof Expr.Extremum x) {
                if (now("min for max")) {
                    return new Expr.Extremum(!x.max(), x.left(), x.right());
                }
            } else if (e instanceof Expr.Select s) {
                if (now("sides exchanged")) {
                    return Exprs.select(s.cond(), s.otherwise(), s.then());
                }
            }
            return e;
        }

        private Expr read(Expr.Read r) {
            for (int k = 0; k < r.index().size(); k++) {
                for (int shift : new int[] {1, -1}) {
                    if (now("an index shifted by " + shift)) {
                        List<IntExpr> index = new ArrayList<>(r.index());
                        index.set(k, index.get(k).plus(shift));
                        return new Expr.Read(r.ref(), index, r.pad());
                    }
                }
                if (k > 0 && now("indices transposed")) {
                    List<IntExpr> index = new ArrayList<>(r.index());
                    Collections.swap(index, k, k - 1);
                    return new Expr.Read(r.ref(), index, r.pad());
                }
            }
            if (r.pad() != null && now("a padding dropped")) {
                return new Expr.Read(r.ref(), r.index(), null);
            }
            return r;
        }

        @Override
        public Range range(Range r) {
            if (now("a range that ends too early")) {
                return new Range(r.name(), r.lo(), r.hi().minus(1));
            }
            if (now("a range that begins too late")) {
                return new Range(r.name(), r.lo().plus(1), r.hi());
            }
            if (now("a range that ends too late")) {
                return new Range(r.name(), r.lo(), r.hi().plus(1));
            }
            if (now("a range that begins too early")) {
                return new Range(r.name(), r.lo().minus(1), r.hi());
            }
            return super.range(r);
        }

        @Override
        public Cond cond(Cond c) {
            if (what == null && c instanceof Cond.Ints i) {
                if (now("a comparison with the other side")) {
                    return Cond.ints(other(i.rel()), i.left(), i.right());
                }
            } else if (what == null && c instanceof Cond.Values v) {
                if (now("a comparison with the other side")) {
                    return Cond.values(other(v.rel()), v.left(), v.right());
                }
            } else if (what == null && c instanceof Cond.And a) {
                for (int k = 0; k < a.parts().size(); k++) {
                    if (now("a condition dropped")) {
                        return Cond.and(without(a.parts(), k));
                    }
                }
            }
            return super.cond(c);
        }

        private static Rel other(Rel rel) {
            return switch (rel) {
                case EQ -> Rel.NE;
                case NE -> Rel.EQ;
                case LT -> Rel.LE;
                case LE -> Rel.LT;
                case GT -> Rel.GE;
                case GE -> Rel.GT;
            };
        }

        @Override
        public IntExpr atom(Atom atom) {
            if (what == null && atom instanceof Position.Arg arg && now("argmin for argmax")) {
                return IntExpr.of(new Position.Arg(!arg.max(), arg.ranges(), arg.body()));
            }
            if (what == null && atom instanceof Atom.Extremum x && now("min for max in a bound")) {
                return x.max() ? x.left().min(x.right()) : x.left().max(x.right());
            }
            if (what == null && atom instanceof Atom.FloorDiv q && now("a quotient rounded up")) {
                return IntExpr.of(q).plus(1);
            }
            return what != null ? IntExpr.of(atom) : super.atom(atom);
        }

        private static <T> List<T> without(List<T> list, int at) {
            List<T> rest = new ArrayList<>(list);
            rest.remove(at);
            return rest;
        }
    }

    static String print(Mutant mutant) {
        return mutant.what + ": " + Printer.print(mutant.expr);
    }
}

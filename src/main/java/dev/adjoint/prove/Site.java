package dev.adjoint.prove;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in a formula.
 *
 * @param part what stands there: an {@link Expr}, an {@link IntExpr} or a {@link Cond}
 * @param scope the indices that are known there, outer ones first
 * @param put the whole formula with something else of the same kind in this place
 * @param parent what it is a part of; null if this is the whole formula
 */
record Site<T>(
        T part,
        List<Range> scope,
        Function<T, Expr> put,
        @Nullable Object parent) {
    boolean isRoot() {
        return parent == null;
    }

    Expr with(T other) {
        return put.apply(other);
    }

    /** The places of one kind. */
    record All(List<Site<Expr>> values, List<Site<IntExpr>> integers, List<Site<Cond>> conds) {}

    /** Every place of a formula, from outside in. */
    static All of(Expr root, List<Range> free) {
        All all = new All(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        new Walk(all).value(new Site<>(root, free, e -> e, null));
        return all;
    }

    private record Walk(All into) {
        void value(Site<Expr> site) {
            into.values().add(site);
            Expr e = site.part();
            if (e instanceof Expr.Read r) {
                for (int k = 0; k < r.index().size(); k++) {
                    int axis = k;
                    integer(site, r.index().get(k), i -> new Expr.Read(r.ref(), with(r.index(), axis, i), r.pad()));
                }
            } else if (e instanceof Expr.IntValue v) {
                integer(site, v.value(), Exprs::integer);
            } else if (e instanceof Expr.Add a) {
                for (int k = 0; k < a.terms().size(); k++) {
                    int at = k;
                    value(site, a.terms().get(k), x -> Exprs.add(with(a.terms(), at, x)));
                }
            } else if (e instanceof Expr.Mul m) {
                for (int k = 0; k < m.factors().size(); k++) {
                    int at = k;
                    value(site, m.factors().get(k), x -> Exprs.mul(with(m.factors(), at, x)));
                }
            } else if (e instanceof Expr.Pow p) {
                value(site, p.base(), x -> Exprs.pow(x, p.exponent()));
                value(site, p.exponent(), x -> Exprs.pow(p.base(), x));
            } else if (e instanceof Expr.Apply a) {
                value(site, a.arg(), x -> Exprs.apply(a.fun(), x));
            } else if (e instanceof Expr.Extremum x) {
                value(site, x.left(), y -> new Expr.Extremum(x.max(), y, x.right()));
                value(site, x.right(), y -> new Expr.Extremum(x.max(), x.left(), y));
            } else if (e instanceof Expr.Reduce r) {
                ranges(site, r.ranges(), ranges -> new Expr.Reduce(r.kind(), ranges, r.body()));
                value(new Site<>(
                        r.body(),
                        and(site.scope(), r.ranges()),
                        x -> site.with(Exprs.reduce(r.kind(), r.ranges(), x)),
                        r));
            } else if (e instanceof Expr.Iverson i) {
                cond(new Site<>(i.cond(), site.scope(), c -> site.with(Exprs.iverson(c)), i));
            } else if (e instanceof Expr.Select s) {
                cond(new Site<>(s.cond(), site.scope(), c -> site.with(Exprs.select(c, s.then(), s.otherwise())), s));
                value(site, s.then(), x -> Exprs.select(s.cond(), x, s.otherwise()));
                value(site, s.otherwise(), x -> Exprs.select(s.cond(), s.then(), x));
            } else if (e instanceof Expr.Stop s) {
                value(site, s.arg(), Expr.Stop::new);
            } else if (e instanceof Expr.Deriv d) {
                for (int k = 0; k < d.index().size(); k++) {
                    int axis = k;
                    integer(site, d.index().get(k), i -> new Expr.Deriv(d.arg(), d.ref(), with(d.index(), axis, i)));
                }
            }
        }

        private void value(Site<Expr> outer, Expr part, Function<Expr, Expr> rebuild) {
            value(new Site<>(part, outer.scope(), x -> outer.with(rebuild.apply(x)), outer.part()));
        }

        private void integer(Site<Expr> outer, IntExpr part, Function<IntExpr, Expr> rebuild) {
            integer(new Site<>(part, outer.scope(), i -> outer.with(rebuild.apply(i)), outer.part()));
        }

        private void integer(Site<IntExpr> site) {
            into.integers().add(site);
            for (Atom atom : site.part().atoms()) {
                Function<IntExpr, Expr> replace =
                        i -> site.with(site.part().mapAtoms(a -> a.equals(atom) ? i : IntExpr.of(a)));
                if (atom instanceof Atom.FloorDiv q) {
                    integer(new Site<>(q.num(), site.scope(), n -> replace.apply(n.floorDiv(q.den())), q));
                } else if (atom instanceof Atom.Mod m) {
                    integer(new Site<>(m.num(), site.scope(), n -> replace.apply(n.mod(m.den())), m));
                } else if (atom instanceof Position.Entry entry) {
                    for (int k = 0; k < entry.index().size(); k++) {
                        int axis = k;
                        integer(new Site<>(
                                entry.index().get(k),
                                site.scope(),
                                i -> replace.apply(
                                        IntExpr.of(new Position.Entry(entry.tensor(), with(entry.index(), axis, i)))),
                                entry));
                    }
                } else if (atom instanceof Position.Arg arg) {
                    value(new Site<>(
                            arg.body(),
                            and(site.scope(), arg.ranges()),
                            x -> replace.apply(IntExpr.of(new Position.Arg(arg.max(), arg.ranges(), x))),
                            arg));
                }
            }
        }

        private void ranges(Site<Expr> site, List<Range> ranges, Function<List<Range>, Expr> rebuild) {
            for (int k = 0; k < ranges.size(); k++) {
                int at = k;
                Range r = ranges.get(k);
                List<Range> scope = and(site.scope(), ranges.subList(0, k));
                integer(new Site<>(
                        r.lo(),
                        scope,
                        i -> site.with(rebuild.apply(with(ranges, at, new Range(r.name(), i, r.hi())))),
                        r));
                integer(new Site<>(
                        r.hi(),
                        scope,
                        i -> site.with(rebuild.apply(with(ranges, at, new Range(r.name(), r.lo(), i)))),
                        r));
            }
        }

        private void cond(Site<Cond> site) {
            into.conds().add(site);
            Cond c = site.part();
            if (c instanceof Cond.Ints i) {
                integer(new Site<>(i.left(), site.scope(), x -> site.with(Cond.ints(i.rel(), x, i.right())), i));
                integer(new Site<>(i.right(), site.scope(), x -> site.with(Cond.ints(i.rel(), i.left(), x)), i));
            } else if (c instanceof Cond.Values v) {
                value(new Site<>(v.left(), site.scope(), x -> site.with(Cond.values(v.rel(), x, v.right())), v));
                value(new Site<>(v.right(), site.scope(), x -> site.with(Cond.values(v.rel(), v.left(), x)), v));
            } else if (c instanceof Cond.And a) {
                for (int k = 0; k < a.parts().size(); k++) {
                    int at = k;
                    cond(new Site<>(
                            a.parts().get(k), site.scope(), x -> site.with(Cond.and(with(a.parts(), at, x))), a));
                }
            } else if (c instanceof Cond.Or o) {
                for (int k = 0; k < o.parts().size(); k++) {
                    int at = k;
                    cond(new Site<>(
                            o.parts().get(k), site.scope(), x -> site.with(Cond.or(with(o.parts(), at, x))), o));
                }
            } else if (c instanceof Cond.Not n) {
                cond(new Site<>(n.part(), site.scope(), x -> site.with(Cond.not(x)), n));
            }
        }

        private static <U> List<U> with(List<U> list, int at, U element) {
            List<U> changed = new ArrayList<>(list);
            changed.set(at, element);
            return changed;
        }

        private static List<Range> and(List<Range> outer, List<Range> inner) {
            List<Range> all = new ArrayList<>(outer);
            all.addAll(inner);
            return all;
        }
    }
}

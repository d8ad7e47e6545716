package dev.adjoint.prove;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * An expression as a sum of terms. Conditions on integers become those of terms, {@code [¬c] = 1 − [c]},
 * {@code [a ∨ b] = [a] + [b] − [a]·[b]}; comparisons of values become selectors; the maximum of a window is the sum of
 * its values, each where it wins.
 */
final class Normal {
    /** What a tensor stands for. */
    interface Tensors {
        /** Its extents. */
        List<IntExpr> shape(Ref ref);

        /** What is read for an entry, if the tensor is to be written out rather than kept as it is. */
        Optional<Expr> definition(Ref ref, List<IntExpr> index);
    }

    private final Tensors tensors;
    private final Algebra algebra;
    private final Families families;
    private final Functions functions;
    private final Selectors selectors;
    private final Fresh fresh;
    private final Consumer<Definedness.Obligation> obligations;
    private final Assumed assumed;

    /** @param obligations is told what the expressions ask of their parts to be defined */
    Normal(
            Tensors tensors,
            Algebra algebra,
            Families families,
            Functions functions,
            Selectors selectors,
            Fresh fresh,
            Consumer<Definedness.Obligation> obligations,
            Assumed assumed) {
        this.obligations = obligations;
        this.assumed = assumed;
        this.tensors = tensors;
        this.algebra = algebra;
        this.families = families;
        this.functions = functions;
        this.selectors = selectors;
        this.fresh = fresh;
    }

    /** The value of an expression whose free variables are those that {@code scope} speaks of. */
    List<Term> value(Expr e, Domain scope) {
        return new Place(Map.of(), scope, Algebra.one(), false).value(e);
    }

    /** A place in an expression: what its bound indices are called here, and what is known there. */
    private final class Place {
        private final Map<String, IntExpr> names;
        private final Domain scope;
        private final List<Term> guard;
        private final boolean infinite;

        /** @param infinite whether infinity may stand here, see {@link Windows} */
        Place(Map<String, IntExpr> names, Domain scope, List<Term> guard, boolean infinite) {
            this.names = names;
            this.scope = scope;
            this.guard = guard;
            this.infinite = infinite;
        }

        private void needs(Definedness.Need need, List<Term> value) {
            obligations.accept(new Definedness.Obligation(need, value, scope, guard));
        }

        /** By what is assumed of the data. */
        List<Term> value(Expr e) {
            return assumed.applied(plainly(e), scope);
        }

        private List<Term> plainly(Expr e) {
            if (e instanceof Expr.Num n) {
                return Algebra.number(n.value());
            }
            if (e instanceof Expr.Pi || e instanceof Expr.Inf) {
                if (e instanceof Expr.Inf && !infinite) {
                    throw new Undecided("no proof reckons with infinity");
                }
                String name = e instanceof Expr.Pi ? "pi" : "inf";
                return List.of(Term.of(new Factor(families.constant(name), List.of())));
            }
            if (e instanceof Expr.IntValue v) {
                return algebra.tidy(Term.of(Ratio.of(Poly.of(integer(v.value())))));
            }
            if (e instanceof Expr.Read r) {
                return read(r);
            }
            if (e instanceof Expr.Add a) {
                List<Term> all = new ArrayList<>();
                a.terms().forEach(t -> all.addAll(value(t)));
                return algebra.merged(all);
            }
            if (e instanceof Expr.Mul m) {
                return product(m);
            }
            if (e instanceof Expr.Pow p) {
                return power(p);
            }
            if (e instanceof Expr.Apply a) {
                return apply(a);
            }
            if (e instanceof Expr.Extremum x) {
                return functions.extremum(x.max(), value(x.left()), value(x.right()), scope);
            }
            if (e instanceof Expr.Reduce r) {
                return reduce(r);
            }
            if (e instanceof Expr.Iverson i) {
                return cond(i.cond());
            }
            if (e instanceof Expr.Select s) {
                List<Term> holds = cond(s.cond());
                List<Term> then = given(s.cond()).value(s.then());
                List<Term> otherwise = given(Cond.not(s.cond())).value(s.otherwise());
                return algebra.plus(otherwise, algebra.times(holds, algebra.minus(then, otherwise)));
            }
            if (e instanceof Expr.Stop s) {
                return value(s.arg());
            }
            throw new Undecided("a derivative that is not derived, of " + e);
        }

        /** The conditions among the factors hold where the others are looked at; if one never does, nothing is. */
        private List<Term> product(Expr.Mul m) {
            List<Term> product = Algebra.one();
            Place inside = this;
            for (Expr factor : m.factors()) {
                if (factor instanceof Expr.Iverson i) {
                    product = algebra.times(product, cond(i.cond()));
                    inside = inside.given(i.cond());
                }
            }
            boolean never = product.isEmpty();
            for (Expr factor : m.factors()) {
                if (!(factor instanceof Expr.Iverson) && !never) {
                    product = algebra.times(product, inside.value(factor));
                }
            }
            return product;
        }

        private Place given(Cond cond) {
            List<Constraint> more = new ArrayList<>();
            for (Cond part : Cond.conjuncts(cond)) {
                if (part instanceof Cond.Ints ints) {
                    ints.constraint().ifPresent(c -> more.add(new Constraint(integer(c.expr()), c.equality())));
                }
            }
            List<Cond> values = Cond.conjuncts(cond).stream()
                    .filter(part -> !(part instanceof Cond.Ints ints)
                            || ints.constraint().isEmpty())
                    .toList();
            List<Term> both = guard;
            for (Cond part : values) {
                both = algebra.times(both, cond(part));
            }
            return new Place(names, more.isEmpty() ? scope : scope.and(more), both, infinite);
        }

        private List<Term> read(Expr.Read r) {
            List<IntExpr> index = r.index().stream().map(this::integer).toList();
            List<IntExpr> shape = tensors.shape(r.ref());
            List<Constraint> inside = new ArrayList<>();
            for (int k = 0; k < index.size(); k++) {
                inside.add(Constraint.le(IntExpr.ZERO, index.get(k)));
                inside.add(Constraint.lt(index.get(k), shape.get(k)));
            }
            List<Term> entry;
            Optional<Expr> definition = tensors.definition(r.ref(), index);
            if (definition.isPresent()) {
                entry = new Place(Map.of(), scope.and(inside), guard, false).value(definition.get());
                if (r.pad() != null) {
                    entry = algebra.where(entry, inside);
                }
            } else {
                entry = List.of(Term.of(new Factor(families.entry(r.ref(), shape), index)));
            }
            if (r.pad() == null || r.pad().equals(Expr.Num.ZERO)) {
                return entry;
            }
            List<Term> pad = value(r.pad());
            List<Term> within = algebra.where(Algebra.one(), inside);
            return algebra.plus(entry, algebra.minus(pad, algebra.times(within, pad)));
        }

        private List<Term> apply(Expr.Apply a) {
            List<Term> arg = value(a.arg());
            if (a.fun() == Fun.Known.LOG || a.fun() == Fun.Known.LOG1P) {
                List<Term> of = a.fun() == Fun.Known.LOG ? arg : algebra.plus(Algebra.one(), arg);
                needs(Definedness.Need.NOT_ZERO, of);
                needs(Definedness.Need.NOT_NEGATIVE, of);
            } else if (a.fun() == Fun.Known.SQRT) {
                needs(Definedness.Need.NOT_NEGATIVE, arg);
            }
            return functions.apply(a.fun(), arg, scope);
        }

        private List<Term> power(Expr.Pow p) {
            List<Term> base = value(p.base());
            if (p.exponent() instanceof Expr.Num n) {
                if (n.value().compareTo(BigFraction.ZERO) < 0) {
                    needs(Definedness.Need.NOT_ZERO, base);
                }
                if (!n.value().getDenominator().equals(java.math.BigInteger.ONE)) {
                    needs(Definedness.Need.NOT_NEGATIVE, base);
                }
                return functions.power(base, n.value(), scope);
            }
            List<Term> power = functions.power(base, value(p.exponent()), scope);
            if (p.exponent() instanceof Expr.IntValue n && !scope.impliesLe(IntExpr.ZERO, integer(n.value()))) {
                needs(Definedness.Need.NOT_ZERO, base);
            }
            if (!(p.exponent() instanceof Expr.IntValue) && !selectors.isPositive(base, scope)) {
                needs(Definedness.Need.REAL, power);
            }
            return power;
        }

        private List<Term> reduce(Expr.Reduce r) {
            return switch (r.kind()) {
                case SUM -> sum(r.ranges(), 0, r.body());
                case PROD ->
                    List.of(Term.of(
                            families.closure(Family.Kind.PRODUCT, "prod", window(r.ranges(), r.body()), scope)));
                case MAX, MIN -> {
                    Position.Arg arg = new Position.Arg(r.kind() == Expr.Reduce.Kind.MAX, r.ranges(), r.body());
                    // Outside, where its indices are free: the position does not use them.
                    IntExpr winner = winner(arg, true);
                    Place inside = this;
                    List<String> bound = new ArrayList<>();
                    List<List<Constraint>> where = new ArrayList<>();
                    IntExpr flat = IntExpr.ZERO;
                    for (Range range : r.ranges()) {
                        String name = fresh.name();
                        bound.add(name);
                        where.add(inside.within(name, range));
                        flat = flat.times(inside.integer(range.extent()))
                                .plus(IntExpr.var(name))
                                .minus(inside.integer(range.lo()));
                        inside = inside.bind(name, range);
                    }
                    List<Term> wins = algebra.where(inside.compared(r.body()), List.of(Constraint.eq(flat, winner)));
                    for (int k = bound.size() - 1; k >= 0; k--) {
                        wins = algebra.sum(bound.get(k), where.get(k), wins);
                    }
                    yield wins;
                }
            };
        }

        private List<Term> sum(List<Range> ranges, int k, Expr body) {
            if (k == ranges.size()) {
                return value(body);
            }
            String name = fresh.name();
            List<Constraint> where = within(name, ranges.get(k));
            return algebra.sum(name, where, bind(name, ranges.get(k)).sum(ranges, k + 1, body));
        }

        private Place bind(String name, Range range) {
            Map<String, IntExpr> inner = new HashMap<>(names);
            inner.put(range.name(), IntExpr.var(name));
            return new Place(inner, scope.and(within(name, range)), guard, infinite);
        }

        /** {@code max(a, b) ≤ y < min(c, d)} is one condition for each of them. */
        private List<Constraint> within(String name, Range range) {
            List<Constraint> where = new ArrayList<>();
            for (IntExpr lo : Extrema.sides(integer(range.lo()), true)) {
                where.add(Constraint.le(lo, IntExpr.var(name)));
            }
            for (IntExpr hi : Extrema.sides(integer(range.hi()), false)) {
                where.add(Constraint.lt(IntExpr.var(name), hi));
            }
            return where;
        }

        private List<Term> cond(Cond c) {
            if (c instanceof Cond.Constant constant) {
                return constant.value() ? Algebra.one() : List.of();
            }
            if (c instanceof Cond.Ints ints) {
                if (ints.rel() == Rel.NE) {
                    return algebra.minus(Algebra.one(), cond(Cond.eq(ints.left(), ints.right())));
                }
                Constraint constraint = ints.constraint().orElseThrow();
                return algebra.where(
                        Algebra.one(), List.of(new Constraint(integer(constraint.expr()), constraint.equality())));
            }
            if (c instanceof Cond.Values v) {
                return selectors.compared(v.rel(), algebra.minus(value(v.left()), value(v.right())), scope);
            }
            if (c instanceof Cond.And a) {
                return a.parts().stream().map(this::cond).reduce(Algebra.one(), algebra::times);
            }
            if (c instanceof Cond.Or o) {
                List<Term> none =
                        cond(Cond.and(o.parts().stream().map(Cond::not).toList()));
                return algebra.minus(Algebra.one(), none);
            }
            return algebra.minus(Algebra.one(), cond(((Cond.Not) c).part()));
        }

        /** What the bound indices are called here put in, and positions of extrema as entries of families. */
        private IntExpr integer(IntExpr e) {
            return e.mapAtoms(this::atom);
        }

        private IntExpr atom(Atom atom) {
            if (atom instanceof Atom.Var v) {
                return names.getOrDefault(v.name(), IntExpr.of(atom));
            }
            if (atom instanceof Position.Arg arg) {
                return winner(arg, false);
            }
            return Replacement.ofParts(atom, this::integer);
        }

        /** @param value whether the extremum itself is asked for, which has to be a real number */
        private IntExpr winner(Position.Arg arg, boolean value) {
            boolean infinities = Windows.holdInfinity(arg.body());
            Factor factor = families.closure(
                    Family.Kind.POSITION, arg.max() ? "argmax" : "argmin", window(arg.ranges(), arg.body()), scope);
            IntExpr count = IntExpr.ONE;
            boolean filled = true;
            for (IntExpr each : Windows.extents(arg.ranges())) {
                IntExpr extent = integer(each);
                filled &= scope.impliesLe(IntExpr.ONE, extent);
                count = count.times(extent);
            }
            if (!filled || value && infinities) {
                needs(Definedness.Need.REAL, List.of(Term.of(factor)));
            }
            return IntExpr.of(new Winner(factor.family(), factor.index(), count));
        }

        /** The value in a window, which may be infinite. */
        private List<Term> compared(Expr body) {
            return new Place(names, scope, guard, true).value(body);
        }

        /** {@code Σ_y probe[y]·body(y) + probe[y]}: two windows of which these are equal hold the same values. */
        private List<Term> window(List<Range> ranges, Expr body) {
            Place inside = this;
            List<IntExpr> place = new ArrayList<>();
            List<String> bound = new ArrayList<>();
            List<List<Constraint>> where = new ArrayList<>();
            for (Range range : ranges) {
                String name = fresh.name();
                bound.add(name);
                where.add(inside.within(name, range));
                place.add(IntExpr.var(name).minus(inside.integer(range.lo())));
                inside = inside.bind(name, range);
            }
            List<IntExpr> marked = new ArrayList<>(place);
            marked.add(IntExpr.ONE);
            List<Term> window = algebra.times(
                    List.of(Term.of(new Factor(families.probe(place.size()), place))), inside.compared(body));
            window = algebra.plus(window, List.of(Term.of(new Factor(families.probe(marked.size()), marked))));
            for (int k = bound.size() - 1; k >= 0; k--) {
                window = algebra.sum(bound.get(k), where.get(k), window);
            }
            return window;
        }
    }
}

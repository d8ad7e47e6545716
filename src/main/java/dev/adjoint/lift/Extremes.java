package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Substitution;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.Domain;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What is known of maxima: one of finite values is finite; one that began from its first candidate is the whole. */
final class Extremes {
    private static final Expr MINUS_INFINITY = Exprs.neg(new Expr.Inf());

    private Extremes() {}

    // ---- finite or not

    /** {@code max[k](x[k]) > -inf} holds where the window is not empty. */
    static Optional<Boolean> decide(Cond.Values c, Domain domain, Facts facts) {
        if (c.left().equals(c.right())) {
            return Optional.of(c.rel() == Rel.EQ || c.rel() == Rel.LE || c.rel() == Rel.GE);
        }
        Optional<Integer> right = infinity(c.right());
        Optional<Integer> left = infinity(c.left());
        if (right.isPresent() && left.isPresent()) {
            return Optional.of(c.rel().holds(Integer.compare(left.get(), right.get())));
        }
        if (right.isPresent() && isFinite(c.left(), domain, facts)) {
            return Optional.of(c.rel().holds(-right.get()));
        }
        if (left.isPresent() && isFinite(c.right(), domain, facts)) {
            return Optional.of(c.rel().holds(left.get()));
        }
        return Optional.empty();
    }

    private static Optional<Integer> infinity(Expr e) {
        return e instanceof Expr.Inf ? Optional.of(1) : e.equals(MINUS_INFINITY) ? Optional.of(-1) : Optional.empty();
    }

    private static boolean isFinite(Expr e, Domain domain, Facts facts) {
        if (e instanceof Expr.Num || e instanceof Expr.Pi || e instanceof Expr.IntValue) {
            return true;
        }
        if (e instanceof Expr.Read r) {
            return !r.ref().name().contains("#") && (r.pad() == null || isFinite(r.pad(), domain, facts));
        }
        if (e instanceof Expr.Add a) {
            return a.terms().stream().allMatch(t -> isFinite(t, domain, facts));
        }
        if (e instanceof Expr.Mul m) {
            return m.factors().stream().allMatch(f -> isFinite(f, domain, facts));
        }
        if (e instanceof Expr.Extremum x) {
            return isFinite(x.left(), domain, facts) && isFinite(x.right(), domain, facts);
        }
        if (e instanceof Expr.Reduce r && (r.kind() == Expr.Reduce.Kind.MAX || r.kind() == Expr.Reduce.Kind.MIN)) {
            return isReached(r, domain, facts);
        }
        return false;
    }

    /** Whether the window surely holds an entry that takes part. */
    static boolean isReached(Expr.Reduce r, Domain domain, Facts facts) {
        Cond guard = Cond.TRUE;
        Expr body = r.body();
        while (body instanceof Expr.Select s && infinity(s.otherwise()).isPresent()) {
            guard = Cond.and(guard, s.cond());
            body = s.then();
        }
        if (!isFinite(body, domain, facts)) {
            return false;
        }
        Map<String, IntExpr> witness = new LinkedHashMap<>();
        for (Range range : r.ranges()) {
            IntExpr least = range.lo().substitute(witness);
            for (Cond part : Cond.conjuncts(guard)) {
                if (part instanceof Cond.Ints ints && ints.constraint().isPresent()) {
                    IntExpr e = ints.constraint().get().expr().substitute(witness);
                    OptionalLong c = e.coefficient(range.name());
                    if (c.isPresent() && c.getAsLong() == 1) {
                        least = least.max(range.index().minus(e));
                    }
                }
            }
            Domain known = facts.about(domain, least);
            if (!known.implies(Constraint.lt(least, range.hi().substitute(witness)))) {
                return false;
            }
            witness.put(range.name(), least);
        }
        Cond there = Substitution.of(guard, witness);
        return Conditions.decide(domain, there, facts).orElse(false);
    }

    // ---- from the first candidate

    /**
     * {@code max[v](g) > b ? e(argmax) : e_0} is {@code e(argmax)} where {@code b} and {@code e_0} are those of the
     * first candidate, or of the one before it.
     */
    static Expr improve(Expr e) {
        if (!(e instanceof Expr.Select s)) {
            return e;
        }
        Expr otherwise = improve(s.otherwise());
        for (Cond c : Cond.conjuncts(s.cond())) {
            if (c instanceof Cond.Values v && v.left() instanceof Expr.Reduce r && isStrict(v, r)) {
                List<Cond> rest = new ArrayList<>(Cond.conjuncts(s.cond()));
                rest.remove(c);
                Optional<Expr> whole = fromFirst(r, v.right(), s.then(), otherwise)
                        .or(() -> fromBefore(r, v.right(), s.then(), otherwise));
                if (whole.isPresent() && rest.stream().allMatch(x -> asksWhetherAny(x, r))) {
                    return whole.get();
                }
            }
        }
        return Exprs.select(s.cond(), s.then(), otherwise);
    }

    private static boolean isStrict(Cond.Values v, Expr.Reduce r) {
        return v.rel() == Rel.GT && r.kind() == Expr.Reduce.Kind.MAX
                || v.rel() == Rel.LT && r.kind() == Expr.Reduce.Kind.MIN;
    }

    private static boolean asksWhetherAny(Cond c, Expr.Reduce r) {
        return r.ranges().stream().anyMatch(x -> c.equals(Cond.ints(Rel.LT, x.lo(), x.hi())));
    }

    private static Map<String, IntExpr> first(List<Range> ranges) {
        Map<String, IntExpr> values = new LinkedHashMap<>();
        ranges.forEach(r -> values.put(r.name(), r.lo().substitute(values)));
        return values;
    }

    private static Optional<Expr> fromFirst(Expr.Reduce r, Expr b, Expr then, Expr otherwise) {
        if (!Substitution.of(r.body(), first(r.ranges())).equals(b)) {
            return Optional.empty();
        }
        Position.Arg arg = new Position.Arg(r.kind() == Expr.Reduce.Kind.MAX, r.ranges(), r.body());
        boolean same = then.equals(r)
                ? otherwise.equals(b)
                : replace(then, arg, IntExpr.ZERO).equals(otherwise);
        return same ? Optional.of(then) : Optional.empty();
    }

    private static Optional<Expr> fromBefore(Expr.Reduce r, Expr b, Expr then, Expr otherwise) {
        if (r.ranges().size() != 1) {
            return Optional.empty();
        }
        Range v = r.ranges().get(0);
        IntExpr before = v.lo().minus(1);
        if (!Substitution.of(r.body(), v.name(), before).equals(b)) {
            return Optional.empty();
        }
        Range more = new Range(v.name(), before, v.hi());
        boolean max = r.kind() == Expr.Reduce.Kind.MAX;
        if (then.equals(r)) {
            return otherwise.equals(b)
                    ? Optional.of(new Expr.Reduce(r.kind(), List.of(more), r.body()))
                    : Optional.empty();
        }
        Position.Arg all = new Position.Arg(max, List.of(more), r.body());
        Expr whole = replace(
                then,
                new Position.Arg(max, r.ranges(), r.body()),
                IntExpr.of(all).minus(1));
        return replace(whole, all, IntExpr.ZERO).equals(otherwise) ? Optional.of(whole) : Optional.empty();
    }

    private static Expr replace(Expr e, Position.Arg arg, IntExpr value) {
        return new Rewriter() {
            @Override
            public IntExpr atom(Atom atom) {
                return atom.equals(arg) ? value : super.atom(atom);
            }
        }.expr(e);
    }
}

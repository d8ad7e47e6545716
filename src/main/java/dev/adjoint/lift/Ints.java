package dev.adjoint.lift;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Integers of a program: trees {@code c ? a : b} whose leaves are integer expressions, for what is an integer on each
 * branch but has no single formula.
 */
final class Ints {
    private Ints() {}

    /** An integer where a condition holds. */
    record Alternative(Cond cond, IntExpr value) {}

    static Expr leaf(IntExpr e) {
        return new Expr.IntValue(e);
    }

    static Expr leaf(long value) {
        return leaf(IntExpr.of(value));
    }

    /** The integer, if there is but one formula. */
    static Optional<IntExpr> single(Expr tree) {
        if (tree instanceof Expr.IntValue v) {
            return Optional.of(v.value());
        }
        if (tree instanceof Expr.Num n && n.value().getDenominator().bitLength() == 1) {
            return Optional.of(IntExpr.of(n.value().getNumerator().longValueExact()));
        }
        return Optional.empty();
    }

    /** The leaves, each with the condition on which it is reached; no two hold at once. */
    static List<Alternative> alternatives(Expr tree) {
        List<Alternative> found = new ArrayList<>();
        collect(tree, Cond.TRUE, found);
        return found;
    }

    private static void collect(Expr tree, Cond cond, List<Alternative> found) {
        if (tree instanceof Expr.Select s) {
            collect(s.then(), Cond.and(cond, s.cond()), found);
            collect(s.otherwise(), Cond.and(cond, Conditions.not(s.cond())), found);
        } else if (!cond.equals(Cond.FALSE)) {
            found.add(new Alternative(
                    cond, single(tree).orElseThrow(() -> new IllegalStateException("no integer: " + tree))));
        }
    }

    static Expr select(Cond c, Expr then, Expr otherwise) {
        if (c instanceof Cond.Ints ints
                && single(then).isPresent()
                && single(otherwise).isPresent()) {
            IntExpr a = single(then).get();
            IntExpr b = single(otherwise).get();
            boolean sides = ints.left().equals(a) && ints.right().equals(b);
            boolean crossed = ints.left().equals(b) && ints.right().equals(a);
            if (sides || crossed) {
                Rel rel = sides ? ints.rel() : ints.rel().flip();
                if (rel == Rel.LT || rel == Rel.LE) {
                    return leaf(a.min(b));
                }
                if (rel == Rel.GT || rel == Rel.GE) {
                    return leaf(a.max(b));
                }
            }
        }
        return Exprs.select(c, then, otherwise);
    }

    static Expr map(Expr tree, Function<IntExpr, Expr> f) {
        if (tree instanceof Expr.Select s) {
            return select(s.cond(), map(s.then(), f), map(s.otherwise(), f));
        }
        return f.apply(single(tree).orElseThrow(() -> new IllegalStateException("no integer: " + tree)));
    }

    static Expr combine(Expr left, Expr right, BinaryOperator<IntExpr> f) {
        return map(left, a -> map(right, b -> leaf(f.apply(a, b))));
    }

    /** Whether the comparison of two trees holds, by cases. */
    static Cond compare(Rel rel, Expr left, Expr right) {
        List<Cond> some = new ArrayList<>();
        for (Alternative a : alternatives(left)) {
            for (Alternative b : alternatives(right)) {
                some.add(Cond.and(List.of(a.cond(), b.cond(), Cond.ints(rel, a.value(), b.value()))));
            }
        }
        return Cond.or(some);
    }

    /** The same as a real number. */
    static Expr real(Expr tree) {
        if (tree instanceof Expr.Select s) {
            return Exprs.select(s.cond(), real(s.then()), real(s.otherwise()));
        }
        return single(tree).map(Exprs::integer).orElse(tree);
    }

    /** The integer with each entry of an array replaced by a tree. */
    static Expr mapEntries(IntExpr e, String array, Function<List<IntExpr>, Expr> instead) {
        for (Atom atom : e.atoms()) {
            if (atom instanceof Position.Entry entry && entry.tensor().equals(array)) {
                return map(
                        instead.apply(entry.index()),
                        value -> mapEntries(e.mapAtoms(a -> a.equals(atom) ? value : IntExpr.of(a)), array, instead));
            }
        }
        return leaf(e);
    }
}

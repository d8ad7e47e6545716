package dev.adjoint.derive;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Products as conditions and factors. */
final class Terms {
    private static final Set<Fun> PARTIAL = Set.of(Fun.Known.LOG, Fun.Known.LOG1P, Fun.Known.SQRT);

    private Terms() {}

    static List<Expr> factors(Expr e) {
        return e instanceof Expr.Mul m ? m.factors() : List.of(e);
    }

    /** The parts of all bracketed conditions that are factors. */
    static List<Cond> conditions(Expr e) {
        List<Cond> conditions = new ArrayList<>();
        for (Expr factor : factors(e)) {
            if (factor instanceof Expr.Iverson i) {
                conditions.addAll(Cond.conjuncts(i.cond()));
            }
        }
        return conditions;
    }

    /** The factors that are no bracketed conditions. */
    static List<Expr> values(Expr e) {
        return factors(e).stream().filter(f -> !(f instanceof Expr.Iverson)).toList();
    }

    /** Whether no tensor decides the condition. */
    static boolean isDataFree(Cond condition) {
        return Variables.refs(condition).isEmpty();
    }

    /**
     * What guards a read before what reads: first the conditions that no tensor decides, then those on integer tensors,
     * {@code t[j] == i} before {@code u[t[j]] == k}, and last what real values decide.
     */
    static List<Cond> guardsFirst(List<Cond> conditions) {
        return conditions.stream()
                .sorted(Comparator.comparingInt(Terms::readsBefore))
                .toList();
    }

    /** How many reads of integer tensors follow upon each other before the condition is decided. */
    private static int readsBefore(Cond condition) {
        int[] deepest = {0};
        new Rewriter() {
            private int depth;

            @Override
            public Expr expr(Expr e) {
                if (e instanceof Expr.Read) {
                    deepest[0] = Integer.MAX_VALUE;
                }
                return super.expr(e);
            }

            @Override
            public IntExpr atom(Atom atom) {
                depth += atom instanceof Position.Entry ? 1 : 0;
                deepest[0] = Math.max(deepest[0], depth);
                IntExpr same = super.atom(atom);
                depth -= atom instanceof Position.Entry ? 1 : 0;
                return same;
            }
        }.cond(condition);
        return deepest[0];
    }

    /** The product of bracketed conditions and factors. */
    static Expr product(List<Cond> unordered, List<Expr> values) {
        List<Cond> conditions = guardsFirst(unordered);
        List<Expr> factors = new ArrayList<>();
        for (int k = 0; k < conditions.size(); k++) {
            Cond condition = conditions.get(k);
            if (k + 1 < conditions.size() && areOneRange(condition, conditions.get(k + 1))) {
                condition = Cond.and(condition, conditions.get(++k));
            }
            factors.add(Exprs.iverson(condition));
        }
        factors.addAll(values);
        return Exprs.mul(factors);
    }

    /** {@code a <= e} and {@code e < b}. */
    private static boolean areOneRange(Cond first, Cond second) {
        return first instanceof Cond.Ints a
                && second instanceof Cond.Ints b
                && a.rel() == Rel.LE
                && b.rel() == Rel.LT
                && a.right().equals(b.left());
    }

    /** Whether the value is defined wherever its reads are: no division, root or logarithm. */
    static boolean isTotal(Expr e) {
        boolean[] total = {true};
        new Rewriter() {
            @Override
            public Expr expr(Expr node) {
                boolean power = node instanceof Expr.Pow p
                        && !(p.exponent() instanceof Expr.Num n
                                && n.value().signum() > 0
                                && n.value().getDenominator().bitLength() == 1);
                boolean partial = node instanceof Expr.Apply a && PARTIAL.contains(a.fun());
                total[0] &= !power && !partial;
                return super.expr(node);
            }
        }.expr(e);
        return total[0];
    }

    static boolean isSum(Expr e) {
        return e instanceof Expr.Reduce r && r.kind() == Expr.Reduce.Kind.SUM;
    }

    static boolean reads(Expr e, Ref ref) {
        return Variables.refs(e).contains(ref);
    }

    /** A Kronecker delta: two integers compared for equality, neither of them chosen by data. */
    static boolean isKronecker(Cond c) {
        return c instanceof Cond.Ints i
                && i.rel() == Rel.EQ
                && i.left().minus(i.right()).atoms().stream().noneMatch(Position.Arg.class::isInstance);
    }

    /** Whether a Kronecker delta stands in the expression where sums could meet it. */
    static boolean holdsKronecker(Expr e) {
        if (e instanceof Expr.Iverson i) {
            return Cond.conjuncts(i.cond()).stream().anyMatch(Terms::isKronecker);
        }
        if (e instanceof Expr.Mul m) {
            return m.factors().stream().anyMatch(Terms::holdsKronecker);
        }
        if (e instanceof Expr.Add a) {
            return a.terms().stream().anyMatch(Terms::holdsKronecker);
        }
        if (e instanceof Expr.Reduce r) {
            return r.kind() == Expr.Reduce.Kind.SUM && holdsKronecker(r.body());
        }
        return e instanceof Expr.Select s && (holdsKronecker(s.then()) || holdsKronecker(s.otherwise()));
    }

    /** The names of indices that the ranges bind. */
    static List<String> names(List<Range> ranges) {
        return ranges.stream().map(Range::name).toList();
    }
}

package dev.adjoint.prove;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Mistakes in values: a factor or term too much or missing, a wrong sign, tensor, function or power, lost parentheses, a
 * condition too wide or too narrow.
 */
final class ValueMends {
    private final List<String> opens;
    private final Map<Ref, List<IntExpr>> tensors;
    private final Parts parts;

    /**
     * @param opens the functions that the layer leaves open
     * @param tensors what may be read, with its extents
     * @param parts what may be missing
     */
    ValueMends(List<String> opens, Map<Ref, List<IntExpr>> tensors, Parts parts) {
        this.opens = opens;
        this.tensors = tensors;
        this.parts = parts;
    }

    void value(Site<Expr> site, Consumer<Mend<?>> into) {
        Expr e = site.part();
        offer(site, Exprs.neg(e), () -> "the sign of `" + Mend.text(e) + "` is wrong", 6, into);
        if (e instanceof Expr.Add a) {
            for (int k = 0; k < a.terms().size(); k++) {
                List<Expr> rest = new ArrayList<>(a.terms());
                Expr term = rest.remove(k);
                offer(site, Exprs.add(rest), () -> "the term `" + Mend.text(term) + "` is too much", 9, into);
                rest.add(k, Exprs.neg(term));
                offer(site, Exprs.add(rest), () -> "the sign of `" + Mend.text(term) + "` is wrong", 7, into);
            }
            parentheses(site, a, into);
            offer(site, Exprs.mul(a.terms()), () -> "a product is meant, not a sum", 29, into);
        }
        if (e instanceof Expr.Mul m) {
            for (int k = 0; k < m.factors().size(); k++) {
                List<Expr> rest = new ArrayList<>(m.factors());
                Expr factor = rest.remove(k);
                offer(site, Exprs.mul(rest), () -> "the factor `" + Mend.text(factor) + "` is too much", 9, into);
                offer(
                        site,
                        Exprs.mul(Exprs.mul(rest), Exprs.pow(factor, Expr.Num.of(-1))),
                        () -> "`" + Mend.text(factor) + "` multiplies where it must divide, or the reverse",
                        21,
                        into);
            }
            if (m.factors().stream().anyMatch(ValueMends::isDivisor)) {
                offer(site, Exprs.pow(e, Expr.Num.of(-1)), () -> "numerator and denominator are exchanged", 14, into);
            }
            offer(site, Exprs.add(m.factors()), () -> "a sum is meant, not a product", 29, into);
        }
        if (e instanceof Expr.Pow p) {
            offer(site, Exprs.pow(p.exponent(), p.base()), () -> "base and exponent are exchanged", 15, into);
            offer(site, p.base(), () -> "the power is too much", 11, into);
            if (p.exponent() instanceof Expr.Num n) {
                for (long by : new long[] {1, -1}) {
                    Expr other = new Expr.Num(n.value().add(BigFraction.of(by)), null);
                    offer(site, Exprs.pow(p.base(), other), () -> "the exponent is wrong", 12, into);
                }
                offer(
                        site,
                        Exprs.pow(p.base(), new Expr.Num(n.value().negate(), null)),
                        () -> "this divides where it must multiply, or the reverse",
                        12,
                        into);
            }
        }
        if (e instanceof Expr.Num n) {
            for (long by : new long[] {1, -1, 2, -2}) {
                offer(
                        site,
                        new Expr.Num(n.value().add(BigFraction.of(by)), null),
                        () -> "the number is wrong",
                        23,
                        into);
            }
            for (long by : new long[] {2, 4}) {
                offer(
                        site,
                        new Expr.Num(n.value().multiply(BigFraction.of(by)), null),
                        () -> "a factor of " + by + " is missing",
                        23,
                        into);
                offer(
                        site,
                        new Expr.Num(n.value().divide(BigFraction.of(by)), null),
                        () -> "a factor of " + by + " is too much",
                        23,
                        into);
            }
        }
        if (e instanceof Expr.Apply a) {
            offer(site, a.arg(), () -> "the function " + a.fun() + " is too much", 13, into);
            for (Fun fun : functions(a.fun())) {
                offer(site, Exprs.apply(fun, a.arg()), () -> "the function is " + fun + ", not " + a.fun(), 12, into);
            }
        }
        if (e instanceof Expr.Extremum x) {
            offer(
                    site,
                    new Expr.Extremum(!x.max(), x.left(), x.right()),
                    () -> "`max` and `min` are exchanged",
                    15,
                    into);
            offer(site, x.left(), () -> "the extremum is too much", 24, into);
            offer(site, x.right(), () -> "the extremum is too much", 24, into);
        }
        if (e instanceof Expr.Select s) {
            offer(
                    site,
                    Exprs.select(s.cond(), s.otherwise(), s.then()),
                    () -> "the two sides of the condition are exchanged",
                    11,
                    into);
            offer(site, s.then(), () -> "the condition is too much", 24, into);
            offer(site, s.otherwise(), () -> "the condition is too much", 24, into);
        }
        if (e instanceof Expr.Stop s) {
            offer(site, s.arg(), () -> "`stop` is too much", 28, into);
            for (Fun fun : functions(Fun.Known.FLOOR)) {
                offer(site, Exprs.apply(fun, s.arg()), () -> "the function is " + fun + ", not stop", 28, into);
            }
        }
        if (e instanceof Expr.Read r) {
            read(site, r, into);
        }
        if (e instanceof Expr.Deriv d) {
            offer(site, d.arg(), () -> "the derivative by `" + d.ref() + "` is too much", 11, into);
        }
        if (e instanceof Expr.IntValue v && v.value().atoms().size() == 1) {
            if (v.value().atoms().iterator().next() instanceof Position.Arg arg
                    && arg.ranges().stream()
                            .noneMatch(r -> Variables.of(arg.body()).contains(r.name()))) {
                offer(site, arg.body(), () -> "its position is taken for the value", 11, into);
            }
        }
    }

    private static boolean isDivisor(Expr e) {
        return e instanceof Expr.Pow p && p.exponent().equals(Expr.Num.of(-1));
    }

    /** {@code a·b + c} for {@code a·(b + c)}, and a sum that ends too soon. */
    private static void parentheses(Site<Expr> site, Expr.Add sum, Consumer<Mend<?>> into) {
        for (Expr term : sum.terms()) {
            for (Expr other : sum.terms()) {
                if (term == other) {
                    continue;
                }
                List<Expr> rest = new ArrayList<>(sum.terms());
                rest.remove(term);
                rest.remove(other);
                if (term instanceof Expr.Mul m) {
                    for (int k = 0; k < m.factors().size(); k++) {
                        List<Expr> factors = new ArrayList<>(m.factors());
                        factors.set(k, Exprs.add(factors.get(k), other));
                        List<Expr> terms = new ArrayList<>(rest);
                        terms.add(Exprs.mul(factors));
                        offer(
                                site,
                                Exprs.add(terms),
                                () -> "parentheses are missing around `" + Mend.text(other) + "` and a factor",
                                20,
                                into);
                    }
                }
                if (term instanceof Expr.Reduce r) {
                    List<Expr> terms = new ArrayList<>(rest);
                    terms.add(Exprs.reduce(r.kind(), r.ranges(), Exprs.add(r.body(), other)));
                    offer(site, Exprs.add(terms), () -> "`" + Mend.text(other) + "` belongs into the sum", 20, into);
                }
            }
        }
    }

    private void read(Site<Expr> site, Expr.Read r, Consumer<Mend<?>> into) {
        for (Map.Entry<Ref, List<IntExpr>> other : tensors.entrySet()) {
            if (!other.getKey().equals(r.ref())
                    && other.getValue().size() == r.index().size()) {
                offer(
                        site,
                        new Expr.Read(other.getKey(), r.index(), r.pad()),
                        () -> "`" + other.getKey() + "` is meant, not `" + r.ref() + "`",
                        other.getKey().kind() == Ref.Kind.GRAD ? 19 : 11,
                        into);
            }
        }
        if (r.pad() == null) {
            offer(
                    site,
                    new Expr.Read(r.ref(), r.index(), Expr.Num.ZERO),
                    () -> "the read leaves the tensor: it needs a zero border",
                    14,
                    into);
        } else {
            offer(site, new Expr.Read(r.ref(), r.index(), null), () -> "the border is too much", 27, into);
            offer(site, new Expr.Read(r.ref(), r.index(), Expr.Num.ZERO), () -> "the border must be 0", 14, into);
        }
    }

    private List<Fun> functions(Fun fun) {
        List<Fun> functions = new ArrayList<>();
        for (String name : opens) {
            Fun open = new Fun.Open(name, 0);
            if (!open.equals(fun)) {
                functions.add(open);
            }
        }
        if (fun instanceof Fun.Open open) {
            functions.add(open.derivative());
            if (open.order() > 0) {
                functions.add(new Fun.Open(open.name(), open.order() - 1));
            }
        }
        for (Fun.Known known : Fun.Known.values()) {
            if (known != fun) {
                functions.add(known);
            }
        }
        return functions;
    }

    void cond(Site<Cond> site, Consumer<Mend<?>> into) {
        Cond c = site.part();
        offer(site, Cond.not(c), () -> "the condition is the wrong way round", 13, into);
        for (Cond other : parts.conds(site.scope())) {
            offer(site, other, () -> "the condition is another one", 30, into);
            offer(site, Cond.and(c, other), () -> "a condition is missing", 32, into);
        }
        offer(site, Cond.TRUE, () -> "the condition is too much", 16, into);
        if (c instanceof Cond.Ints i) {
            for (Rel rel : Rel.values()) {
                if (rel != i.rel()) {
                    offer(
                            site,
                            Cond.ints(rel, i.left(), i.right()),
                            () -> "`" + rel + "` is meant, not `" + i.rel() + "`",
                            12,
                            into);
                }
            }
        }
        if (c instanceof Cond.Values v) {
            for (Rel rel : Rel.values()) {
                if (rel != v.rel()) {
                    offer(
                            site,
                            Cond.values(rel, v.left(), v.right()),
                            () -> "`" + rel + "` is meant, not `" + v.rel() + "`",
                            12,
                            into);
                }
            }
        }
        if (c instanceof Cond.And a) {
            offer(site, Cond.or(a.parts()), () -> "`||` is meant, not `&&`", 20, into);
        }
        if (c instanceof Cond.Or o) {
            offer(site, Cond.and(o.parts()), () -> "`&&` is meant, not `||`", 20, into);
        }
    }

    private static <T> void offer(Site<T> site, T other, Supplier<String> mistake, int rank, Consumer<Mend<?>> into) {
        if (!other.equals(site.part())) {
            into.accept(new Mend<>(site, other, mistake, rank));
        }
    }
}

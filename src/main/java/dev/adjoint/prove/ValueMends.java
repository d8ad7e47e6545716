package dev.adjoint.prove;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Printer;
import dev.adjoint.expr.Ref;
import dev.adjoint.expr.Rel;
import dev.adjoint.expr.Variables;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Mistakes in values: a factor or term too much or missing, a wrong sign, tensor, function, power or reduction, a sum
 * over the wrong indices, a condition too wide or too narrow.
 */
final class ValueMends {
    private final List<String> sizes;
    private final Map<Ref, Integer> tensors;
    private final List<Expr> parts;

    /**
     * @param sizes the layer's, in order
     * @param tensors what may be read, with its rank
     * @param parts values from the derived formula, that may be missing
     */
    ValueMends(List<String> sizes, Map<Ref, Integer> tensors, List<Expr> parts) {
        this.sizes = sizes;
        this.tensors = tensors;
        this.parts = parts;
    }

    void value(Site<Expr> site, Consumer<Mend> into) {
        Expr e = site.part();
        offer(site, Exprs.neg(e), "the sign of `" + Printer.print(e) + "` is wrong", 6, into);
        if (e instanceof Expr.Add a) {
            for (int k = 0; k < a.terms().size(); k++) {
                List<Expr> rest = new ArrayList<>(a.terms());
                Expr term = rest.remove(k);
                offer(site, Exprs.add(rest), "the term `" + Printer.print(term) + "` is too much", 9, into);
                rest.add(k, Exprs.neg(term));
                offer(site, Exprs.add(rest), "the sign of `" + Printer.print(term) + "` is wrong", 7, into);
            }
            offer(site, Exprs.mul(a.terms()), "a product is meant, not a sum", 29, into);
        }
        if (e instanceof Expr.Mul m) {
            for (int k = 0; k < m.factors().size(); k++) {
                List<Expr> rest = new ArrayList<>(m.factors());
                Expr factor = rest.remove(k);
                offer(site, Exprs.mul(rest), "the factor `" + Printer.print(factor) + "` is too much", 9, into);
                offer(
                        site,
                        Exprs.mul(Exprs.mul(rest), Exprs.pow(factor, Expr.Num.of(-1))),
                        "`" + Printer.print(factor) + "` multiplies where it must divide, or the reverse",
                        21,
                        into);
            }
            offer(site, Exprs.add(m.factors()), "a sum is meant, not a product", 29, into);
        }
        if (e instanceof Expr.Pow p) {
            offer(site, p.base(), "the power is too much", 11, into);
            if (p.exponent() instanceof Expr.Num n) {
                for (long by : new long[] {1, -1}) {
                    Expr other = new Expr.Num(n.value().add(BigFraction.of(by)), null);
                    offer(site, Exprs.pow(p.base(), other), "the exponent is wrong", 12, into);
                }
                offer(
                        site,
                        Exprs.pow(p.base(), new Expr.Num(n.value().negate(), null)),
                        "this divides where it must multiply, or the reverse",
                        12,
                        into);
            }
        }
        if (e instanceof Expr.Num n) {
            for (long by : new long[] {1, -1, 2, -2}) {
                offer(site, new Expr.Num(n.value().add(BigFraction.of(by)), null), "the number is wrong", 23, into);
            }
            for (long by : new long[] {2, 4}) {
                offer(
                        site,
                        new Expr.Num(n.value().multiply(BigFraction.of(by)), null),
                        "a factor of " + by + " is missing",
                        23,
                        into);
                offer(
                        site,
                        new Expr.Num(n.value().divide(BigFraction.of(by)), null),
                        "a factor of " + by + " is too much",
                        23,
                        into);
            }
        }
        if (e instanceof Expr.Apply a) {
            offer(site, a.arg(), "the function " + a.fun() + " is too much", 13, into);
            for (Fun fun : functions(a.fun())) {
                offer(site, Exprs.apply(fun, a.arg()), "the function is " + fun + ", not " + a.fun(), 12, into);
            }
        }
        if (e instanceof Expr.Extremum x) {
            offer(site, new Expr.Extremum(!x.max(), x.left(), x.right()), "`max` and `min` are exchanged", 15, into);
            offer(site, x.left(), "the extremum is too much", 24, into);
            offer(site, x.right(), "the extremum is too much", 24, into);
        }
        if (e instanceof Expr.Select s) {
            offer(
                    site,
                    Exprs.select(s.cond(), s.otherwise(), s.then()),
                    "the two sides of the condition are exchanged",
                    11,
                    into);
            offer(site, s.then(), "the condition is too much", 24, into);
            offer(site, s.otherwise(), "the condition is too much", 24, into);
        }
        if (e instanceof Expr.Stop s) {
            offer(site, s.arg(), "`stop` is too much", 28, into);
        }
        if (e instanceof Expr.Read r) {
            read(site, r, into);
        }
        if (e instanceof Expr.Reduce r) {
            reduce(site, r, into);
        }
        for (Expr factor : factors(site)) {
            offer(site, Exprs.mul(e, factor), "the factor `" + Printer.print(factor) + "` is missing", 10, into);
        }
        // That the whole is meant to be something else names no mistake.
        for (Expr other : site.isRoot() ? List.<Expr>of() : parts(site)) {
            offer(site, other, "`" + Printer.print(other) + "` is meant, not `" + Printer.print(e) + "`", 31, into);
            offer(site, Exprs.add(e, other), "the term `" + Printer.print(other) + "` is missing", 32, into);
            offer(site, Exprs.sub(e, other), "the term `" + Printer.print(Exprs.neg(other)) + "` is missing", 32, into);
        }
        for (Fun fun : functions(null)) {
            offer(site, Exprs.apply(fun, e), "the function " + fun + " is missing", 33, into);
        }
    }

    private void read(Site<Expr> site, Expr.Read r, Consumer<Mend> into) {
        for (Map.Entry<Ref, Integer> other : tensors.entrySet()) {
            if (!other.getKey().equals(r.ref()) && other.getValue() == r.index().size()) {
                offer(
                        site,
                        new Expr.Read(other.getKey(), r.index(), r.pad()),
                        "`" + other.getKey() + "` is meant, not `" + r.ref() + "`",
                        11,
                        into);
            }
        }
        if (r.pad() == null) {
            offer(
                    site,
                    new Expr.Read(r.ref(), r.index(), Expr.Num.ZERO),
                    "the read leaves the tensor: it needs a zero border",
                    14,
                    into);
        } else {
            offer(site, new Expr.Read(r.ref(), r.index(), null), "the border is too much", 27, into);
            offer(site, new Expr.Read(r.ref(), r.index(), Expr.Num.ZERO), "the border must be 0", 14, into);
        }
    }

    private void reduce(Site<Expr> site, Expr.Reduce r, Consumer<Mend> into) {
        for (Expr.Reduce.Kind kind : Expr.Reduce.Kind.values()) {
            if (kind != r.kind()) {
                offer(
                        site,
                        new Expr.Reduce(kind, r.ranges(), r.body()),
                        "`" + kind + "` is meant, not `" + r.kind() + "`",
                        15,
                        into);
            }
        }
        for (int k = 0; k < r.ranges().size(); k++) {
            Range range = r.ranges().get(k);
            List<Range> rest = new ArrayList<>(r.ranges());
            rest.remove(k);
            offer(
                    site,
                    Exprs.reduce(
                            r.kind(),
                            rest,
                            new dev.adjoint.expr.Substitution(Map.of(range.name(), range.lo())).expr(r.body())),
                    "nothing runs over `" + range.name() + "`",
                    26,
                    into);
            if (!Variables.of(r.body()).contains(range.name())) {
                offer(
                        site,
                        Exprs.reduce(r.kind(), rest, r.body()),
                        "the sum over `" + range.name() + "` is too much",
                        9,
                        into);
            }
            Expr count = Exprs.integer(range.hi().minus(range.lo()));
            offer(site, Exprs.div(r, count), "the mean over `" + range.name() + "` is meant, not the sum", 16, into);
        }
    }

    /** What may be missing as a factor: numbers, sizes, and parts of the derived formula. */
    private List<Expr> factors(Site<Expr> site) {
        List<Expr> factors = new ArrayList<>(List.of(Expr.Num.of(2), Expr.Num.of(1, 2)));
        for (String size : sizes) {
            Expr s = new Expr.IntValue(IntExpr.var(size));
            factors.add(s);
            factors.add(Exprs.pow(s, Expr.Num.of(-1)));
        }
        for (Expr part : parts(site)) {
            factors.add(part);
            factors.add(Exprs.pow(part, Expr.Num.of(-1)));
        }
        return factors;
    }

    /** The parts that mean something here: all their indices are known. */
    private List<Expr> parts(Site<Expr> site) {
        List<String> known = new ArrayList<>(sizes);
        site.scope().forEach(r -> known.add(r.name()));
        return parts.stream()
                .filter(p -> known.containsAll(Variables.of(p)) && !p.equals(site.part()))
                .toList();
    }

    private static List<Fun> functions(@org.jspecify.annotations.Nullable Fun fun) {
        List<Fun> functions = new ArrayList<>();
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

    void cond(Site<Cond> site, Consumer<Mend> into) {
        Cond c = site.part();
        offer(site, Cond.not(c), "the condition is the wrong way round", 13, into);
        offer(site, Cond.TRUE, "the condition is too much", 16, into);
        if (c instanceof Cond.Ints i) {
            for (Rel rel : Rel.values()) {
                if (rel != i.rel()) {
                    offer(
                            site,
                            Cond.ints(rel, i.left(), i.right()),
                            "`" + rel + "` is meant, not `" + i.rel() + "`",
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
                            "`" + rel + "` is meant, not `" + v.rel() + "`",
                            12,
                            into);
                }
            }
        }
        if (c instanceof Cond.And a) {
            offer(site, Cond.or(a.parts()), "`||` is meant, not `&&`", 20, into);
        }
        if (c instanceof Cond.Or o) {
            offer(site, Cond.and(o.parts()), "`&&` is meant, not `||`", 20, into);
        }
    }

    private static <T> void offer(Site<T> site, T other, String mistake, int rank, Consumer<Mend> into) {
        if (!other.equals(site.part())) {
            into.accept(new Mend(mistake, site.with(other), rank));
        }
    }
}

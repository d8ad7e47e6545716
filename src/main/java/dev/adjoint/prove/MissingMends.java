package dev.adjoint.prove;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What a claim lacks: a factor, a term, a function, or one part in the place of another. */
final class MissingMends {
    private final List<Expr> numbers;
    private final List<Expr> divisors = new ArrayList<>();
    private final List<Fun> functions;
    private final Parts parts;
    private final Set<Expr> terms;

    /**
     * @param sizes the layer's
     * @param opens the functions that the layer leaves open
     * @param parts what may be missing
     * @param terms the terms of true formulas, in the claim's indices
     */
    MissingMends(List<String> sizes, List<String> opens, Parts parts, Set<Expr> terms) {
        this.parts = parts;
        this.terms = terms;
        this.numbers = new ArrayList<>(List.of(Expr.Num.of(2), Expr.Num.of(1, 2), Expr.Num.of(3), Expr.Num.of(4)));
        for (String size : sizes) {
            Expr s = new Expr.IntValue(IntExpr.var(size));
            numbers.add(s);
            divisors.add(s);
        }
        this.functions = new ArrayList<>(List.of(Fun.Known.values()));
        opens.forEach(name -> {
            functions.add(new Fun.Open(name, 0));
            functions.add(new Fun.Open(name, 1));
        });
    }

    void value(Site<Expr> site, Consumer<Mend<?>> into) {
        Expr e = site.part();
        List<Expr> values = parts.values(site.scope());
        if (!(site.parent() instanceof Expr.Mul)) {
            for (Expr factor : numbers) {
                offer(site, Exprs.mul(e, factor), () -> "the factor `" + Mend.text(factor) + "` is missing", 10, into);
            }
            for (Expr divisor : divisors) {
                Expr quotient = Exprs.div(e, divisor);
                offer(site, quotient, () -> "a division by `" + Mend.text(divisor) + "` is missing", 10, into);
            }
            for (Expr factor : values) {
                offer(site, Exprs.mul(e, factor), () -> "the factor `" + Mend.text(factor) + "` is missing", 14, into);
                Expr inverse = Exprs.pow(factor, Expr.Num.of(-1));
                offer(
                        site,
                        Exprs.mul(e, inverse),
                        () -> "a division by `" + Mend.text(factor) + "` is missing",
                        15,
                        into);
            }
        }
        // That the whole is meant to be something else names no mistake.
        if (!site.isRoot()) {
            for (Expr other : values) {
                offer(
                        site,
                        other,
                        () -> "`" + Mend.text(other) + "` is meant, not `" + Mend.text(e) + "`",
                        rank(e, other),
                        into);
            }
        }
        if (!(site.parent() instanceof Expr.Add)) {
            Set<Expr> more = new LinkedHashSet<>(values);
            if (site.isRoot()) {
                more.addAll(terms);
            }
            more.addAll(numbers.subList(0, 2));
            more.add(Expr.Num.ONE);
            for (Expr other : more) {
                offer(site, Exprs.add(e, other), () -> "the term `" + Mend.text(other) + "` is missing", 32, into);
                Expr minus = Exprs.neg(other);
                offer(site, Exprs.add(e, minus), () -> "the term `" + Mend.text(minus) + "` is missing", 32, into);
            }
        }
        for (Fun fun : functions) {
            offer(site, Exprs.apply(fun, e), () -> "the function " + fun + " is missing", 33, into);
        }
    }

    /** What is small is taken for something else sooner; a gradient of an intermediate is not what people forget. */
    private static int rank(Expr e, Expr other) {
        boolean small = e instanceof Expr.Num || e instanceof Expr.IntValue || e instanceof Expr.Read;
        boolean gradient = other instanceof Expr.Read r && r.ref().kind() == Ref.Kind.GRAD;
        return small ? gradient ? 20 : 17 : 31;
    }

    private static void offer(
            Site<Expr> site,
            Expr other,
            java.util.function.Supplier<String> mistake,
            int rank,
            Consumer<Mend<?>> into) {
        if (!other.equals(site.part())) {
            into.accept(new Mend<>(site, other, mistake, rank));
        }
    }
}

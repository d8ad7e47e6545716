package dev.adjoint.lower;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Indices of which a formula knows only a quotient: with {@code p div 2} alone it is the same for each pair of p. */
final class Quotients extends Rewriter {
    private final Map<String, IntExpr> divisors = new TreeMap<>();
    private final Set<String> whole = new HashSet<>();

    private Quotients() {}

    /** Index → what it is divided by wherever it stands. */
    static Map<String, IntExpr> of(Expr e, Collection<String> indices) {
        Quotients quotients = new Quotients();
        quotients.expr(e);
        quotients.divisors.keySet().retainAll(indices);
        quotients.divisors.keySet().removeAll(quotients.whole);
        return quotients.divisors;
    }

    /** The formula over the quotients, each called as its index was. */
    static Expr over(Expr e, Map<String, IntExpr> divisors) {
        return new Rewriter() {
            @Override
            public IntExpr atom(Atom atom) {
                if (atom instanceof Atom.FloorDiv q) {
                    String index = q.num().asVariable().orElse("");
                    if (q.den().equals(divisors.getOrDefault(index, IntExpr.ZERO))) {
                        return IntExpr.var(index);
                    }
                }
                return super.atom(atom);
            }
        }.expr(e);
    }

    @Override
    public IntExpr atom(Atom atom) {
        if (atom instanceof Atom.Var v) {
            whole.add(v.name());
        } else if (atom instanceof Atom.FloorDiv q && q.den().isConstant()) {
            q.num()
                    .asVariable()
                    .ifPresentOrElse(
                            index -> {
                                IntExpr other = divisors.putIfAbsent(index, q.den());
                                if (other != null && !other.equals(q.den())) {
                                    whole.add(index);
                                }
                            },
                            () -> integer(q.num()));
            return IntExpr.of(atom);
        }
        return super.atom(atom);
    }
}

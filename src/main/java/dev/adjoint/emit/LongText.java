package dev.adjoint.emit;

import dev.adjoint.expr.Cond;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Integers over sizes as the constructor computes them before it trusts them: in 64 bits, products checked. */
final class LongText {
    private final UnaryOperator<String> names;

    LongText(UnaryOperator<String> names) {
        this.names = names;
    }

    String text(IntExpr e) {
        if (e.isConstant()) {
            return constant(e.constant());
        }
        List<String> positive = new ArrayList<>();
        List<String> negative = new ArrayList<>();
        for (Map.Entry<Monomial, Long> term : e.terms().entrySet()) {
            String product = null;
            long c = Math.abs(term.getValue());
            if (c != 1 || term.getKey().factors().isEmpty()) {
                product = constant(c);
            }
            for (Atom factor : term.getKey().factors()) {
                String text = text(factor);
                product = product == null ? text : "Math.multiplyExact(" + product + ", " + text + ")";
            }
            (term.getValue() < 0 ? negative : positive).add(String.valueOf(product));
        }
        String text = String.join(" + ", positive);
        for (String term : negative) {
            text = text + (text.isEmpty() ? "-" : " - ") + term;
        }
        return text;
    }

    private static String constant(long value) {
        return value + "L";
    }

    private String text(Atom atom) {
        if (atom instanceof Atom.Var variable) {
            return "(long) " + names.apply(variable.name());
        }
        if (atom instanceof Atom.FloorDiv q) {
            return "Math.floorDiv(" + text(q.num()) + ", " + text(q.den()) + ")";
        }
        if (atom instanceof Atom.Mod r) {
            return "Math.floorMod(" + text(r.num()) + ", " + text(r.den()) + ")";
        }
        if (atom instanceof Atom.Abs a) {
            return "Math.abs(" + text(a.arg()) + ")";
        }
        if (atom instanceof Atom.Extremum x) {
            return (x.max() ? "Math.max(" : "Math.min(") + text(x.left()) + ", " + text(x.right()) + ")";
        }
        throw new IllegalStateException("no size " + atom);
    }

    String text(Cond cond) {
        if (cond instanceof Cond.Constant constant) {
            return constant.value() ? "true" : "false";
        }
        if (cond instanceof Cond.Ints i) {
            return text(i.left()) + " " + i.rel() + " " + text(i.right());
        }
        if (cond instanceof Cond.And a) {
            return a.parts().stream().map(p -> "(" + text(p) + ")").collect(Collectors.joining(" && "));
        }
        if (cond instanceof Cond.Or o) {
            return o.parts().stream().map(p -> "(" + text(p) + ")").collect(Collectors.joining(" || "));
        }
        if (cond instanceof Cond.Not n) {
            return "!(" + text(n.part()) + ")";
        }
        throw new IllegalStateException("a condition on values where sizes are checked: " + cond);
    }
}

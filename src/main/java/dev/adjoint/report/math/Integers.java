package dev.adjoint.report.math;

import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import dev.adjoint.report.math.MathNode.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Integers as formulas, on one line: they stand in indices and below sums. */
final class Integers {
    private Integers() {}

    static MathNode of(IntExpr e) {
        if (e.terms().isEmpty()) {
            return new MathNode.Digits("0");
        }
        List<Map.Entry<Monomial, Long>> terms = new ArrayList<>(e.terms().entrySet());
        if (terms.get(0).getValue() < 0) {
            terms.sort(Comparator.comparing(
                    t -> t.getValue() < 0 || t.getKey().factors().isEmpty()));
        }
        List<MathNode> items = new ArrayList<>();
        for (Map.Entry<Monomial, Long> term : terms) {
            boolean negative = term.getValue() < 0;
            if (negative || !items.isEmpty()) {
                items.add(negative ? items.isEmpty() ? Op.NEGATIVE : Op.MINUS : Op.PLUS);
            }
            items.add(monomial(
                    term.getKey().factors(), Long.toString(term.getValue()).substring(negative ? 1 : 0)));
        }
        return Formulas.row(items);
    }

    /** Whether it needs no parentheses as a factor. */
    static boolean isPlain(IntExpr e) {
        if (e.isConstant()) {
            return e.constant() >= 0;
        }
        Map.Entry<Monomial, Long> term = e.terms().entrySet().iterator().next();
        return e.terms().size() == 1
                && term.getValue() > 0
                && term.getKey().factors().stream().noneMatch(Atom.Mod.class::isInstance);
    }

    private static MathNode monomial(List<Atom> factors, String magnitude) {
        List<MathNode> items = new ArrayList<>();
        if (factors.isEmpty() || !magnitude.equals("1")) {
            items.add(new MathNode.Digits(magnitude));
        }
        for (int k = 0; k < factors.size(); ) {
            int end = k + 1;
            while (end < factors.size() && factors.get(end).equals(factors.get(k))) {
                end++;
            }
            MathNode factor = atom(factors.get(k));
            boolean alone = factors.size() == 1 && items.isEmpty();
            if (factors.get(k) instanceof Atom.Mod && !alone) {
                factor = Formulas.parentheses(factor);
            }
            if (!items.isEmpty()) {
                items.add(Op.TIMES);
            }
            items.add(end - k == 1 ? factor : new MathNode.Power(factor, new MathNode.Digits(String.valueOf(end - k))));
            k = end;
        }
        return Formulas.row(items);
    }

    private static MathNode atom(Atom atom) {
        if (atom instanceof Atom.Var variable) {
            return Names.of(variable.name());
        }
        if (atom instanceof Atom.FloorDiv q) {
            MathNode quotient = Formulas.row(List.of(factor(q.num()), new Op(Op.Kind.SEPARATOR, "/"), factor(q.den())));
            return new MathNode.Fence("⌊", "⌋", quotient);
        }
        if (atom instanceof Atom.Mod r) {
            return Formulas.row(List.of(factor(r.num()), new Op(Op.Kind.BINARY, "mod"), factor(r.den())));
        }
        if (atom instanceof Atom.Abs a) {
            return new MathNode.Fence("|", "|", of(a.arg()));
        }
        if (atom instanceof Atom.Extremum x) {
            MathNode both = Formulas.separated(List.of(of(x.left()), of(x.right())));
            return Formulas.applied(new MathNode.Name(x.max() ? "max" : "min"), both);
        }
        if (atom instanceof Position.Entry entry) {
            return Formulas.entry(Ref.value(entry.tensor()), entry.index());
        }
        if (atom instanceof Position.Arg arg) {
            MathNode sign = Formulas.big(arg.max() ? "argmax" : "argmin", arg.ranges());
            return Formulas.row(List.of(sign, Formulas.parentheses(Formulas.of(arg.body()))));
        }
        throw new AssertionError("no formula of " + atom.getClass());
    }

    private static MathNode factor(IntExpr e) {
        return isPlain(e) ? of(e) : Formulas.parentheses(of(e));
    }
}

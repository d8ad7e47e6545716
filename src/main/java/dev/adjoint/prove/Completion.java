package dev.adjoint.prove;

import dev.adjoint.eval.DoubleField;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Rewriter;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Second edits for a formula that one edit has mended partly: where what a part would have to be at a point is the value
 * of another part there, or the part's own value times, plus or under something simple.
 */
final class Completion {
    private final Screen screen;
    private final Screen.Place place;
    private final Parts parts;
    private final List<Range> free;
    private final List<Expr> numbers;
    private final Map<List<Range>, Table> tables = new HashMap<>();

    Completion(Screen screen, Screen.Place place, Parts parts, List<Range> free, List<String> sizes) {
        this.screen = screen;
        this.place = place;
        this.parts = parts;
        this.free = free;
        this.numbers = new ArrayList<>(List.of(Expr.Num.ONE, Expr.Num.of(2), Expr.Num.of(1, 2)));
        sizes.forEach(size -> numbers.add(new Expr.IntValue(IntExpr.var(size))));
    }

    /**
     * A second edit.
     *
     * @param mistake in words, made when they are asked for
     */
    record Edit(Expr part, Expr by, Supplier<String> mistake) {
        /** The formula with it made. */
        Expr in(Expr formula) {
            return new Rewriter() {
                @Override
                public Expr expr(Expr e) {
                    return e == part ? by : super.expr(e);
                }
            }.expr(formula);
        }
    }

    /** What parts are at the point, in order of their values. */
    private static final class Table {
        private final double[] values;
        private final Expr[] parts;

        Table(List<Expr> all, double[] of) {
            Integer[] order = new Integer[all.size()];
            Arrays.setAll(order, k -> k);
            Arrays.sort(order, (a, b) -> Double.compare(of[a], of[b]));
            values = new double[order.length];
            parts = new Expr[order.length];
            for (int k = 0; k < order.length; k++) {
                values[k] = of[order[k]];
                parts[k] = all.get(order[k]);
            }
        }

        List<Expr> near(double value) {
            double reach = 1e-9 * (1e-3 + Math.abs(value));
            int at = Arrays.binarySearch(values, value - reach);
            List<Expr> near = new ArrayList<>();
            for (int k = at < 0 ? -at - 1 : at; k < values.length && values[k] <= value + reach; k++) {
                near.add(parts[k]);
            }
            return near;
        }
    }

    private Table table(List<Range> scope, Map<String, Long> indices) {
        return tables.computeIfAbsent(scope, s -> {
            List<Expr> all = new ArrayList<>(numbers);
            all.addAll(parts.values(s));
            double[] values = new double[all.size()];
            for (int k = 0; k < values.length; k++) {
                values[k] = screen.value(all.get(k), place.frame(), indices);
            }
            return new Table(all, values);
        });
    }

    List<Edit> of(Expr formula) {
        List<Edit> edits = new ArrayList<>();
        Required.visit(
                screen,
                place,
                formula,
                free,
                (e, scope, indices, is, required) ->
                        part(e, e == formula, table(scope, indices), indices, is, required, edits));
        return edits;
    }

    private void part(
            Expr e, boolean whole, Table table, Map<String, Long> indices, double is, double wanted, List<Edit> edits) {
        if (Screen.agrees(wanted, -is) && is != 0) {
            edits.add(new Edit(e, Exprs.neg(e), () -> "the sign of `" + Mend.text(e) + "` is wrong"));
        }
        if (e instanceof Expr.Add a) {
            for (int k = 0; k < a.terms().size(); k++) {
                double term = screen.value(a.terms().get(k), place.frame(), indices);
                if (Screen.agrees(wanted, is - term)) {
                    edits.add(without(e, a.terms(), k, "term"));
                } else if (Screen.agrees(wanted, is - 2 * term)) {
                    Expr turned = a.terms().get(k);
                    List<Expr> changed = new ArrayList<>(a.terms());
                    changed.set(k, Exprs.neg(a.terms().get(k)));
                    edits.add(
                            new Edit(e, Exprs.add(changed), () -> "the sign of `" + Mend.text(turned) + "` is wrong"));
                }
            }
        }
        if (e instanceof Expr.Mul m) {
            for (int k = 0; k < m.factors().size(); k++) {
                double factor = screen.value(m.factors().get(k), place.frame(), indices);
                if (Screen.agrees(wanted * factor, is)) {
                    edits.add(without(e, m.factors(), k, "factor"));
                } else if (Screen.agrees(wanted * factor * factor, is)) {
                    Expr inverse = m.factors().get(k);
                    List<Expr> changed = new ArrayList<>(m.factors());
                    changed.set(k, Exprs.pow(changed.get(k), Expr.Num.of(-1)));
                    edits.add(new Edit(
                            e,
                            Exprs.mul(changed),
                            () -> "`" + Mend.text(inverse) + "` multiplies where it must divide, or the reverse"));
                }
            }
        }
        applied(e, indices, wanted, edits);
        if (!(is == 0 && wanted == 0)) {
            // That the whole is meant to be something else names no mistake.
            for (Expr other : whole ? List.<Expr>of() : table.near(wanted)) {
                edits.add(new Edit(e, other, () -> "`" + Mend.text(other) + "` is meant, not `" + Mend.text(e) + "`"));
            }
            for (Expr other : table.near(wanted / is)) {
                edits.add(new Edit(e, Exprs.mul(e, other), () -> "the factor `" + Mend.text(other) + "` is missing"));
            }
            for (Expr other : table.near(is / wanted)) {
                edits.add(
                        new Edit(e, Exprs.div(e, other), () -> "a division by `" + Mend.text(other) + "` is missing"));
            }
            for (Expr other : table.near(wanted - is)) {
                edits.add(new Edit(e, Exprs.add(e, other), () -> "the term `" + Mend.text(other) + "` is missing"));
            }
            for (Expr other : table.near(is - wanted)) {
                edits.add(new Edit(e, Exprs.sub(e, other), () -> "the term `-" + Mend.text(other) + "` is missing"));
            }
        }
    }

    private static Edit without(Expr e, List<Expr> parts, int k, String what) {
        List<Expr> rest = new ArrayList<>(parts);
        Expr gone = rest.remove(k);
        return new Edit(
                e,
                e instanceof Expr.Add ? Exprs.add(rest) : Exprs.mul(rest),
                () -> "the " + what + " `" + Mend.text(gone) + "` is too much");
    }

    /** A function, a power or an extremum that is too much. */
    private void applied(Expr e, Map<String, Long> indices, double wanted, List<Edit> edits) {
        List<Expr> inside = e instanceof Expr.Apply a
                ? List.of(a.arg())
                : e instanceof Expr.Pow p
                        ? List.of(p.base())
                        : e instanceof Expr.Extremum x
                                ? List.of(x.left(), x.right())
                                : e instanceof Expr.Select s ? List.of(s.then(), s.otherwise()) : List.of();
        for (Expr arg : inside) {
            double value = screen.value(arg, place.frame(), indices);
            if (Screen.agrees(wanted, value)) {
                edits.add(new Edit(e, arg, () -> "`" + Mend.text(arg) + "` is meant, not `" + Mend.text(e) + "`"));
            }
            if (e instanceof Expr.Apply) {
                for (Fun fun : Fun.Known.values()) {
                    if (Screen.agrees(wanted, FIELD.apply(fun, value))) {
                        edits.add(new Edit(e, Exprs.apply(fun, arg), () -> "the function is " + fun));
                    }
                }
            }
        }
    }

    private static final DoubleField FIELD = new DoubleField();
}

package dev.adjoint.prove;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Fun;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * What a part of a formula would have to be, at one point, for the whole to be what is wanted: the operations around the
 * part are undone, from outside in. A sum is undone where it has one term.
 */
final class Required {
    /** Told of each part: what it is, and what it would have to be. */
    interface Visitor {
        void part(Expr e, List<Range> scope, Map<String, Long> indices, double is, double required);
    }

    private final Screen screen;
    private final Screen.Place place;
    private final Visitor visitor;

    private Required(Screen screen, Screen.Place place, Visitor visitor) {
        this.screen = screen;
        this.place = place;
        this.visitor = visitor;
    }

    static void visit(Screen screen, Screen.Place place, Expr formula, List<Range> free, Visitor visitor) {
        Required required = new Required(screen, place, visitor);
        required.part(formula, free, place.element(), required.value(formula, place.element()), place.target());
    }

    private double value(Expr e, Map<String, Long> indices) {
        return screen.value(e, place.frame(), indices);
    }

    private void part(Expr e, List<Range> scope, Map<String, Long> indices, double is, double required) {
        if (!Double.isFinite(required)) {
            return;
        }
        visitor.part(e, scope, indices, is, required);
        if (e instanceof Expr.Add a) {
            for (Expr term : a.terms()) {
                double value = value(term, indices);
                part(term, scope, indices, value, required - (is - value));
            }
        } else if (e instanceof Expr.Mul m) {
            factors(m, scope, indices, required);
        } else if (e instanceof Expr.Pow p && p.exponent() instanceof Expr.Num n) {
            double base = value(p.base(), indices);
            part(p.base(), scope, indices, base, root(required, n.value(), base));
        } else if (e instanceof Expr.Apply a) {
            part(a.arg(), scope, indices, value(a.arg(), indices), inverse(a.fun(), required));
        } else if (e instanceof Expr.Extremum x) {
            part(x.left(), scope, indices, value(x.left(), indices), required);
            part(x.right(), scope, indices, value(x.right(), indices), required);
        } else if (e instanceof Expr.Select s) {
            double chosen = value(new Expr.Iverson(s.cond()), indices);
            Expr side = chosen == 1 ? s.then() : s.otherwise();
            part(side, scope, indices, value(side, indices), required);
        } else if (e instanceof Expr.Stop s) {
            part(s.arg(), scope, indices, is, required);
        } else if (e instanceof Expr.Reduce r) {
            single(r, scope, indices, required);
        }
    }

    private void factors(Expr.Mul m, List<Range> scope, Map<String, Long> indices, double required) {
        double[] values = new double[m.factors().size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = value(m.factors().get(k), indices);
        }
        for (int k = 0; k < values.length; k++) {
            double others = 1;
            for (int j = 0; j < values.length; j++) {
                others *= j == k ? 1 : values[j];
            }
            part(m.factors().get(k), scope, indices, values[k], required / others);
        }
    }

    private void single(Expr.Reduce r, List<Range> scope, Map<String, Long> indices, double required) {
        Map<String, Long> inside = new HashMap<>(indices);
        List<Range> deeper = new ArrayList<>(scope);
        for (Range range : r.ranges()) {
            long lo;
            try {
                lo = screen.integer(range.lo(), place.frame(), inside);
                if (screen.integer(range.hi(), place.frame(), inside) != lo + 1) {
                    return;
                }
            } catch (RuntimeException none) {
                return;
            }
            inside.put(range.name(), lo);
            deeper.add(range);
        }
        part(r.body(), deeper, inside, value(r.body(), inside), required);
    }

    /** The number with the sign of the other whose power this is. */
    private static double root(double power, BigFraction exponent, double like) {
        double size = Math.pow(Math.abs(power), 1 / exponent.doubleValue());
        boolean odd = exponent.getDenominator().bitLength() == 1
                && exponent.getNumerator().testBit(0);
        return power < 0 ? odd ? -size : Double.NaN : odd || like >= 0 ? size : -size;
    }

    private static double inverse(Fun fun, double y) {
        if (!(fun instanceof Fun.Known known)) {
            return Double.NaN;
        }
        return switch (known) {
            case EXP -> Math.log(y);
            case LOG -> Math.exp(y);
            case LOG1P -> Math.expm1(y);
            case SQRT -> y >= 0 ? y * y : Double.NaN;
            case TANH -> 0.5 * Math.log((1 + y) / (1 - y));
            case SIGMOID -> Math.log(y / (1 - y));
            default -> Double.NaN;
        };
    }
}

package dev.adjoint.prove;

import dev.adjoint.eval.DoubleField;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Position;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Monomial;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * What terms mean, by definition alone: sums are enumerated, functions computed in double. The functions are total, as
 * those of the normal form are: 1/0 is 0; logarithms and roots of negative numbers go on in some way that keeps
 * {@code log(a·b) = log(a) + log(b)} for positive a.
 */
final class TermValues {
    /** A variable that no condition bounds directly is looked for between −REACH and REACH. */
    private static final long REACH = 24;

    /** Numbers nearer to zero than this are zero. */
    private static final double ROUNDING = 1e-9;

    /** Stands for infinity: larger than what is compared with it, and few digits are lost beside it. */
    private static final double INFINITE = 1e6;

    /** {@code log(−1)}. */
    private static final double TURN = 2.7;

    private final Ground.Data data;
    private final DoubleField functions = new DoubleField(Scan::open);

    TermValues(Ground.Data data) {
        this.data = data;
    }

    double value(List<Term> value, Map<String, Long> indices) {
        Map<String, Long> point = new HashMap<>(data.sizes());
        point.putAll(indices);
        return sum(value, point);
    }

    private double sum(List<Term> value, Map<String, Long> point) {
        double sum = 0;
        for (Term term : value) {
            Map<String, Long> inside = new HashMap<>(point);
            double[] total = {0};
            each(term, new ArrayList<>(term.bound()), inside, () -> total[0] += product(term, inside));
            sum += total[0];
        }
        return sum;
    }

    /** Calls with every choice of the bound variables at which the term's conditions hold. */
    private void each(Term term, List<String> left, Map<String, Long> point, Runnable action) {
        for (Constraint c : term.where()) {
            if (point.keySet().containsAll(c.expr().variables()) && !holds(c, point)) {
                return;
            }
        }
        if (left.isEmpty()) {
            action.run();
            return;
        }
        String name = left.get(0);
        long[] range = range(term, name, point);
        for (String other : left) {
            long[] its = range(term, other, point);
            if (its[1] - its[0] < range[1] - range[0]) {
                name = other;
                range = its;
            }
        }
        List<String> rest = new ArrayList<>(left);
        rest.remove(name);
        for (long v = range[0]; v <= range[1]; v++) {
            point.put(name, v);
            each(term, rest, point, action);
        }
        point.remove(name);
    }

    private long[] range(Term term, String name, Map<String, Long> point) {
        long[] range = {-REACH, REACH};
        for (Constraint c : term.where()) {
            OptionalLong a = c.expr().coefficient(name);
            if (a.isEmpty() || a.getAsLong() == 0) {
                continue;
            }
            IntExpr rest = c.expr().minus(IntExpr.var(name).times(a.getAsLong()));
            if (!point.keySet().containsAll(rest.variables())) {
                continue;
            }
            long r = integer(rest, point);
            if (c.equality()) {
                long v = -r / a.getAsLong();
                return v * a.getAsLong() == -r ? new long[] {v, v} : new long[] {0, -1};
            } else if (a.getAsLong() > 0) {
                range[0] = Math.max(range[0], -Math.floorDiv(r, a.getAsLong()));
            } else {
                range[1] = Math.min(range[1], Math.floorDiv(r, -a.getAsLong()));
            }
        }
        return range;
    }

    boolean holds(Constraint c, Map<String, Long> point) {
        long value = integer(c.expr(), point);
        return c.equality() ? value == 0 : value >= 0;
    }

    long integer(IntExpr e, Map<String, Long> point) {
        return e.evaluate(atom -> leaf(atom, point));
    }

    private long leaf(Atom atom, Map<String, Long> point) {
        if (atom instanceof Atom.Var v) {
            return Objects.requireNonNull(point.get(v.name()), "no value of " + v.name());
        }
        if (atom instanceof Position.Entry entry) {
            long[] index = new long[entry.index().size()];
            for (int k = 0; k < index.length; k++) {
                index[k] = integer(entry.index().get(k), point);
            }
            if (!data.holds(entry.tensor(), index)) {
                throw new ArithmeticException(entry + " is outside");
            }
            return data.entry(entry.tensor(), index);
        }
        return winner((Winner) atom, point);
    }

    double coefficient(Ratio ratio, Map<String, Long> point) {
        double value = polynomial(ratio.numerator(), point);
        for (Poly below : ratio.denominators()) {
            double divisor = polynomial(below, point);
            if (divisor == 0) {
                throw new ArithmeticException("a division by zero");
            }
            value /= divisor;
        }
        return value;
    }

    private double polynomial(Poly p, Map<String, Long> point) {
        double sum = 0;
        for (Map.Entry<Monomial, BigFraction> term : p.terms().entrySet()) {
            sum += term.getValue().doubleValue() * integer(IntExpr.of(term.getKey(), 1), point);
        }
        return sum;
    }

    private double product(Term term, Map<String, Long> point) {
        double product = coefficient(term.coefficient(), point);
        for (Factor f : term.factors()) {
            if (product == 0) {
                return 0;
            }
            product *= factor(f, point);
        }
        return product;
    }

    private double factor(Factor f, Map<String, Long> point) {
        Map<String, Long> place = place(f.index(), point);
        double base = base(f.family(), place);
        if (f.power().equals(BigFraction.ONE)) {
            return base;
        }
        if (Math.abs(base) < ROUNDING) {
            return f.power().equals(BigFraction.ZERO) ? 1 : 0;
        }
        if (f.power().getDenominator().equals(BigInteger.ONE)) {
            return Math.pow(base, f.power().doubleValue());
        }
        return Math.exp(f.power().doubleValue() * logarithm(base));
    }

    private Map<String, Long> place(List<IntExpr> index, Map<String, Long> point) {
        Map<String, Long> place = new TreeMap<>(data.sizes());
        for (int k = 0; k < index.size(); k++) {
            place.put(Family.parameter(k), integer(index.get(k), point));
        }
        return place;
    }

    private static double logarithm(double x) {
        return Math.abs(x) < ROUNDING ? -17 : Math.log(Math.abs(x)) + (x < 0 ? TURN : 0);
    }

    private double base(Family family, Map<String, Long> place) {
        return switch (family.kind()) {
            case ENTRY -> {
                long[] index = new long[family.arity()];
                for (int k = 0; k < index.length; k++) {
                    index[k] = place.get(Family.parameter(k));
                }
                String name = family.ref().orElseThrow().name();
                yield data.holds(name, index) ? data.value(name, index) : 0;
            }
            case POWER -> sum(family.argument(), place);
            case POSITIVE -> sum(family.argument(), place) > ROUNDING ? 1 : 0;
            case ZERO -> Math.abs(sum(family.argument(), place)) <= ROUNDING ? 1 : 0;
            case PRODUCT -> {
                double product = 1;
                for (double each : window(family, place).values()) {
                    product *= each;
                }
                yield product;
            }
            case FUNCTION -> function(family, place);
            case POSITION -> throw new IllegalStateException("a position is no value");
        };
    }

    private double function(Family family, Map<String, Long> place) {
        String name = family.name();
        if (name.equals("pi")) {
            return Math.PI;
        }
        if (name.equals("inf")) {
            return INFINITE;
        }
        if (name.startsWith("log ")) {
            return Math.log(Double.parseDouble(name.substring("log ".length())));
        }
        if (name.equals("^")) {
            TreeMap<String, Double> both = places(family.argument(), place, 1);
            double base = both.getOrDefault("0,", 0.0);
            double exponent = both.getOrDefault("1,", 0.0);
            double power = Math.pow(base, exponent);
            return Double.isFinite(power) ? power : Math.exp(exponent * logarithm(base));
        }
        double x = sum(family.argument(), place);
        if (name.equals("log")) {
            return logarithm(x);
        }
        for (Fun.Known known : Fun.Known.values()) {
            if (known.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return functions.apply(known, known == Fun.Known.FLOOR ? x + ROUNDING : x);
            }
        }
        int order = (int) name.chars().filter(c -> c == '\'').count();
        return functions.apply(new Fun.Open(name.replace("'", ""), order), x);
    }

    // ---- windows: Σ_y probe[y]·body(y) + probe[y, 1]

    /** The values of a window at its places, in row-major order. */
    private TreeMap<String, Double> window(Family family, Map<String, Long> place) {
        int arity = 0;
        for (Term term : family.argument()) {
            for (Factor f : term.factors()) {
                arity = isProbe(f) ? Math.max(arity, f.family().arity()) : arity;
            }
        }
        TreeMap<String, Double> bodies = places(family.argument(), place, arity - 1);
        TreeMap<String, Double> window = places(family.argument(), place, arity);
        TreeMap<String, Double> values = new TreeMap<>();
        window.forEach((at, count) -> {
            String inner = at.substring(0, at.lastIndexOf(',', at.length() - 2) + 1);
            values.put(inner, bodies.getOrDefault(inner, 0.0));
        });
        return values;
    }

    private static boolean isProbe(Factor f) {
        return f.family().kind() == Family.Kind.ENTRY && f.family().ref().isEmpty();
    }

    /** What the probe of an arity is multiplied with, place by place. */
    private TreeMap<String, Double> places(List<Term> argument, Map<String, Long> place, int arity) {
        TreeMap<String, Double> found = new TreeMap<>();
        for (Term term : argument) {
            List<Factor> rest = new ArrayList<>(term.factors());
            List<Factor> probes = rest.stream().filter(TermValues::isProbe).toList();
            if (probes.size() != 1 || probes.get(0).family().arity() != arity) {
                continue;
            }
            rest.removeAll(probes);
            Term body = term.withFactors(rest);
            Map<String, Long> inside = new HashMap<>(place);
            each(body, new ArrayList<>(body.bound()), inside, () -> {
                StringBuilder at = new StringBuilder();
                probes.get(0).index().forEach(i -> at.append(integer(i, inside)).append(','));
                found.merge(at.toString(), product(body, inside), Double::sum);
            });
        }
        return found;
    }

    /** The first place of the extremum; places have one digit each, so that their texts are in order. */
    private long winner(Winner winner, Map<String, Long> point) {
        boolean max = winner.family().name().equals("argmax");
        TreeMap<String, Double> window = window(winner.family(), place(winner.index(), point));
        long at = 0;
        long best = 0;
        double most = Double.NaN;
        for (double value : window.values()) {
            if (Double.isNaN(most) || (max ? value > most + ROUNDING : value < most - ROUNDING)) {
                most = value;
                best = at;
            }
            at++;
        }
        if (at == 0) {
            throw new ArithmeticException("the position of an extremum in an empty window");
        }
        return best;
    }
}

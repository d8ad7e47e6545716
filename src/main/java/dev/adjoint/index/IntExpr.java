package dev.adjoint.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An integer expression: a polynomial with integer coefficients over {@link Atom}s, immutable and always in normal
 * form, so that equal polynomials are equal objects whatever their order. Terms print in the order in which they were
 * first written: {@code i+m} stays {@code i+m}.
 *
 * <p>Arithmetic is exact: an overflow of 64 bits throws {@link ArithmeticException}, never wraps.
 */
public final class IntExpr {
    public static final IntExpr ZERO = new IntExpr(new LinkedHashMap<>());
    public static final IntExpr ONE = of(1);

    private final Map<Monomial, Long> terms;
    private int hash;
    private @Nullable String text;

    private IntExpr(LinkedHashMap<Monomial, Long> terms) {
        this.terms = terms;
    }

    public static IntExpr of(long value) {
        LinkedHashMap<Monomial, Long> terms = new LinkedHashMap<>();
        if (value != 0) {
            terms.put(Monomial.ONE, value);
        }
        return new IntExpr(terms);
    }

    public static IntExpr of(Atom atom) {
        return of(new Monomial(List.of(atom)), 1);
    }

    public static IntExpr of(Monomial monomial, long coefficient) {
        LinkedHashMap<Monomial, Long> terms = new LinkedHashMap<>();
        if (coefficient != 0) {
            terms.put(monomial, coefficient);
        }
        return new IntExpr(terms);
    }

    public static IntExpr var(String name) {
        return of(new Atom.Var(name));
    }

    /** The non-zero terms, in printing order. */
    public Map<Monomial, Long> terms() {
        return java.util.Collections.unmodifiableMap(terms);
    }

    public IntExpr plus(IntExpr other) {
        LinkedHashMap<Monomial, Long> sum = new LinkedHashMap<>(terms);
        other.terms.forEach((m, c) -> addTo(sum, m, c));
        return new IntExpr(sum);
    }

    public IntExpr plus(long constant) {
        return plus(of(constant));
    }

    public IntExpr minus(IntExpr other) {
        return plus(other.negate());
    }

    public IntExpr minus(long constant) {
        return plus(of(Math.negateExact(constant)));
    }

    public IntExpr negate() {
        return times(-1);
    }

    public IntExpr times(long factor) {
        if (factor == 1) {
            return this;
        }
        LinkedHashMap<Monomial, Long> scaled = new LinkedHashMap<>();
        if (factor != 0) {
            terms.forEach((m, c) -> scaled.put(m, Math.multiplyExact(c, factor)));
        }
        return new IntExpr(scaled);
    }

    public IntExpr times(IntExpr other) {
        LinkedHashMap<Monomial, Long> product = new LinkedHashMap<>();
        terms.forEach((m, c) -> other.terms.forEach((n, d) -> addTo(product, m.times(n), Math.multiplyExact(c, d))));
        return new IntExpr(product);
    }

    private static void addTo(LinkedHashMap<Monomial, Long> terms, Monomial monomial, long coefficient) {
        long sum = Math.addExact(terms.getOrDefault(monomial, 0L), coefficient);
        if (sum == 0) {
            terms.remove(monomial);
        } else {
            terms.put(monomial, sum);
        }
    }

    /** {@code ⌊this / divisor⌋}: what the divisor divides comes out, {@code (S*a + b) div S = a + b div S}. */
    public IntExpr floorDiv(IntExpr divisor) {
        if (divisor.equals(ONE)) {
            return this;
        }
        if (divisor.isConstant() && divisor.constant() == 0) {
            throw new ArithmeticException("division by zero: " + this + " div 0");
        }
        IntExpr[] split = split(divisor);
        IntExpr rest = split[1];
        if (rest.isConstant() && divisor.isConstant()) {
            return split[0].plus(floorDivExact(rest.constant(), divisor.constant()));
        }
        return rest.isZero() ? split[0] : split[0].plus(of(new Atom.FloorDiv(rest, divisor)));
    }

    /** {@code this − divisor·⌊this / divisor⌋}. */
    public IntExpr mod(IntExpr divisor) {
        if (divisor.equals(ONE)) {
            return ZERO;
        }
        if (divisor.isConstant() && divisor.constant() == 0) {
            throw new ArithmeticException("division by zero: " + this + " mod 0");
        }
        IntExpr rest = split(divisor)[1];
        if (rest.isConstant() && divisor.isConstant()) {
            return of(Math.floorMod(rest.constant(), divisor.constant()));
        }
        return rest.isZero() ? ZERO : of(new Atom.Mod(rest, divisor));
    }

    /** This as {@code quotient·divisor + rest}, term by term, for a divisor of one term. */
    private IntExpr[] split(IntExpr divisor) {
        IntExpr quotient = ZERO;
        IntExpr rest = ZERO;
        if (divisor.terms.size() != 1) {
            return equals(divisor) ? new IntExpr[] {ONE, ZERO} : new IntExpr[] {ZERO, this};
        }
        Map.Entry<Monomial, Long> by = divisor.terms.entrySet().iterator().next();
        for (Map.Entry<Monomial, Long> term : terms.entrySet()) {
            List<Atom> left = new ArrayList<>(term.getKey().factors());
            boolean holds = true;
            for (Atom factor : by.getKey().factors()) {
                holds &= left.remove(factor);
            }
            long over = holds ? floorDivExact(term.getValue(), by.getValue()) : 0;
            boolean whole = term.getValue() % by.getValue() == 0;
            if (holds && (whole || left.isEmpty() && by.getKey().factors().isEmpty())) {
                quotient = quotient.plus(of(new Monomial(left), over));
                rest = rest.plus(of(term.getKey(), term.getValue() - over * by.getValue()));
            } else {
                rest = rest.plus(of(term.getKey(), term.getValue()));
            }
        }
        return new IntExpr[] {quotient, rest};
    }

    /** {@code ⌊n / d⌋}; the one quotient that does not fit, {@code −2^63 div −1}, throws. */
    private static long floorDivExact(long n, long d) {
        return d == -1 ? Math.negateExact(n) : Math.floorDiv(n, d);
    }

    public IntExpr max(IntExpr other) {
        return extremum(true, other);
    }

    public IntExpr min(IntExpr other) {
        return extremum(false, other);
    }

    private IntExpr extremum(boolean max, IntExpr other) {
        IntExpr difference = minus(other);
        if (difference.isConstant()) {
            return difference.constant() >= 0 == max ? this : other;
        }
        return of(new Atom.Extremum(max, this, other));
    }

    public IntExpr abs() {
        return isConstant() ? of(Math.absExact(constant())) : of(new Atom.Abs(this));
    }

    public boolean isZero() {
        return terms.isEmpty();
    }

    public boolean isConstant() {
        return terms.isEmpty() || terms.size() == 1 && terms.containsKey(Monomial.ONE);
    }

    /** The constant term. */
    public long constant() {
        return terms.getOrDefault(Monomial.ONE, 0L);
    }

    /** The value, if it is known. */
    public OptionalLong asConstant() {
        return isConstant() ? OptionalLong.of(constant()) : OptionalLong.empty();
    }

    /** The name, if this is a variable alone. */
    public java.util.Optional<String> asVariable() {
        if (terms.size() == 1) {
            Map.Entry<Monomial, Long> term = terms.entrySet().iterator().next();
            List<Atom> factors = term.getKey().factors();
            if (term.getValue() == 1 && factors.size() == 1 && factors.get(0) instanceof Atom.Var variable) {
                return java.util.Optional.of(variable.name());
            }
        }
        return java.util.Optional.empty();
    }

    /** The integer {@code c} with {@code this = c·name + rest} and no {@code name} in the rest, if there is one. */
    public OptionalLong coefficient(String name) {
        IntExpr variable = var(name);
        Monomial monomial = variable.terms.keySet().iterator().next();
        for (Monomial other : terms.keySet()) {
            if (!other.equals(monomial)) {
                for (Atom factor : other.factors()) {
                    Set<String> names = new LinkedHashSet<>();
                    factor.collectVariables(names);
                    if (names.contains(name)) {
                        return OptionalLong.empty();
                    }
                }
            }
        }
        return OptionalLong.of(terms.getOrDefault(monomial, 0L));
    }

    /** Every atom of every term, in order, without those inside atoms. */
    public Set<Atom> atoms() {
        Set<Atom> atoms = new LinkedHashSet<>();
        terms.keySet().forEach(m -> atoms.addAll(m.factors()));
        return atoms;
    }

    /** The names of all free variables, those inside atoms included, in order of appearance. */
    public Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        collectVariables(names);
        return names;
    }

    void collectVariables(Set<String> names) {
        terms.keySet().forEach(m -> m.factors().forEach(a -> a.collectVariables(names)));
    }

    public IntExpr substitute(Map<String, IntExpr> values) {
        return mapAtoms(atom -> atom.substitute(values));
    }

    public IntExpr substitute(String name, IntExpr value) {
        return substitute(Map.of(name, value));
    }

    /** Replaces each atom of each term; this itself when nothing changes. */
    public IntExpr mapAtoms(java.util.function.Function<Atom, IntExpr> map) {
        boolean changed = false;
        IntExpr sum = ZERO;
        for (Map.Entry<Monomial, Long> term : terms.entrySet()) {
            IntExpr product = of(term.getValue());
            for (Atom factor : term.getKey().factors()) {
                IntExpr mapped = map.apply(factor);
                changed |= !mapped.equals(of(factor));
                product = product.times(mapped);
            }
            sum = sum.plus(product);
        }
        return changed ? sum : this;
    }

    /**
     * The value, given that of variables and foreign atoms.
     *
     * @throws ArithmeticException on overflow and on division by zero
     */
    public long evaluate(ToLongFunction<Atom> leaf) {
        long sum = 0;
        for (Map.Entry<Monomial, Long> term : terms.entrySet()) {
            long product = term.getValue();
            for (Atom factor : term.getKey().factors()) {
                product = Math.multiplyExact(product, evaluate(factor, leaf));
            }
            sum = Math.addExact(sum, product);
        }
        return sum;
    }

    private static long evaluate(Atom atom, ToLongFunction<Atom> leaf) {
        if (atom instanceof Atom.FloorDiv quotient) {
            return floorDivExact(quotient.num().evaluate(leaf), quotient.den().evaluate(leaf));
        }
        if (atom instanceof Atom.Mod remainder) {
            return Math.floorMod(remainder.num().evaluate(leaf), remainder.den().evaluate(leaf));
        }
        if (atom instanceof Atom.Abs absolute) {
            return Math.absExact(absolute.arg().evaluate(leaf));
        }
        if (atom instanceof Atom.Extremum extremum) {
            long left = extremum.left().evaluate(leaf);
            long right = extremum.right().evaluate(leaf);
            return extremum.max() ? Math.max(left, right) : Math.min(left, right);
        }
        return leaf.applyAsLong(atom);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof IntExpr that && hashCode() == that.hashCode() && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = terms.hashCode();
        }
        return hash;
    }

    /** As it stands in a product or under {@code div}: in parentheses unless it is one plain factor. */
    public String asFactor() {
        if (isConstant()) {
            return constant() < 0 ? "(" + this + ")" : toString();
        }
        Map.Entry<Monomial, Long> term = terms.entrySet().iterator().next();
        List<Atom> factors = term.getKey().factors();
        boolean plain = terms.size() == 1 && term.getValue() == 1 && factors.size() == 1 && !isQuotient(factors.get(0));
        return plain ? toString() : "(" + this + ")";
    }

    static boolean isQuotient(Atom atom) {
        return atom instanceof Atom.FloorDiv || atom instanceof Atom.Mod;
    }

    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            known = print();
            text = known;
        }
        return known;
    }

    private String print() {
        if (terms.isEmpty()) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        boolean negativeFirst = terms.values().iterator().next() < 0;
        List<Map.Entry<Monomial, Long>> order = new ArrayList<>(terms.entrySet());
        if (negativeFirst) {
            order.sort(Comparator.comparing(e -> e.getValue() < 0 || e.getKey().equals(Monomial.ONE)));
        }
        for (Map.Entry<Monomial, Long> term : order) {
            long c = term.getValue();
            text.append(c < 0 ? "-" : text.length() == 0 ? "" : "+");
            String magnitude = Long.toString(c).substring(c < 0 ? 1 : 0);
            String product = term.getKey().toString();
            List<Atom> factors = term.getKey().factors();
            boolean quotient = factors.size() == 1 && isQuotient(factors.get(0));
            // At the beginning, −a div b would be (−a) div b.
            boolean leading = quotient && c < 0 && text.length() == 1;
            if (product.isEmpty()) {
                text.append(magnitude);
            } else if (magnitude.equals("1")) {
                text.append(leading ? "(" + product + ")" : product);
            } else {
                text.append(magnitude).append("*").append(quotient ? "(" + product + ")" : product);
            }
        }
        return text.toString();
    }
}

package dev.adjoint.index;

import java.util.ArrayList;
import java.util.Iterator;
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
    public static final IntExpr ZERO = new IntExpr(new Terms(0));
    public static final IntExpr ONE = of(1);

    private final Terms terms;
    private int hash;
    private @Nullable String text;

    private IntExpr(Terms terms) {
        this.terms = terms;
    }

    public static IntExpr of(long value) {
        return of(Monomial.ONE, value);
    }

    public static IntExpr of(Atom atom) {
        return of(new Monomial(List.of(atom)), 1);
    }

    public static IntExpr of(Monomial monomial, long coefficient) {
        return new IntExpr(new Terms(monomial, coefficient));
    }

    public static IntExpr var(String name) {
        return of(new Atom.Var(name));
    }

    /** The non-zero terms, in printing order. */
    public Map<Monomial, Long> terms() {
        return terms;
    }

    /** The same, to be read by position. */
    Terms table() {
        return terms;
    }

    public IntExpr plus(IntExpr other) {
        if (other.isZero()) {
            return this;
        }
        Terms sum = new Terms(terms, other.terms.size());
        for (int k = 0; k < other.terms.size(); k++) {
            sum.add(other.terms.monomial(k), other.terms.coefficient(k));
        }
        return new IntExpr(sum);
    }

    public IntExpr plus(long constant) {
        return plus(of(constant));
    }

    public IntExpr minus(IntExpr other) {
        return other.isZero() ? this : plus(other.negate());
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
        Terms scaled = new Terms(terms.size());
        for (int k = 0; k < terms.size(); k++) {
            scaled.append(terms.monomial(k), Math.multiplyExact(terms.coefficient(k), factor));
        }
        return new IntExpr(scaled);
    }

    public IntExpr times(IntExpr other) {
        if (other.isConstant()) {
            return times(other.constant());
        }
        Terms product = new Terms(terms.size() * other.terms.size());
        for (int k = 0; k < terms.size(); k++) {
            for (int l = 0; l < other.terms.size(); l++) {
                product.add(
                        terms.monomial(k).times(other.terms.monomial(l)),
                        Math.multiplyExact(terms.coefficient(k), other.terms.coefficient(l)));
            }
        }
        return new IntExpr(product);
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
        Monomial by = divisor.terms.monomial(0);
        long d = divisor.terms.coefficient(0);
        for (int k = 0; k < terms.size(); k++) {
            Monomial monomial = terms.monomial(k);
            long c = terms.coefficient(k);
            Monomial left = monomial.over(by);
            if (left != null
                    && (c % d == 0 || left.factors().isEmpty() && by.factors().isEmpty())) {
                long over = floorDivExact(c, d);
                quotient = quotient.plus(of(left, over));
                rest = rest.plus(of(monomial, c - over * d));
            } else {
                rest = rest.plus(of(monomial, c));
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
        return terms.isEmpty()
                || terms.size() == 1 && terms.monomial(0).factors().isEmpty();
    }

    /** The constant term. */
    public long constant() {
        return terms.of(Monomial.ONE);
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
        long coefficient = 0;
        for (int k = 0; k < terms.size(); k++) {
            List<Atom> factors = terms.monomial(k).factors();
            if (factors.size() == 1 && factors.get(0) instanceof Atom.Var variable) {
                coefficient = variable.name().equals(name) ? terms.coefficient(k) : coefficient;
                continue;
            }
            for (Atom factor : factors) {
                Set<String> names = new LinkedHashSet<>();
                factor.collectVariables(names);
                if (names.contains(name)) {
                    return OptionalLong.empty();
                }
            }
        }
        return OptionalLong.of(coefficient);
    }

    /** Every atom of every term, in order, without those inside atoms. */
    public Set<Atom> atoms() {
        Set<Atom> atoms = new LinkedHashSet<>();
        for (int k = 0; k < terms.size(); k++) {
            atoms.addAll(terms.monomial(k).factors());
        }
        return atoms;
    }

    /** The names of all free variables, those inside atoms included, in order of appearance. */
    public Set<String> variables() {
        Set<String> names = new LinkedHashSet<>();
        collectVariables(names);
        return names;
    }

    void collectVariables(Set<String> names) {
        for (int k = 0; k < terms.size(); k++) {
            for (Atom factor : terms.monomial(k).factors()) {
                factor.collectVariables(names);
            }
        }
    }

    public IntExpr substitute(Map<String, IntExpr> values) {
        return mentions(values) ? mapAtoms(atom -> atom.substitute(values)) : this;
    }

    /** False only if no variable with a value occurs. */
    private boolean mentions(Map<String, IntExpr> values) {
        for (int k = 0; k < terms.size(); k++) {
            for (Atom factor : terms.monomial(k).factors()) {
                boolean may = factor instanceof Atom.Var variable
                        ? values.containsKey(variable.name())
                        : !(factor instanceof Atom.FloorDiv quotient)
                                || quotient.num().mentions(values)
                                || quotient.den().mentions(values);
                if (may) {
                    return true;
                }
            }
        }
        return false;
    }

    public IntExpr substitute(String name, IntExpr value) {
        return substitute(Map.of(name, value));
    }

    /** Replaces each atom of each term; this itself when nothing changes. */
    public IntExpr mapAtoms(java.util.function.Function<Atom, IntExpr> map) {
        boolean changed = false;
        List<IntExpr> images = new ArrayList<>();
        for (int k = 0; k < terms.size(); k++) {
            for (Atom factor : terms.monomial(k).factors()) {
                IntExpr image = map.apply(factor);
                changed |= !image.is(factor);
                images.add(image);
            }
        }
        if (!changed) {
            return this;
        }
        Iterator<IntExpr> next = images.iterator();
        IntExpr sum = ZERO;
        for (int k = 0; k < terms.size(); k++) {
            IntExpr product = of(terms.coefficient(k));
            for (int factor = 0; factor < terms.monomial(k).factors().size(); factor++) {
                product = product.times(next.next());
            }
            sum = sum.plus(product);
        }
        return sum;
    }

    /** Whether this is the atom alone. */
    private boolean is(Atom atom) {
        return terms.size() == 1
                && terms.coefficient(0) == 1
                && terms.monomial(0).factors().size() == 1
                && terms.monomial(0).factors().get(0).equals(atom);
    }

    /**
     * The value, given that of variables and foreign atoms.
     *
     * @throws ArithmeticException on overflow and on division by zero
     */
    public long evaluate(ToLongFunction<Atom> leaf) {
        long sum = 0;
        for (int k = 0; k < terms.size(); k++) {
            long product = terms.coefficient(k);
            for (Atom factor : terms.monomial(k).factors()) {
                product = Math.multiplyExact(product, evaluate(factor, leaf));
            }
            sum = Math.addExact(sum, product);
        }
        return sum;
    }

    private static long evaluate(Atom atom, ToLongFunction<Atom> leaf) {
        if (atom instanceof Atom.Var) {
            return leaf.applyAsLong(atom);
        }
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
        return IntText.asFactor(this);
    }

    @Override
    public String toString() {
        String known = text;
        if (known == null) {
            known = IntText.of(this);
            text = known;
        }
        return known;
    }
}

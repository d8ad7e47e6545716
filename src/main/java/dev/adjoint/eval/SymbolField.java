package dev.adjoint.eval;

import dev.adjoint.expr.Fun;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Polynomials over the entries of tensors, each beside its value at one point, by which comparisons are decided: shows
 * which products a formula is a sum of, at given sizes. A function, and a power that is no product, is a quantity of its
 * own, named after its argument.
 */
public final class SymbolField implements Field<Symbols> {
    private final IntervalField values;

    public SymbolField(IntervalField values) {
        this.values = values;
    }

    @Override
    public Symbols of(BigFraction value) {
        return Symbols.number(value, values.of(value));
    }

    @Override
    public Symbols add(Symbols a, Symbols b) {
        Map<List<String>, BigFraction> sum = Symbols.empty();
        sum.putAll(a.terms());
        b.terms().forEach((product, c) -> Symbols.add(sum, product, c));
        return new Symbols(sum, values.add(a.value(), b.value()));
    }

    @Override
    public Symbols multiply(Symbols a, Symbols b) {
        if ((long) a.terms().size() * b.terms().size() > 20_000) {
            throw new ArithmeticException("a product of too many terms");
        }
        Map<List<String>, BigFraction> product = Symbols.empty();
        a.terms()
                .forEach((left, c) -> b.terms()
                        .forEach((right, d) -> Symbols.add(product, Symbols.product(left, right), c.multiply(d))));
        return new Symbols(product, values.multiply(a.value(), b.value()));
    }

    @Override
    public Symbols invert(Symbols a) {
        Interval inverse = values.invert(a.value());
        if (a.terms().size() == 1 && a.terms().containsKey(List.of())) {
            return Symbols.number(a.terms().get(List.of()).reciprocal(), inverse);
        }
        return Symbols.named("(" + text(a) + ")^-1", inverse);
    }

    @Override
    public Symbols power(Symbols base, Symbols exponent) {
        return Symbols.named(
                "(" + text(base) + ")^(" + text(exponent) + ")", values.power(base.value(), exponent.value()));
    }

    @Override
    public Symbols apply(Fun fun, Symbols x) {
        Interval y = values.apply(fun, x.value());
        if (fun == Fun.Known.RELU || fun == Fun.Known.ABS) {
            int sign = values.compare(x.value(), values.of(0));
            return sign > 0 ? x : sign < 0 && fun == Fun.Known.ABS ? negate(x) : of(0);
        }
        return Symbols.named(fun + "(" + text(x) + ")", y);
    }

    @Override
    public Symbols pi() {
        return Symbols.named("pi", values.pi());
    }

    @Override
    public Symbols infinity(boolean positive) {
        Symbols infinity = Symbols.named("inf", values.infinity(true));
        return positive ? infinity : negate(infinity);
    }

    @Override
    public int compare(Symbols a, Symbols b) {
        return values.compare(a.value(), b.value());
    }

    /** The sum as it is written. */
    public static String text(Symbols s) {
        String sum = s.terms().entrySet().stream()
                .map(e -> term(e.getKey(), e.getValue()))
                .collect(Collectors.joining(" + "))
                .replace("+ -", "- ");
        return sum.isEmpty() ? "0" : sum;
    }

    /** One product as it is written, {@code 2*delta[0]*o[1]}. */
    public static String term(List<String> product, BigFraction coefficient) {
        String factors = String.join("*", product);
        if (factors.isEmpty()) {
            return number(coefficient);
        }
        return coefficient.equals(BigFraction.ONE)
                ? factors
                : coefficient.equals(BigFraction.of(-1)) ? "-" + factors : number(coefficient) + "*" + factors;
    }

    /** {@code 3/4}, without the blanks of the library's own form. */
    public static String number(BigFraction value) {
        return value.toString().replace(" ", "");
    }
}

package dev.adjoint.lift;

import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.numbers.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** Numbers as they are written, exact, and the constants of {@code java.lang}. */
final class Literals {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+\\.[0-9]+([eE][+-]?[0-9]+)?");

    private Literals() {}

    /** {@code 0.1f} is one tenth. */
    static Expr number(DoubleLiteralExpr literal) {
        String text = literal.getValue().replace("_", "").toLowerCase(Locale.ROOT);
        if (text.startsWith("0x")) {
            throw new Refusal(Messages.TYPE, literal, "a hexadecimal floating-point number is not read");
        }
        String digits = text.replaceAll("[fd]$", "");
        BigFraction value = fraction(new BigDecimal(digits));
        boolean whole = value.getDenominator().equals(BigInteger.ONE);
        return new Expr.Num(value, !whole && DECIMAL.matcher(digits).matches() ? digits : null);
    }

    private static BigFraction fraction(BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        return value.scale() <= 0
                ? BigFraction.of(unscaled.multiply(BigInteger.TEN.pow(-value.scale())))
                : BigFraction.of(unscaled, BigInteger.TEN.pow(value.scale()));
    }

    /**
     * A constant of {@code Math}, {@code Float}, {@code Double} or {@code Integer}; null if it is none. The largest
     * finite number stands for infinity: nothing that is finite lies beyond it.
     */
    static @Nullable Value constant(String type, String name) {
        boolean floating = type.equals("Float") || type.equals("Double");
        if (floating && (name.equals("NEGATIVE_INFINITY") || name.equals("POSITIVE_INFINITY"))) {
            Expr inf = new Expr.Inf();
            return new Value.Real(name.startsWith("N") ? Exprs.neg(inf) : inf);
        }
        if (floating && name.equals("MAX_VALUE")) {
            return new Value.Real(new Expr.Inf());
        }
        if (floating && name.equals("MIN_VALUE")) {
            int exponent = type.equals("Float") ? 149 : 1074;
            return new Value.Real(new Expr.Num(BigFraction.of(BigInteger.ONE, BigInteger.TWO.pow(exponent)), null));
        }
        if (type.equals("Integer") && (name.equals("MIN_VALUE") || name.equals("MAX_VALUE"))) {
            return new Value.Int(Ints.leaf(name.startsWith("MIN") ? Integer.MIN_VALUE : Integer.MAX_VALUE));
        }
        if (type.equals("Math") && name.equals("PI")) {
            return new Value.Real(new Expr.Pi());
        }
        if (type.equals("Math") && name.equals("E")) {
            return new Value.Real(Exprs.apply(dev.adjoint.expr.Fun.Known.EXP, Expr.Num.ONE));
        }
        return null;
    }
}

package dev.adjoint.emit;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.commons.numbers.fraction.BigFraction;

/** Rationals as Java literals: digits come from the rational itself, never from a conversion that JDKs do differently. */
final class Literals {
    private static final BigInteger FIVE = BigInteger.valueOf(5);

    private Literals() {}

    /** The literal, in parentheses where it is a quotient; with a sign if it is negative. */
    static String of(BigFraction value, boolean single) {
        BigInteger denominator = value.getDenominator();
        BigInteger rest = denominator;
        int twos = rest.getLowestSetBit();
        rest = rest.shiftRight(twos);
        int fives = 0;
        while (rest.mod(FIVE).signum() == 0) {
            rest = rest.divide(FIVE);
            fives++;
        }
        if (rest.equals(BigInteger.ONE)) {
            int scale = Math.max(twos, fives);
            BigInteger unscaled =
                    value.getNumerator().multiply(BigInteger.TEN.pow(scale)).divide(denominator);
            return decimal(new BigDecimal(unscaled, scale), single);
        }
        return "(" + decimal(new BigDecimal(value.getNumerator()), single) + " / "
                + decimal(new BigDecimal(denominator), single) + ")";
    }

    private static String decimal(BigDecimal value, boolean single) {
        String type = single ? "Float" : "Double";
        double magnitude = single ? value.abs().floatValue() : value.abs().doubleValue();
        if (Double.isInfinite(magnitude)) {
            return type + (value.signum() < 0 ? ".NEGATIVE_INFINITY" : ".POSITIVE_INFINITY");
        }
        String suffix = single ? "f" : "";
        if (magnitude == 0) {
            return "0.0" + suffix;
        }
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.precision() - plain.scale() > 20 || plain.scale() > 40) {
            String text = plain.toString();
            return (text.contains("E") ? text : plain.unscaledValue() + "E" + -plain.scale()) + suffix;
        }
        String text = plain.toPlainString();
        return text + (text.contains(".") ? "" : ".0") + suffix;
    }
}

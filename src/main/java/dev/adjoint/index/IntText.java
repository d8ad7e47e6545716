package dev.adjoint.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Integers as the language writes them. */
final class IntText {
    private IntText() {}

    static String of(IntExpr e) {
        if (e.isZero()) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        List<Map.Entry<Monomial, Long>> order = new ArrayList<>(e.terms().entrySet());
        if (order.get(0).getValue() < 0) {
            order.sort(Comparator.comparing(
                    term -> term.getValue() < 0 || term.getKey().equals(Monomial.ONE)));
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

    /** As it stands in a product or under {@code div}: in parentheses unless it is one plain factor. */
    static String asFactor(IntExpr e) {
        if (e.isConstant()) {
            return e.constant() < 0 ? "(" + e + ")" : e.toString();
        }
        Map.Entry<Monomial, Long> term = e.terms().entrySet().iterator().next();
        List<Atom> factors = term.getKey().factors();
        boolean plain =
                e.terms().size() == 1 && term.getValue() == 1 && factors.size() == 1 && !isQuotient(factors.get(0));
        return plain ? e.toString() : "(" + e + ")";
    }

    static boolean isQuotient(Atom atom) {
        return atom instanceof Atom.FloorDiv || atom instanceof Atom.Mod;
    }
}

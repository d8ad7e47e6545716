package dev.adjoint.expr;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints expressions in the language itself: what is printed, parsed again, is the same expression. */
public final class Printer {
    private static final int TERNARY = 0;
    private static final int SUM = 3;
    private static final int PRODUCT = 4;
    private static final int UNARY = 5;
    private static final int POWER = 6;
    private static final int PRIMARY = 7;

    private Printer() {}

    public static String print(Expr e) {
        return print(e, TERNARY);
    }

    private static String print(Expr e, int context) {
        int level = level(e);
        String text = text(e);
        return level < context ? "(" + text + ")" : text;
    }

    private static int level(Expr e) {
        if (e instanceof Expr.Num n) {
            boolean fraction = n.text() == null && !n.value().getDenominator().equals(BigInteger.ONE);
            return n.value().signum() < 0 ? UNARY : fraction ? PRODUCT : PRIMARY;
        }
        if (e instanceof Expr.IntValue v) {
            String text = v.value().toString();
            boolean plain = text.equals(v.value().asFactor());
            return plain ? PRIMARY : text.startsWith("-") ? UNARY : SUM;
        }
        if (e instanceof Expr.Add) {
            return SUM;
        }
        if (e instanceof Expr.Mul m) {
            return m.factors().get(0) instanceof Expr.Num n && n.value().signum() < 0 ? UNARY - 1 : PRODUCT;
        }
        if (e instanceof Expr.Pow p) {
            return p.exponent() instanceof Expr.Num n && n.value().signum() < 0 ? PRODUCT : POWER;
        }
        return e instanceof Expr.Select ? TERNARY : PRIMARY;
    }

    private static String text(Expr e) {
        if (e instanceof Expr.Num n) {
            return number(n);
        }
        if (e instanceof Expr.Pi) {
            return "pi";
        }
        if (e instanceof Expr.Inf) {
            return "inf";
        }
        if (e instanceof Expr.IntValue v) {
            return v.value().toString();
        }
        if (e instanceof Expr.Read r) {
            String entry = entry(r.ref().toString(), r.index());
            if (r.pad() == null) {
                return entry;
            }
            return Exprs.isZero(r.pad()) ? "pad(" + entry + ")" : "pad(" + entry + ", " + print(r.pad()) + ")";
        }
        if (e instanceof Expr.Add a) {
            return sum(a);
        }
        if (e instanceof Expr.Mul m) {
            return product(m.factors());
        }
        if (e instanceof Expr.Pow p) {
            if (p.exponent() instanceof Expr.Num n && n.value().signum() < 0) {
                return product(List.of(e));
            }
            return print(p.base(), PRIMARY) + "^" + print(p.exponent(), POWER);
        }
        if (e instanceof Expr.Apply a) {
            return a.fun() + "(" + print(a.arg()) + ")";
        }
        if (e instanceof Expr.Extremum x) {
            return (x.max() ? "max(" : "min(") + print(x.left()) + ", " + print(x.right()) + ")";
        }
        if (e instanceof Expr.Reduce r) {
            return r.kind() + "[" + ranges(r.ranges()) + "](" + print(r.body()) + ")";
        }
        if (e instanceof Expr.Iverson i) {
            return "[" + print(i.cond()) + "]";
        }
        if (e instanceof Expr.Select s) {
            return print(s.cond()) + " ? " + print(s.then(), TERNARY + 1) + " : " + print(s.otherwise());
        }
        if (e instanceof Expr.Stop s) {
            return "stop(" + print(s.arg()) + ")";
        }
        if (e instanceof Expr.Deriv d) {
            return "d(" + print(d.arg()) + ") / d(" + entry(d.ref().toString(), d.index()) + ")";
        }
        throw new AssertionError("no print of " + e.getClass());
    }

    /** As written, else as an integer or a quotient of integers. */
    private static String number(Expr.Num n) {
        if (n.text() != null) {
            return n.text();
        }
        String numerator = n.value().getNumerator().toString();
        boolean whole = n.value().getDenominator().equals(BigInteger.ONE);
        return whole ? numerator : numerator + "/" + n.value().getDenominator();
    }

    private static String sum(Expr.Add a) {
        StringBuilder text = new StringBuilder();
        for (Expr term : a.terms()) {
            String printed = print(term, isNegative(term) ? SUM : PRODUCT);
            if (term instanceof Expr.IntValue v && v.value().terms().size() > 1) {
                // One integer of several terms: without parentheses it would read as several values.
                printed = "(" + printed + ")";
            }
            if (text.length() == 0) {
                text.append(printed);
            } else if (printed.startsWith("-")) {
                text.append(" - ").append(printed.substring(1));
            } else {
                text.append(" + ").append(printed);
            }
        }
        return text.toString();
    }

    private static boolean isNegative(Expr e) {
        return e instanceof Expr.Num n && n.value().signum() < 0
                || e instanceof Expr.Mul m
                        && m.factors().get(0) instanceof Expr.Num f
                        && f.value().signum() < 0
                || e instanceof Expr.IntValue;
    }

    private static String product(List<Expr> factors) {
        List<String> above = new ArrayList<>();
        List<String> below = new ArrayList<>();
        String sign = "";
        for (Expr factor : factors) {
            if (factor instanceof Expr.Pow p
                    && p.exponent() instanceof Expr.Num n
                    && n.value().signum() < 0) {
                below.add(print(Exprs.pow(p.base(), new Expr.Num(n.value().negate(), null)), UNARY));
            } else if (factor instanceof Expr.Num n && above.isEmpty() && below.isEmpty()) {
                sign = n.value().signum() < 0 ? "-" : "";
                BigInteger numerator = n.value().getNumerator().abs();
                BigInteger denominator = n.value().getDenominator();
                if (n.text() != null) {
                    above.add(n.text().startsWith("-") ? n.text().substring(1) : n.text());
                } else {
                    if (!numerator.equals(BigInteger.ONE)
                            || !denominator.equals(BigInteger.ONE) && factors.size() < 2) {
                        above.add(numerator.toString());
                    }
                    if (!denominator.equals(BigInteger.ONE)) {
                        above.add(0, numerator + "/" + denominator);
                        above.subList(1, above.size()).clear();
                    }
                }
            } else {
                above.add(print(factor, UNARY));
            }
        }
        StringBuilder text = new StringBuilder(sign);
        text.append(above.isEmpty() ? "1" : String.join(" * ", above));
        below.forEach(b -> text.append(" / ").append(b));
        return text.toString();
    }

    public static String print(Cond c) {
        return print(c, 0);
    }

    private static String print(Cond c, int context) {
        if (c instanceof Cond.Constant constant) {
            return constant.value() ? "0 == 0" : "0 == 1";
        }
        if (c instanceof Cond.Ints i) {
            return i.left() + " " + i.rel() + " " + i.right();
        }
        if (c instanceof Cond.Values v) {
            return print(v.left(), SUM) + " " + v.rel() + " " + print(v.right(), SUM);
        }
        if (c instanceof Cond.And a) {
            String text = String.join(" && ", chains(a.parts()));
            return context > 2 ? "(" + text + ")" : text;
        }
        if (c instanceof Cond.Or o) {
            String text = o.parts().stream().map(p -> print(p, 2)).collect(Collectors.joining(" || "));
            return context > 1 ? "(" + text + ")" : text;
        }
        return "!(" + print(((Cond.Not) c).part()) + ")";
    }

    /** {@code 0 <= i && i < n} reads {@code 0 <= i < n}. */
    private static List<String> chains(List<Cond> parts) {
        List<String> texts = new ArrayList<>();
        for (int k = 0; k < parts.size(); k++) {
            boolean chained = k + 1 < parts.size()
                    && parts.get(k) instanceof Cond.Ints first
                    && parts.get(k + 1) instanceof Cond.Ints second
                    && isUpward(first)
                    && isUpward(second)
                    && first.right().equals(second.left());
            texts.add(print(parts.get(k), 2));
            if (chained) {
                Cond.Ints next = (Cond.Ints) parts.get(++k);
                texts.set(texts.size() - 1, texts.get(texts.size() - 1) + " " + next.rel() + " " + next.right());
            }
        }
        return texts;
    }

    private static boolean isUpward(Cond.Ints c) {
        return c.rel() == Rel.LE || c.rel() == Rel.LT;
    }

    static String entry(String tensor, List<IntExpr> index) {
        return index.isEmpty()
                ? tensor
                : tensor + index.stream().map(IntExpr::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    public static String ranges(List<Range> ranges) {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(", "));
    }
}

package dev.adjoint.report.math;

import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import dev.adjoint.report.math.MathNode.Op;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Expressions as formulas. A read stands with its indices below it, {@code delta} is δ, {@code grad T} is ∂E/∂T, a
 * quotient a fraction, {@code div} a floor, a condition as a factor an Iverson bracket, one that guards reads a brace.
 */
public final class Formulas {
    /** How tightly the outermost operation of a formula binds. */
    private static final int CASES = 0;

    private static final int SUM = 1;
    private static final int NEGATIVE = 2;
    private static final int REDUCED = 3;
    private static final int PRODUCT = 4;
    private static final int POWER = 5;
    private static final int PRIMARY = 6;

    private Formulas() {}

    public static MathNode of(Expr e) {
        return node(e, CASES);
    }

    public static MathNode of(IntExpr e) {
        return Integers.of(e);
    }

    public static MathNode of(Cond c) {
        return Conditions.of(c);
    }

    /** {@code 0 ≤ i < n}. */
    public static MathNode of(Range range) {
        return Conditions.range(range);
    }

    /** The ranges with commas between. */
    public static MathNode of(List<Range> ranges) {
        return separated(ranges.stream().map(Conditions::range).toList());
    }

    /** {@code left = right}. */
    public static MathNode equation(MathNode left, MathNode right) {
        return row(List.of(left, Op.EQUALS, right));
    }

    /** The name of a tensor, in one piece; Greek if it is that of a Greek letter. */
    public static MathNode name(String name) {
        return Names.whole(name);
    }

    /** A tensor's entry; the tensor itself if there is no index. */
    public static MathNode entry(Ref ref, List<IntExpr> index) {
        List<MathNode> indices = index.stream().map(Integers::of).toList();
        if (ref.kind() == Ref.Kind.GRAD) {
            MathNode below = row(List.of(Op.PARTIAL, indexed(Names.whole(ref.name()), indices)));
            return new MathNode.Fraction(row(List.of(Op.PARTIAL, new MathNode.Name("E"))), below);
        }
        if (ref.kind() == Ref.Kind.DELTA) {
            MathNode delta = new MathNode.Name("δ");
            return indexed(ref.sole() ? delta : new MathNode.Power(delta, Names.whole(ref.name())), indices);
        }
        return indexed(Names.whole(ref.name()), indices);
    }

    static MathNode indexed(MathNode base, List<MathNode> indices) {
        return indices.isEmpty() ? base : new MathNode.Index(base, indices);
    }

    /** One after the other; rows in it are taken apart. */
    static MathNode row(List<? extends MathNode> items) {
        List<MathNode> flat = new ArrayList<>();
        for (MathNode item : items) {
            if (item instanceof MathNode.Row row) {
                flat.addAll(row.items());
            } else {
                flat.add(item);
            }
        }
        return flat.size() == 1 ? flat.get(0) : new MathNode.Row(flat);
    }

    static MathNode separated(List<MathNode> items) {
        List<MathNode> all = new ArrayList<>();
        for (MathNode item : items) {
            if (!all.isEmpty()) {
                all.add(Op.COMMA);
            }
            all.add(item);
        }
        return row(all);
    }

    static MathNode parentheses(MathNode inside) {
        return new MathNode.Fence("(", ")", inside);
    }

    /** {@code f(x)}. */
    static MathNode applied(MathNode function, MathNode argument) {
        return row(List.of(function, parentheses(argument)));
    }

    private static MathNode node(Expr e, int context) {
        MathNode node = plain(e);
        return level(e) < context ? parentheses(node) : node;
    }

    private static int level(Expr e) {
        if (e instanceof Expr.Select) {
            return CASES;
        }
        if (e instanceof Expr.Add) {
            return SUM;
        }
        if (e instanceof Expr.Num n) {
            return n.value().signum() < 0 ? NEGATIVE : PRIMARY;
        }
        if (e instanceof Expr.IntValue v) {
            return Integers.isPlain(v.value()) ? PRIMARY : SUM;
        }
        if (e instanceof Expr.Mul m) {
            if (m.factors().get(0) instanceof Expr.Num n && n.value().signum() < 0) {
                return NEGATIVE;
            }
            return reaches(m.factors().get(m.factors().size() - 1)) ? REDUCED : PRODUCT;
        }
        if (e instanceof Expr.Reduce) {
            return REDUCED;
        }
        if (e instanceof Expr.Pow p) {
            return isDivision(p) ? PRODUCT : POWER;
        }
        if (e instanceof Expr.Deriv d) {
            return isPlain(d.arg()) ? PRIMARY : PRODUCT;
        }
        return PRIMARY;
    }

    private static MathNode plain(Expr e) {
        if (e instanceof Expr.Num n) {
            return n.value().signum() < 0 ? row(List.of(Op.NEGATIVE, magnitude(n))) : magnitude(n);
        }
        if (e instanceof Expr.Pi) {
            return new MathNode.Name("π");
        }
        if (e instanceof Expr.Inf) {
            return new MathNode.Name("∞");
        }
        if (e instanceof Expr.IntValue v) {
            return Integers.of(v.value());
        }
        if (e instanceof Expr.Read r) {
            return read(r);
        }
        if (e instanceof Expr.Add a) {
            return sum(a.terms());
        }
        if (e instanceof Expr.Mul m) {
            return product(m.factors());
        }
        if (e instanceof Expr.Pow p) {
            return isDivision(p)
                    ? product(List.of(p))
                    : new MathNode.Power(node(p.base(), PRIMARY), node(p.exponent(), CASES));
        }
        if (e instanceof Expr.Apply a) {
            return function(a);
        }
        if (e instanceof Expr.Extremum x) {
            MathNode both = separated(List.of(of(x.left()), of(x.right())));
            return applied(new MathNode.Name(x.max() ? "max" : "min"), both);
        }
        if (e instanceof Expr.Reduce r) {
            return reduce(r);
        }
        if (e instanceof Expr.Iverson i) {
            return new MathNode.Fence("[", "]", Conditions.of(i.cond()));
        }
        if (e instanceof Expr.Select s) {
            return new MathNode.Cases(List.of(
                    of(s.then()), Conditions.lines(s.cond()), of(s.otherwise()), new MathNode.Words("otherwise")));
        }
        if (e instanceof Expr.Stop s) {
            return applied(new MathNode.Name("stop"), of(s.arg()));
        }
        return derivative((Expr.Deriv) e);
    }

    private static MathNode read(Expr.Read r) {
        MathNode entry = entry(r.ref(), r.index());
        if (r.pad() == null) {
            return entry;
        }
        MathNode inside = Exprs.isZero(r.pad()) ? entry : separated(List.of(entry, of(r.pad())));
        return applied(new MathNode.Name("pad"), inside);
    }

    /** The number without its sign. */
    private static MathNode magnitude(Expr.Num n) {
        if (n.text() != null) {
            return new MathNode.Digits(n.text().startsWith("-") ? n.text().substring(1) : n.text());
        }
        MathNode numerator = new MathNode.Digits(n.value().getNumerator().abs().toString());
        BigInteger denominator = n.value().getDenominator();
        return denominator.equals(BigInteger.ONE)
                ? numerator
                : new MathNode.Fraction(numerator, new MathNode.Digits(denominator.toString()));
    }

    private static MathNode sum(List<Expr> terms) {
        List<MathNode> items = new ArrayList<>();
        for (Expr term : terms) {
            boolean negative = isNegative(term);
            if (negative || !items.isEmpty()) {
                items.add(negative ? items.isEmpty() ? Op.NEGATIVE : Op.MINUS : Op.PLUS);
            }
            items.add(node(negative ? Exprs.neg(term) : term, REDUCED));
        }
        return row(items);
    }

    private static boolean isNegative(Expr e) {
        return e instanceof Expr.Num n && n.value().signum() < 0
                || e instanceof Expr.Mul m
                        && m.factors().get(0) instanceof Expr.Num f
                        && f.value().signum() < 0;
    }

    /** Whether it is set at the end of a product, where it reaches as far as that. */
    private static boolean reaches(Expr e) {
        return e instanceof Expr.Reduce || e instanceof Expr.Deriv d && !isPlain(d.arg());
    }

    /** Whether it is a quotient of integers, and not a decimal that somebody wrote. */
    private static boolean isFraction(Expr.Num n) {
        return n.text() == null && !n.value().getDenominator().equals(BigInteger.ONE);
    }

    private static boolean isDivision(Expr e) {
        return e instanceof Expr.Pow p
                && p.exponent() instanceof Expr.Num n
                && n.value().signum() < 0;
    }

    /** Sign, conditions, what is divided, and the sums, which reach to the end. */
    private static MathNode product(List<Expr> factors) {
        List<MathNode> items = new ArrayList<>();
        List<Expr> above = new ArrayList<>();
        List<Expr> below = new ArrayList<>();
        List<Expr> last = new ArrayList<>();
        for (Expr factor : factors) {
            if (isDivision(factor)) {
                Expr.Pow p = (Expr.Pow) factor;
                below.add(Exprs.pow(
                        p.base(), new Expr.Num(((Expr.Num) p.exponent()).value().negate(), null)));
            } else if (factor instanceof Expr.Num n && isFraction(n) && last.isEmpty()) {
                BigFraction denominator = BigFraction.of(n.value().getDenominator());
                above.add(new Expr.Num(n.value().multiply(denominator), null));
                below.add(new Expr.Num(denominator, null));
            } else if (reaches(factor) || !last.isEmpty()) {
                last.add(factor);
            } else {
                above.add(factor);
            }
        }
        if (!above.isEmpty() && isNegative(above.get(0))) {
            items.add(Op.NEGATIVE);
            above.set(0, Exprs.neg(above.get(0)));
        }
        if (!above.isEmpty() && Exprs.isOne(above.get(0)) && above.size() + last.size() > 1) {
            above.remove(0);
        }
        List<MathNode> parts = new ArrayList<>();
        if (!below.isEmpty()) {
            above.stream().filter(Expr.Iverson.class::isInstance).forEach(i -> parts.add(node(i, PRODUCT)));
            above.removeIf(Expr.Iverson.class::isInstance);
            MathNode divisor = below.size() == 1 ? of(below.get(0)) : times(nodes(below));
            MathNode dividend = above.isEmpty()
                    ? new MathNode.Digits("1")
                    : above.size() == 1 ? of(above.get(0)) : times(nodes(above));
            parts.add(new MathNode.Fraction(dividend, divisor));
        } else {
            parts.addAll(nodes(above));
        }
        for (int k = 0; k < last.size(); k++) {
            boolean reaches = k == last.size() - 1;
            parts.add(node(last.get(k), reaches ? REDUCED : PRODUCT));
        }
        items.add(times(parts));
        return row(items);
    }

    private static List<MathNode> nodes(List<Expr> factors) {
        return factors.stream().map(f -> node(f, PRODUCT)).toList();
    }

    private static MathNode times(List<MathNode> factors) {
        List<MathNode> items = new ArrayList<>();
        for (MathNode factor : factors) {
            if (!items.isEmpty()) {
                items.add(beginsWithDigit(factor) ? new Op(Op.Kind.BINARY, "·") : Op.TIMES);
            }
            items.add(factor);
        }
        return row(items);
    }

    private static boolean beginsWithDigit(MathNode node) {
        if (node instanceof MathNode.Power p) {
            return beginsWithDigit(p.base());
        }
        return node instanceof MathNode.Digits
                || node instanceof MathNode.Row r && beginsWithDigit(r.items().get(0));
    }

    private static MathNode function(Expr.Apply a) {
        MathNode arg = of(a.arg());
        if (a.fun() instanceof Fun.Open open) {
            String primes = open.order() < 4 ? "′".repeat(open.order()) : "(" + open.order() + ")";
            MathNode name = Names.whole(open.name());
            return applied(open.order() == 0 ? name : new MathNode.Power(name, new MathNode.Name(primes)), arg);
        }
        return switch ((Fun.Known) a.fun()) {
            case SQRT -> new MathNode.Root(arg);
            case ABS -> new MathNode.Fence("|", "|", arg);
            case FLOOR -> new MathNode.Fence("⌊", "⌋", arg);
            default -> applied(new MathNode.Name(a.fun().toString()), arg);
        };
    }

    private static MathNode reduce(Expr.Reduce r) {
        MathNode.Big sign = big(
                switch (r.kind()) {
                    case SUM -> "∑";
                    case PROD -> "∏";
                    case MAX -> "max";
                    case MIN -> "min";
                },
                r.ranges());
        boolean braced = r.body() instanceof Expr.Select;
        return row(List.of(sign, braced ? of(r.body()) : node(r.body(), REDUCED)));
    }

    static MathNode.Big big(String symbol, List<Range> ranges) {
        return new MathNode.Big(symbol, ranges.stream().map(Conditions::range).toList());
    }

    /** {@code ∂x/∂w}, or {@code ∂/∂w (…)}. */
    private static MathNode derivative(Expr.Deriv d) {
        MathNode below = row(List.of(Op.PARTIAL, entry(d.ref(), d.index())));
        if (isPlain(d.arg())) {
            return new MathNode.Fraction(row(List.of(Op.PARTIAL, of(d.arg()))), below);
        }
        return row(List.of(new MathNode.Fraction(Op.PARTIAL, below), parentheses(of(d.arg()))));
    }

    private static boolean isPlain(Expr e) {
        return e instanceof Expr.Read r && r.pad() == null && r.ref().kind() != Ref.Kind.GRAD;
    }
}

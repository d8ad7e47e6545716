package dev.adjoint.expr;

import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Builds expressions already simplified: no {@code 0 + x}, no {@code 1 * x}, no sum in a sum. Only laws that hold for
 * every value, kinks and their derivatives included, are applied here; 0 is a strong zero.
 */
public final class Exprs {
    private Exprs() {}

    public static Expr integer(IntExpr value) {
        return value.isConstant() ? Expr.Num.of(value.constant()) : new Expr.IntValue(value);
    }

    public static Expr read(Ref ref, List<IntExpr> index) {
        return new Expr.Read(ref, index, null);
    }

    public static boolean isZero(Expr e) {
        return e.equals(Expr.Num.ZERO);
    }

    public static boolean isOne(Expr e) {
        return e.equals(Expr.Num.ONE);
    }

    /** {@code a + (b + c) = a + b + c};  {@code 0 + a = a};  numbers are added. */
    public static Expr add(List<Expr> terms) {
        List<Expr> flat = new ArrayList<>();
        BigFraction number = BigFraction.ZERO;
        int numbers = 0;
        Expr.Num only = Expr.Num.ZERO;
        for (Expr term : terms) {
            for (Expr each : term instanceof Expr.Add a ? a.terms() : List.of(term)) {
                if (each instanceof Expr.Num n) {
                    number = number.add(n.value());
                    numbers++;
                    only = n;
                } else {
                    flat.add(each);
                }
            }
        }
        if (!number.equals(BigFraction.ZERO)) {
            Expr.Num sum = numbers == 1 ? only : new Expr.Num(number, null);
            flat.add(!flat.isEmpty() && terms.get(0) instanceof Expr.Num ? 0 : flat.size(), sum);
        }
        return flat.isEmpty() ? Expr.Num.ZERO : flat.size() == 1 ? flat.get(0) : new Expr.Add(flat);
    }

    public static Expr add(Expr left, Expr right) {
        return add(List.of(left, right));
    }

    public static Expr sub(Expr left, Expr right) {
        return add(left, neg(right));
    }

    /** {@code -a = (-1) * a}. */
    public static Expr neg(Expr e) {
        if (e instanceof Expr.Num n && n.text() != null && !n.text().startsWith("-")) {
            return new Expr.Num(n.value().negate(), "-" + n.text());
        }
        return mul(List.of(Expr.Num.of(-1), e));
    }

    /** {@code a * (b * c) = a * b * c};  {@code 1 * a = a};  {@code 0 * a = 0};  numbers are multiplied, and lead. */
    public static Expr mul(List<Expr> factors) {
        List<Expr> flat = new ArrayList<>();
        BigFraction number = BigFraction.ONE;
        int numbers = 0;
        Expr.Num only = Expr.Num.ONE;
        for (Expr factor : factors) {
            for (Expr each : factor instanceof Expr.Mul m ? m.factors() : List.of(factor)) {
                if (each instanceof Expr.Num n) {
                    number = number.multiply(n.value());
                    numbers++;
                    only = n;
                } else {
                    flat.add(each);
                }
            }
        }
        if (number.equals(BigFraction.ZERO)) {
            return Expr.Num.ZERO;
        }
        if (!number.equals(BigFraction.ONE)) {
            flat.add(0, numbers == 1 ? only : new Expr.Num(number, null));
        }
        return flat.isEmpty() ? Expr.Num.ONE : flat.size() == 1 ? flat.get(0) : new Expr.Mul(flat);
    }

    public static Expr mul(Expr left, Expr right) {
        return mul(List.of(left, right));
    }

    /** {@code a / b = a * b^-1}; a division of numbers is done. */
    public static Expr div(Expr left, Expr right) {
        return mul(left, pow(right, Expr.Num.of(-1)));
    }

    /** {@code a^1 = a};  {@code a^0 = 1};  {@code 2^-1 = 1/2};  a product to the power −1 is taken factor by factor. */
    public static Expr pow(Expr base, Expr exponent) {
        if (isOne(exponent)) {
            return base;
        }
        if (isZero(exponent)) {
            return Expr.Num.ONE;
        }
        if (exponent instanceof Expr.Num e && e.value().getDenominator().equals(java.math.BigInteger.ONE)) {
            boolean small = e.value().getNumerator().bitLength() < 8;
            if (base instanceof Expr.Num b && small && !b.value().equals(BigFraction.ZERO)) {
                return new Expr.Num(b.value().pow(e.value().intValue()), null);
            }
            if (e.value().equals(BigFraction.of(-1))) {
                if (base instanceof Expr.Mul m) {
                    return mul(m.factors().stream().map(f -> pow(f, exponent)).toList());
                }
                if (base instanceof Expr.Pow p && p.exponent() instanceof Expr.Num n) {
                    return pow(p.base(), new Expr.Num(n.value().negate(), null));
                }
            }
        }
        return new Expr.Pow(base, exponent);
    }

    public static Expr apply(Fun fun, Expr arg) {
        return new Expr.Apply(fun, arg);
    }

    /** {@code [true] = 1};  {@code [false] = 0}. */
    public static Expr iverson(Cond cond) {
        if (cond instanceof Cond.Constant constant) {
            return constant.value() ? Expr.Num.ONE : Expr.Num.ZERO;
        }
        return new Expr.Iverson(cond);
    }

    public static Expr select(Cond cond, Expr then, Expr otherwise) {
        if (cond instanceof Cond.Constant constant) {
            return constant.value() ? then : otherwise;
        }
        return then.equals(otherwise) ? then : new Expr.Select(cond, then, otherwise);
    }

    public static Expr sum(List<Range> ranges, Expr body) {
        return reduce(Expr.Reduce.Kind.SUM, ranges, body);
    }

    /** {@code Σ_r Σ_s a = Σ_{r,s} a};  {@code Σ 0 = 0}; the same for the other reductions. */
    public static Expr reduce(Expr.Reduce.Kind kind, List<Range> ranges, Expr body) {
        if (ranges.isEmpty()) {
            return body;
        }
        if (kind == Expr.Reduce.Kind.SUM && isZero(body) || kind == Expr.Reduce.Kind.PROD && isOne(body)) {
            return body;
        }
        if (body instanceof Expr.Reduce inner && inner.kind() == kind) {
            List<Range> all = new ArrayList<>(ranges);
            Expr innerBody = inner.body();
            java.util.Set<String> names = new java.util.HashSet<>();
            ranges.forEach(r -> {
                names.add(r.name());
                names.addAll(r.lo().variables());
                names.addAll(r.hi().variables());
            });
            if (inner.ranges().stream().noneMatch(r -> names.contains(r.name()))) {
                all.addAll(inner.ranges());
                return new Expr.Reduce(kind, all, innerBody);
            }
        }
        return new Expr.Reduce(kind, ranges, body);
    }
}

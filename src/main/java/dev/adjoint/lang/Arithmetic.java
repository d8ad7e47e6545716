package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums, products, powers and extrema. A chain of integers alone is an integer; as soon as one term of a sum, or one
 * factor of a product, is a value, each of the others becomes a value by itself.
 */
final class Arithmetic {
    /** More bits than any constant of a layer has. */
    private static final long MOST_BITS = 1 << 14;

    private Arithmetic() {}

    static Typed resolve(Node node, Context context) {
        if (node instanceof Node.Sum s) {
            return sum(s, context);
        }
        if (node instanceof Node.Product p) {
            return product(p, context);
        }
        if (node instanceof Node.Negative n) {
            return negative(n, context);
        }
        return node instanceof Node.Power p ? power(p, context) : extremum((Node.Extremum) node, context);
    }

    private static Typed sum(Node.Sum s, Context context) {
        List<Typed> terms = new ArrayList<>();
        boolean bad = false;
        boolean integers = true;
        for (Node term : s.terms()) {
            Typed typed = Resolver.resolve(term, context);
            bad |= typed instanceof Typed.Bad;
            integers &= typed instanceof Typed.Int;
            terms.add(typed);
        }
        if (integers) {
            IntExpr sum = ((Typed.Int) terms.get(0)).value();
            for (int k = 1; k < terms.size(); k++) {
                IntExpr term = ((Typed.Int) terms.get(k)).value();
                sum = s.minus().get(k - 1) ? sum.minus(term) : sum.plus(term);
            }
            return new Typed.Int(sum);
        }
        List<Expr> values = new ArrayList<>();
        for (int k = 0; k < terms.size(); k++) {
            Typed term = terms.get(k);
            boolean minus = k > 0 && s.minus().get(k - 1);
            Expr value = minus && term instanceof Typed.Int i
                    ? Exprs.integer(i.value().negate())
                    : Resolver.asValue(term, s.terms().get(k), context);
            if (value != null) {
                values.add(minus && !(term instanceof Typed.Int) ? Exprs.neg(value) : value);
            }
            bad |= value == null;
        }
        return bad ? Typed.Bad.BAD : new Typed.Real(Exprs.add(values));
    }

    private static Typed negative(Node.Negative n, Context context) {
        Typed arg = Resolver.resolve(n.arg(), context);
        if (arg instanceof Typed.Int i) {
            return new Typed.Int(i.value().negate());
        }
        Expr value = Resolver.asValue(arg, n.arg(), context);
        return value == null ? Typed.Bad.BAD : new Typed.Real(Exprs.neg(value));
    }

    private static Typed product(Node.Product p, Context context) {
        Node first = p.factors().get(0);
        // -i * x is -(i * x): the sign belongs to the product, so that what is printed reads back as it was.
        Node.Negative sign = first instanceof Node.Negative n ? n : null;
        Typed head = Resolver.resolve(sign == null ? first : sign.arg(), context);
        List<Typed> factors = new ArrayList<>(List.of(head));
        List<Node> nodes = new ArrayList<>(List.of(first));
        List<Boolean> over = new ArrayList<>(List.of(false));
        boolean bad = head instanceof Typed.Bad;
        for (int k = 1; k < p.factors().size(); k++) {
            Node.Product.Op op = p.ops().get(k - 1);
            Node node = p.factors().get(k);
            Typed factor = Resolver.resolve(node, context);
            bad |= factor instanceof Typed.Bad;
            if (op == Node.Product.Op.TIMES || op == Node.Product.Op.OVER) {
                factors.add(factor);
                nodes.add(node);
                over.add(op == Node.Product.Op.OVER);
                continue;
            }
            IntExpr left = whole(factors, over, p, sign != null, context);
            IntExpr quotient = left == null ? null : quotient(op, left, factor, node, context);
            if (quotient == null) {
                return Typed.Bad.BAD;
            }
            sign = null;
            factors = new ArrayList<>(List.of(new Typed.Int(quotient)));
            nodes = new ArrayList<>(List.of(first));
            over = new ArrayList<>(List.of(false));
        }
        if (bad) {
            return Typed.Bad.BAD;
        }
        if (!over.contains(true) && factors.stream().allMatch(f -> f instanceof Typed.Int)) {
            IntExpr whole = whole(factors, over, p, sign != null, context);
            return whole == null ? Typed.Bad.BAD : new Typed.Int(whole);
        }
        return real(factors, nodes, over, sign != null, context);
    }

    private static Typed real(
            List<Typed> factors, List<Node> nodes, List<Boolean> over, boolean negated, Context context) {
        List<Expr> values = new ArrayList<>();
        if (negated) {
            values.add(Expr.Num.of(-1));
        }
        boolean bad = false;
        for (int k = 0; k < factors.size(); k++) {
            Expr value = Resolver.asValue(factors.get(k), nodes.get(k), context);
            if (value == null) {
                bad = true;
            } else if (over.get(k) && Exprs.isZero(value)) {
                context.error(Codes.L038, nodes.get(k).place(), "division by zero");
                bad = true;
            } else {
                values.add(over.get(k) ? Exprs.pow(value, Expr.Num.of(-1)) : value);
            }
        }
        return bad ? Typed.Bad.BAD : new Typed.Real(Exprs.mul(values));
    }

    /** The factors so far as one integer; null, and told, if they are none. */
    private static @Nullable IntExpr whole(
            List<Typed> factors, List<Boolean> over, Node.Product p, boolean negated, Context context) {
        if (over.contains(true)) {
            context.error(Diagnostic.error(Codes.L031.name(), p.place(), "`/` divides values and gives no integer")
                    .help("write `div` for the quotient rounded down, `mod` for the remainder"));
            return null;
        }
        IntExpr product = IntExpr.of(negated ? -1 : 1);
        for (int k = 0; k < factors.size(); k++) {
            if (factors.get(k) instanceof Typed.Bad) {
                return null;
            }
            if (!(factors.get(k) instanceof Typed.Int i)) {
                Resolver.noInteger(p.factors().get(k), factors.get(k), context);
                return null;
            }
            product = product.times(i.value());
        }
        return product;
    }

    private static @Nullable IntExpr quotient(
            Node.Product.Op op, IntExpr left, Typed right, Node node, Context context) {
        if (right instanceof Typed.Bad) {
            return null;
        }
        if (!(right instanceof Typed.Int divisor)) {
            Resolver.noInteger(node, right, context);
            return null;
        }
        IntExpr by = divisor.value();
        if (by.isConstant() && by.constant() < 1) {
            context.error(Codes.L038, node.place(), "a divisor must be at least 1, this is " + by.constant());
            return null;
        }
        if (!by.isConstant()) {
            context.work().owe(new Obligation(by.toString(), "", -1, by, IntExpr.ZERO, context, node.place()));
        }
        return op == Node.Product.Op.DIV ? left.floorDiv(by) : left.mod(by);
    }

    private static Typed power(Node.Power p, Context context) {
        Expr base = Resolver.value(p.base(), context);
        Expr exponent = Resolver.value(p.exponent(), context);
        if (base == null || exponent == null) {
            return Typed.Bad.BAD;
        }
        if (base instanceof Expr.Num b && exponent instanceof Expr.Num e) {
            if (Exprs.isZero(base) && e.value().signum() < 0) {
                context.error(Codes.L038, p.place(), "division by zero");
                return Typed.Bad.BAD;
            }
            long bits = Math.max(
                    b.value().getNumerator().bitLength(),
                    b.value().getDenominator().bitLength());
            if (bits > 1 && bits * Math.abs(e.value().doubleValue()) > MOST_BITS) {
                context.error(Codes.L013, p.place(), "this number is too large");
                return Typed.Bad.BAD;
            }
        }
        return new Typed.Real(Exprs.pow(base, exponent));
    }

    private static Typed extremum(Node.Extremum x, Context context) {
        Typed left = Resolver.resolve(x.left(), context);
        Typed right = Resolver.resolve(x.right(), context);
        if (left instanceof Typed.Int l && right instanceof Typed.Int r) {
            return new Typed.Int(x.max() ? l.value().max(r.value()) : l.value().min(r.value()));
        }
        Expr l = Resolver.asValue(left, x.left(), context);
        Expr r = Resolver.asValue(right, x.right(), context);
        return l == null || r == null ? Typed.Bad.BAD : new Typed.Real(new Expr.Extremum(x.max(), l, r));
    }
}

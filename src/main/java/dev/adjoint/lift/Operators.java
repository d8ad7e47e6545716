package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BinaryExpr;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.Atom;
import dev.adjoint.index.Constraint;
import dev.adjoint.index.IntExpr;
import java.util.List;
import java.util.Optional;

/** Java's operators, {@code int} and floating point told apart: {@code 1/2} is 0. */
final class Operators {
    private final Machine machine;

    Operators(Machine machine) {
        this.machine = machine;
    }

    Value negate(Value value, Node node) {
        if (value instanceof Value.Int i) {
            return new Value.Int(Ints.map(i.tree(), e -> Ints.leaf(e.negate())));
        }
        return new Value.Real(Exprs.neg(machine.expressions.real(value, node)));
    }

    Value apply(BinaryExpr.Operator operator, Value left, Value right, Node node) {
        Rel rel = switch (operator) {
            case LESS -> Rel.LT;
            case LESS_EQUALS -> Rel.LE;
            case GREATER -> Rel.GT;
            case GREATER_EQUALS -> Rel.GE;
            case EQUALS -> Rel.EQ;
            case NOT_EQUALS -> Rel.NE;
            default -> null;
        };
        if (rel != null) {
            return new Value.Truth(compare(rel, left, right, node));
        }
        if (left instanceof Value.Truth a && right instanceof Value.Truth b) {
            return new Value.Truth(
                    switch (operator) {
                        case AND, BINARY_AND -> Cond.and(a.value(), b.value());
                        case OR, BINARY_OR -> Cond.or(List.of(a.value(), b.value()));
                        default -> throw new Refusal(Messages.TYPE, node, "`" + operator.asString() + "` is not read");
                    });
        }
        if (left instanceof Value.Int a && right instanceof Value.Int b) {
            return new Value.Int(integer(operator, a.tree(), b.tree(), node));
        }
        Expr a = machine.expressions.real(left, node);
        Expr b = machine.expressions.real(right, node);
        return new Value.Real(
                switch (operator) {
                    case PLUS -> Exprs.add(a, b);
                    case MINUS -> Exprs.sub(a, b);
                    case MULTIPLY -> Exprs.mul(a, b);
                    case DIVIDE -> quotient(a, b, node);
                    default ->
                        throw new Refusal(
                                Messages.TYPE, node, "`" + operator.asString() + "` of real numbers is not read");
                });
    }

    private static Expr quotient(Expr a, Expr b, Node node) {
        if (Exprs.isZero(b)) {
            throw new Refusal(Messages.DIVISOR, node, "`" + node + "` divides by zero");
        }
        return Exprs.div(a, b);
    }

    private Cond compare(Rel rel, Value left, Value right, Node node) {
        if (left instanceof Value.Int a && right instanceof Value.Int b) {
            boolean zero = b.tree().equals(Ints.leaf(0)) && (rel == Rel.EQ || rel == Rel.NE);
            return Ints.compare(rel, zero ? remainder(a.tree()) : a.tree(), b.tree());
        }
        if (left instanceof Value.Null || right instanceof Value.Null) {
            boolean both = left instanceof Value.Null && right instanceof Value.Null;
            return both == (rel == Rel.EQ) ? Cond.TRUE : Cond.FALSE;
        }
        if (left instanceof Value.Truth a && right instanceof Value.Truth b) {
            Cond same = Cond.or(List.of(
                    Cond.and(a.value(), b.value()), Cond.and(Conditions.not(a.value()), Conditions.not(b.value()))));
            return rel == Rel.EQ ? same : Conditions.not(same);
        }
        if (left instanceof Value.Array || right instanceof Value.Array) {
            throw new Refusal(Messages.ALIAS, node, "`" + node + "` asks whether two arrays are one");
        }
        Expr a = machine.expressions.real(left, node);
        Expr b = machine.expressions.real(right, node);
        if (a instanceof Expr.Num x && b instanceof Expr.Num y) {
            return rel.holds(x.value().compareTo(y.value())) ? Cond.TRUE : Cond.FALSE;
        }
        return Cond.values(rel, a, b);
    }

    /** {@code a % b == 0} is {@code a mod b == 0}, whatever the sign of {@code a}. */
    private static Expr remainder(Expr tree) {
        if (tree instanceof Expr.Select s
                && s.then() instanceof Expr.IntValue up
                && s.otherwise() instanceof Expr.IntValue down
                && up.value().atoms().size() == 1
                && up.value().atoms().iterator().next() instanceof Atom.Mod mod
                && up.value().equals(IntExpr.of(mod))
                && down.value().equals(mod.num().negate().mod(mod.den()).negate())) {
            return up;
        }
        return tree;
    }

    private Expr integer(BinaryExpr.Operator operator, Expr left, Expr right, Node node) {
        return switch (operator) {
            case PLUS -> Ints.combine(left, right, IntExpr::plus);
            case MINUS -> Ints.combine(left, right, IntExpr::minus);
            case MULTIPLY -> Ints.combine(left, right, IntExpr::times);
            case DIVIDE -> Ints.map(left, a -> Ints.map(right, b -> divide(a, b, true, node)));
            case REMAINDER -> Ints.map(left, a -> Ints.map(right, b -> divide(a, b, false, node)));
            case LEFT_SHIFT -> Ints.combine(left, Ints.leaf(power(right, node)), IntExpr::times);
            case SIGNED_RIGHT_SHIFT -> Ints.combine(left, Ints.leaf(power(right, node)), IntExpr::floorDiv);
            case BINARY_AND -> Ints.combine(left, Ints.leaf(mask(right, node)), IntExpr::mod);
            default ->
                throw new Refusal(
                        Messages.TYPE, node, "`" + operator.asString() + "` of integers is no arithmetic of numbers");
        };
    }

    /** {@code 2^n}. */
    private static long power(Expr n, Node node) {
        Optional<Long> bits = Ints.single(n).filter(IntExpr::isConstant).map(IntExpr::constant);
        return bits.filter(b -> b >= 0 && b < 31)
                .map(b -> 1L << b)
                .orElseThrow(() -> new Refusal(Messages.TYPE, node, "a shift by a number that is not known"));
    }

    /** {@code 2^n} of the mask {@code 2^n - 1}. */
    private static long mask(Expr e, Node node) {
        return Ints.single(e)
                .filter(IntExpr::isConstant)
                .map(m -> m.constant() + 1)
                .filter(m -> m > 0 && Long.bitCount(m) == 1)
                .orElseThrow(() -> new Refusal(Messages.TYPE, node, "`&` of integers is no arithmetic of numbers"));
    }

    /**
     * Java's division rounds towards zero: {@code a/b = a div b} for {@code a >= 0}, {@code -((-a) div b)} else; the
     * remainder likewise.
     */
    Expr divide(IntExpr a, IntExpr b, boolean quotient, Node node) {
        if (!machine.isExact()) {
            return ((Value.Int) machine.dummy(ArrayInfo.Kind.INT)).tree();
        }
        machine.demandKnown(b);
        if (b.isConstant() && b.constant() < 0) {
            Expr positive = divide(a, b.negate(), quotient, node);
            return quotient ? Ints.map(positive, e -> Ints.leaf(e.negate())) : positive;
        }
        if (!machine.domain.impliesLe(IntExpr.ONE, b)) {
            throw new Refusal(
                            Messages.DIVISOR,
                            node,
                            "`" + node + "`: the divisor " + Machine.text(b) + " is not shown to be positive")
                    .help("`assume` in the layer that it is");
        }
        dev.adjoint.index.Domain known = machine.facts.about(machine.domain, a);
        Expr up = Ints.leaf(known.simplify(quotient ? a.floorDiv(b) : a.mod(b)));
        if (known.impliesLe(IntExpr.ZERO, a) || known.implies(Constraint.eq(a.mod(b), IntExpr.ZERO))) {
            return up;
        }
        IntExpr minus = a.negate();
        Expr down = Ints.leaf((quotient ? minus.floorDiv(b) : minus.mod(b)).negate());
        if (known.impliesLe(a, IntExpr.ZERO)) {
            return down;
        }
        return Ints.select(Cond.ints(Rel.GE, a, IntExpr.ZERO), up, down);
    }

    /** {@code a/b} of integers, where a real number is one. */
    private record Ratio(IntExpr over, IntExpr under) {
        static Optional<Ratio> of(Expr e) {
            IntExpr over = IntExpr.ONE;
            IntExpr under = IntExpr.ONE;
            for (Expr factor : e instanceof Expr.Mul m ? m.factors() : List.of(e)) {
                if (factor instanceof Expr.Num n) {
                    over = over.times(IntExpr.of(n.value().getNumerator().longValueExact()));
                    under = under.times(IntExpr.of(n.value().getDenominator().longValueExact()));
                } else if (factor instanceof Expr.IntValue v) {
                    over = over.times(v.value());
                } else if (factor instanceof Expr.Pow p
                        && p.base() instanceof Expr.IntValue v
                        && p.exponent().equals(Expr.Num.of(-1))) {
                    under = under.times(v.value());
                } else {
                    return Optional.empty();
                }
            }
            return Optional.of(new Ratio(over, under));
        }
    }

    /** {@code (int) x}: towards zero. */
    Expr truncated(Expr e, Node node) {
        if (!machine.isExact()) {
            return ((Value.Int) machine.dummy(ArrayInfo.Kind.INT)).tree();
        }
        Ratio ratio = ratio(e, node);
        return divide(ratio.over(), ratio.under(), true, node);
    }

    /** {@code (int) Math.floor(x)}, {@code (int) Math.ceil(x)}. */
    Expr rounded(Expr e, boolean up, Node node) {
        if (!machine.isExact()) {
            return ((Value.Int) machine.dummy(ArrayInfo.Kind.INT)).tree();
        }
        Ratio ratio = ratio(e, node);
        if (!machine.domain.impliesLe(IntExpr.ONE, ratio.under())) {
            throw new Refusal(
                    Messages.DIVISOR,
                    node,
                    "the divisor " + Machine.text(ratio.under()) + " is not shown to be" + " positive");
        }
        IntExpr over = up ? ratio.over().plus(ratio.under()).minus(1) : ratio.over();
        return Ints.leaf(machine.domain.simplify(over.floorDiv(ratio.under())));
    }

    private static Ratio ratio(Expr e, Node node) {
        return Ratio.of(e)
                .orElseThrow(() -> new Refusal(
                        Messages.TYPE,
                        node,
                        "`" + node + "` makes an int of a real number that is no ratio of integers"));
    }
}

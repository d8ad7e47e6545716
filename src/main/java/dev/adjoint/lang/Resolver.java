package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what an expression means: its sort and its value, integers where integers are wanted. What is wrong is told
 * to the context once; whatever contains it is {@link Typed#BAD} without a further word.
 */
final class Resolver {
    private Resolver() {}

    static Typed resolve(Node node, Context context) {
        if (!context.work().count(node.place())) {
            return Typed.Bad.BAD;
        }
        try {
            return sortOut(node, context);
        } catch (ArithmeticException overflow) {
            String message =
                    overflow.getMessage() != null && overflow.getMessage().startsWith("division by zero")
                            ? overflow.getMessage()
                            : "this integer does not fit 64 bits";
            context.error(Codes.L038, node.place(), message);
            return Typed.Bad.BAD;
        }
    }

    private static Typed sortOut(Node node, Context context) {
        if (node instanceof Node.Numeral n) {
            return n.whole()
                    ? new Typed.Int(IntExpr.of(n.value().longValue()))
                    : new Typed.Real(new Expr.Num(n.value(), n.text()));
        }
        if (node instanceof Node.Access a) {
            return Accesses.resolve(a, context);
        }
        if (node instanceof Node.Call c) {
            return Calls.resolve(c, context);
        }
        if (node instanceof Node.Reduction r) {
            return Reductions.resolve(r, context);
        }
        if (node instanceof Node.Extremum || node instanceof Node.Sum || node instanceof Node.Product) {
            return Arithmetic.resolve(node, context);
        }
        if (node instanceof Node.Negative || node instanceof Node.Power) {
            return Arithmetic.resolve(node, context);
        }
        if (node instanceof Node.Group g) {
            return resolve(g.inner(), context);
        }
        if (node instanceof Node.Bracket b) {
            Cond condition = condition(b.condition(), context.inIndex(false));
            return condition == null ? Typed.Bad.BAD : new Typed.Real(Exprs.iverson(condition));
        }
        if (node instanceof Node.Derivative d) {
            return derivative(d, context);
        }
        if (node instanceof Node.Choice c) {
            return choice(c, context);
        }
        if (node instanceof Node.Slice) {
            context.error(Codes.L030, node.place(), "a whole axis `:` stands in the argument of a definition only");
            return Typed.Bad.BAD;
        }
        return Conditions.resolve(node, context);
    }

    private static Typed choice(Node.Choice c, Context context) {
        Cond condition = condition(c.condition(), context.inIndex(false));
        Facts facts = context.facts();
        Expr then = value(c.then(), condition == null ? context : context.facts(facts.where(condition)));
        Expr otherwise =
                value(c.otherwise(), condition == null ? context : context.facts(facts.where(Cond.not(condition))));
        return condition == null || then == null || otherwise == null
                ? Typed.Bad.BAD
                : new Typed.Real(Exprs.select(condition, then, otherwise));
    }

    private static Typed derivative(Node.Derivative d, Context context) {
        if (context.use() != Context.Use.CLAIM && context.use() != Context.Use.DEFINITION) {
            context.error(Codes.L054, d.place(), "a derivative stands in claims only");
            return Typed.Bad.BAD;
        }
        Expr arg = value(d.arg(), context.inIndex(false));
        Expr.Read by = Accesses.stored(d.by(), context.inIndex(false));
        if (arg == null || by == null) {
            return Typed.Bad.BAD;
        }
        if (by.ref().kind() == Ref.Kind.GRAD) {
            context.error(
                    Diagnostic.error(Codes.L054.name(), d.by().place(), "nothing can be differentiated by a gradient")
                            .help("differentiate by a tensor or by delta"));
            return Typed.Bad.BAD;
        }
        return new Typed.Real(new Expr.Deriv(arg, by.ref(), by.index()));
    }

    // ---- the sort that is wanted

    static @Nullable IntExpr integer(Node node, Context context) {
        Typed typed = resolve(node, context);
        if (typed instanceof Typed.Int i) {
            return i.value();
        }
        if (!(typed instanceof Typed.Bad)) {
            noInteger(node, typed, context);
        }
        return null;
    }

    /** Tells that an integer is wanted where something else stands. */
    static void noInteger(Node node, Typed typed, Context context) {
        Node slash = typed instanceof Typed.Real ? slash(node) : null;
        if (slash != null) {
            context.error(Diagnostic.error(Codes.L031.name(), slash.place(), "`/` divides values and gives no integer")
                    .help("write `div` for the quotient rounded down, `mod` for the remainder"));
        } else {
            context.error(
                    Codes.L030, node.place(), "an integer is wanted here, this is " + typed.sort() + advice(typed));
        }
    }

    /** The division that makes this a value instead of an integer, if one does. */
    private static @Nullable Node slash(Node node) {
        if (node instanceof Node.Product p && p.ops().contains(Node.Product.Op.OVER)) {
            return p;
        }
        if (node instanceof Node.Sum
                || node instanceof Node.Product
                || node instanceof Node.Group
                || node instanceof Node.Negative) {
            for (Node child : Nodes.children(node)) {
                Node found = slash(child);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static String advice(Typed typed) {
        return typed instanceof Typed.Whole whole ? ": " + whole.tensor().title() + " needs its indices" : "";
    }

    static @Nullable Expr value(Node node, Context context) {
        return asValue(resolve(node, context), node, context);
    }

    /** An integer or a value as a value; null, and told, for other sorts. */
    static @Nullable Expr asValue(Typed typed, Node node, Context context) {
        if (typed instanceof Typed.Int i) {
            return Exprs.integer(i.value());
        }
        if (typed instanceof Typed.Real r) {
            return r.value();
        }
        if (typed instanceof Typed.Whole whole) {
            context.error(Diagnostic.error(
                            Codes.L032.name(),
                            node.place(),
                            whole.tensor().title() + " has "
                                    + Accesses.count(whole.tensor().rank(), "axis", "axes")
                                    + " and stands here without an index")
                    .help("write " + whole.tensor().title()
                            + Accesses.example(whole.tensor().rank())));
        } else if (typed instanceof Typed.Truth) {
            context.error(
                    Diagnostic.error(Codes.L030.name(), node.place(), "a value is wanted here, this is a condition")
                            .help("write [condition] for 1 where it holds and 0 elsewhere"));
        }
        return null;
    }

    static @Nullable Cond condition(Node node, Context context) {
        Typed typed = resolve(node, context);
        if (typed instanceof Typed.Truth t) {
            return t.value();
        }
        if (!(typed instanceof Typed.Bad)) {
            context.error(Codes.L030, node.place(), "a condition is wanted here, this is " + typed.sort());
        }
        return null;
    }

    static @Nullable List<IntExpr> integers(List<Node> nodes, Context context) {
        List<IntExpr> values = new ArrayList<>();
        boolean good = true;
        for (Node node : nodes) {
            IntExpr value = integer(node, context);
            good &= value != null;
            values.add(value == null ? IntExpr.ZERO : value);
        }
        return good ? values : null;
    }
}

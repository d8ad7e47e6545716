package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.expr.Fun;
import dev.adjoint.expr.Rel;
import dev.adjoint.index.IntExpr;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code java.lang.Math}. */
final class MathCalls {
    private static final Map<String, Fun.Known> FUNCTIONS = Map.of(
            "exp", Fun.Known.EXP,
            "log", Fun.Known.LOG,
            "log1p", Fun.Known.LOG1P,
            "sqrt", Fun.Known.SQRT,
            "tanh", Fun.Known.TANH,
            "sin", Fun.Known.SIN,
            "cos", Fun.Known.COS,
            "floor", Fun.Known.FLOOR);

    private static final Set<String> BOXED = Set.of("max", "min", "sum");

    private final Machine machine;
    private final Operators operators;

    MathCalls(Machine machine) {
        this.machine = machine;
        this.operators = new Operators(machine);
    }

    /** {@code Float.max}, {@code Integer.min}, {@code Double.sum}. */
    static boolean isBoxed(String scope, MethodCallExpr call) {
        return Set.of("Float", "Double", "Integer").contains(scope) && BOXED.contains(call.getNameAsString());
    }

    Value call(MethodCallExpr call) {
        String name = call.getNameAsString();
        List<Expression> in = call.getArguments();
        int count = in.size();
        if (FUNCTIONS.containsKey(name) && count == 1) {
            return new Value.Real(Exprs.apply(FUNCTIONS.get(name), machine.expressions.real(in.get(0))));
        }
        if ((name.equals("max") || name.equals("min")) && count == 2) {
            return extremum(name.equals("max"), call);
        }
        if (name.equals("abs") && count == 1) {
            Value value = machine.expressions.value(in.get(0));
            return value instanceof Value.Int i
                    ? new Value.Int(Ints.map(i.tree(), e -> Ints.leaf(e.abs())))
                    : new Value.Real(Exprs.apply(Fun.Known.ABS, machine.expressions.real(value, call)));
        }
        if (name.equals("pow") && count == 2) {
            return new Value.Real(power(machine.expressions.real(in.get(0)), machine.expressions.real(in.get(1))));
        }
        if (name.equals("fma") && count == 3) {
            Expr product = Exprs.mul(machine.expressions.real(in.get(0)), machine.expressions.real(in.get(1)));
            return new Value.Real(Exprs.add(product, machine.expressions.real(in.get(2))));
        }
        if (name.equals("sum") && count == 2) {
            return machine.expressions.combine(
                    com.github.javaparser.ast.expr.BinaryExpr.Operator.PLUS,
                    machine.expressions.value(in.get(0)),
                    machine.expressions.value(in.get(1)),
                    call);
        }
        if (name.equals("expm1") && count == 1) {
            Expr e = machine.expressions.real(in.get(0));
            return new Value.Real(Exprs.sub(Exprs.apply(Fun.Known.EXP, e), Expr.Num.ONE));
        }
        if (name.equals("signum") && count == 1) {
            Expr e = machine.expressions.real(in.get(0));
            Expr down = Exprs.select(Cond.values(Rel.LT, e, Expr.Num.ZERO), Expr.Num.of(-1), Expr.Num.ZERO);
            return new Value.Real(Exprs.select(Cond.values(Rel.GT, e, Expr.Num.ZERO), Expr.Num.ONE, down));
        }
        return whole(call)
                .orElseThrow(() -> new Refusal(
                        Messages.CALL, call, "`" + call.getNameAsString() + "` of Math is no function that is read"));
    }

    /** {@code (int) Math.ceil(a / (double) b)}, {@code Math.floorDiv}, {@code Math.floorMod}. */
    Optional<Value> whole(MethodCallExpr call) {
        String name = call.getNameAsString();
        if ((name.equals("ceil") || name.equals("floor")) && call.getArguments().size() == 1) {
            Expr e = machine.expressions.real(call.getArgument(0));
            return Optional.of(new Value.Int(operators.rounded(e, name.equals("ceil"), call)));
        }
        if ((name.equals("floorDiv") || name.equals("floorMod"))
                && call.getArguments().size() == 2) {
            Expr a = machine.expressions.integer(call.getArgument(0));
            Expr b = machine.expressions.integer(call.getArgument(1));
            return Optional.of(new Value.Int(Ints.map(
                    a, x -> Ints.map(b, y -> floored(x, y, name.equals("floorDiv"), call)))));
        }
        return Optional.empty();
    }

    private Expr floored(IntExpr a, IntExpr b, boolean quotient, Node node) {
        if (machine.isExact() && !machine.domain.impliesLe(IntExpr.ONE, b)) {
            throw new Refusal(
                    Messages.DIVISOR, node, "the divisor " + Machine.text(b) + " is not shown to be positive");
        }
        IntExpr value = quotient ? a.floorDiv(b) : a.mod(b);
        return Ints.leaf(machine.isExact() ? machine.domain.simplify(value) : value);
    }

    private Value extremum(boolean max, MethodCallExpr call) {
        Value left = machine.expressions.value(call.getArgument(0));
        Value right = machine.expressions.value(call.getArgument(1));
        if (left instanceof Value.Int a && right instanceof Value.Int b) {
            Expr tree = Ints.combine(a.tree(), b.tree(), max ? IntExpr::max : IntExpr::min);
            return new Value.Int(machine.isExact() ? Ints.map(tree, e -> Ints.leaf(machine.domain.simplify(e))) : tree);
        }
        Expr a = machine.expressions.real(left, call.getArgument(0));
        Expr b = machine.expressions.real(right, call.getArgument(1));
        return new Value.Real(new Expr.Extremum(max, a, b));
    }

    /** {@code e^x} is {@code exp(x)}. */
    private static Expr power(Expr base, Expr exponent) {
        boolean e = base instanceof Expr.Apply a && a.fun() == Fun.Known.EXP && Exprs.isOne(a.arg());
        return e ? Exprs.apply(Fun.Known.EXP, exponent) : Exprs.pow(base, exponent);
    }
}

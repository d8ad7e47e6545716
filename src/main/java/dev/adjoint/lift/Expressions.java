package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.ArrayAccessExpr;
import com.github.javaparser.ast.expr.ArrayCreationExpr;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.CastExpr;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.LongLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.NullLiteralExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.expr.VariableDeclarationExpr;
import com.github.javaparser.ast.type.PrimitiveType;
import dev.adjoint.expr.Cond;
import dev.adjoint.expr.Expr;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;

/** Expressions: what they evaluate to, in the state in which they stand. */
final class Expressions {
    private final Machine machine;
    private final Operators operators;

    Expressions(Machine machine) {
        this.machine = machine;
        this.operators = new Operators(machine);
    }

    /** Evaluates for the effect alone. */
    void run(Expression e) {
        if (e instanceof VariableDeclarationExpr v) {
            v.getVariables().forEach(machine.assignments::declare);
        } else {
            value(e);
        }
    }

    Value value(Expression e) {
        if (e instanceof EnclosedExpr inner) {
            return value(inner.getInner());
        }
        if (e instanceof IntegerLiteralExpr i) {
            return new Value.Int(Ints.leaf(i.asNumber().longValue()));
        }
        if (e instanceof LongLiteralExpr i) {
            return new Value.Int(Ints.leaf(i.asNumber().longValue()));
        }
        if (e instanceof DoubleLiteralExpr d) {
            return new Value.Real(Literals.number(d));
        }
        if (e instanceof BooleanLiteralExpr b) {
            return new Value.Truth(b.getValue() ? Cond.TRUE : Cond.FALSE);
        }
        if (e instanceof NullLiteralExpr) {
            return new Value.Null();
        }
        if (e instanceof NameExpr n) {
            return load(machine.assignments.variable(n.getNameAsString(), n), n);
        }
        if (e instanceof FieldAccessExpr f) {
            return field(f);
        }
        if (e instanceof ArrayAccessExpr a) {
            Value.Array array = element(a);
            return machine.accesses.isEntry(array) ? machine.accesses.read(array, a) : array;
        }
        if (e instanceof UnaryExpr u) {
            return unary(u);
        }
        if (e instanceof BinaryExpr b) {
            return binary(b);
        }
        if (e instanceof ConditionalExpr c) {
            return conditional(c);
        }
        if (e instanceof AssignExpr a) {
            return machine.assignments.assign(a);
        }
        if (e instanceof CastExpr c) {
            return cast(c);
        }
        if (e instanceof ArrayCreationExpr c) {
            return machine.assignments.create(c);
        }
        if (e instanceof MethodCallExpr c) {
            return machine.calls.call(c);
        }
        throw Statements.unread(e, Statements.construct(e));
    }

    /** What a variable holds. */
    Value load(Value value, Node node) {
        if (value instanceof Value.Variable v) {
            return new Value.Real(machine.content(v.id()).read(List.of(), machine.domain, machine.facts));
        }
        if (value instanceof Value.Unknown u) {
            throw u.why();
        }
        return value;
    }

    Expr real(Expression e) {
        return real(value(e), e);
    }

    Expr real(Value value, Node node) {
        if (value instanceof Value.Real r) {
            return r.value();
        }
        if (value instanceof Value.Int i) {
            return Ints.real(i.tree());
        }
        throw new Refusal(Messages.TYPE, node, "`" + node + "` is no number");
    }

    /** The tree of an {@code int}. */
    Expr integer(Expression e) {
        return integer(value(e), e);
    }

    Expr integer(Value value, Node node) {
        if (value instanceof Value.Int i) {
            return i.tree();
        }
        throw new Refusal(Messages.TYPE, node, "`" + node + "` is no int");
    }

    /** The one formula of an integer. */
    IntExpr plain(Expr tree, Node node) {
        return Ints.single(tree)
                .orElseThrow(() -> new Refusal(
                        Messages.UNKNOWN, node, "`" + node + "` is one integer or another, depending on conditions"));
    }

    Cond truth(Expression e) {
        Value value = value(e);
        if (value instanceof Value.Truth t) {
            return t.value();
        }
        throw new Refusal(Messages.TYPE, e, "`" + e + "` is no condition");
    }

    Value.Array array(Expression e) {
        Value value = value(e);
        if (value instanceof Value.Array a) {
            return a;
        }
        throw new Refusal(Messages.TYPE, e, "`" + e + "` is no array that can be followed");
    }

    /** The entry, or the part of an array, that brackets lead to. */
    Value.Array element(ArrayAccessExpr a) {
        Value.Array base = array(a.getName());
        if (machine.accesses.isEntry(base)) {
            throw new Refusal(Messages.SHAPE, a, "`" + a + "` has more brackets than its tensor has axes");
        }
        List<Expr> prefix = new ArrayList<>(base.prefix());
        prefix.add(integer(a.getIndex()));
        return new Value.Array(base.id(), prefix);
    }

    private Value field(FieldAccessExpr f) {
        String scope = f.getScope().toString();
        if (scope.equals("this")) {
            return load(machine.assignments.field(f.getNameAsString(), f), f);
        }
        Value constant = Literals.constant(scope, f.getNameAsString());
        if (constant != null) {
            if (constant instanceof Value.Real && f.getNameAsString().equals("MAX_VALUE")) {
                machine.notes.add("`" + f + "` is read as infinity");
            }
            return constant;
        }
        if (f.getScope() instanceof NameExpr name
                && !machine.assignments.isVariable(name.getNameAsString())
                && Character.isUpperCase(name.getNameAsString().charAt(0))) {
            return machine.calls.constant(machine.calls.type(name.getNameAsString(), f), f.getNameAsString(), f);
        }
        if (f.getNameAsString().equals("length")) {
            return new Value.Int(Ints.leaf(machine.accesses.length(array(f.getScope()), f)));
        }
        throw Statements.unread(f, "the field `" + f + "` of another object");
    }

    private Value unary(UnaryExpr u) {
        return switch (u.getOperator()) {
            case PLUS -> value(u.getExpression());
            case MINUS -> operators.negate(value(u.getExpression()), u);
            case LOGICAL_COMPLEMENT -> new Value.Truth(Conditions.not(truth(u.getExpression())));
            case BITWISE_COMPLEMENT -> throw new Refusal(Messages.TYPE, u, "`~` is no arithmetic of numbers");
            case PREFIX_INCREMENT, PREFIX_DECREMENT, POSTFIX_INCREMENT, POSTFIX_DECREMENT ->
                machine.assignments.step(u);
        };
    }

    private Value binary(BinaryExpr b) {
        if (b.getOperator() == BinaryExpr.Operator.AND || b.getOperator() == BinaryExpr.Operator.OR) {
            boolean and = b.getOperator() == BinaryExpr.Operator.AND;
            Cond left = truth(b.getLeft());
            if (machine.isExact() && left.equals(and ? Cond.FALSE : Cond.TRUE)) {
                return new Value.Truth(left);
            }
            Cond[] right = new Cond[1];
            State before = machine.state.copy();
            machine.where(and ? left : Conditions.not(left), () -> right[0] = truth(b.getRight()));
            if (!before.variables.equals(machine.state.variables)) {
                throw Statements.unread(b, "a condition that changes variables");
            }
            return new Value.Truth(and ? Cond.and(left, right[0]) : Cond.or(List.of(left, right[0])));
        }
        Value left = value(b.getLeft());
        Value right = value(b.getRight());
        return operators.apply(b.getOperator(), left, right, b);
    }

    Value combine(BinaryExpr.Operator operator, Value left, Value right, Node node) {
        return operators.apply(operator, left, right, node);
    }

    private Value conditional(ConditionalExpr c) {
        Cond condition = truth(c.getCondition());
        Value[] sides = new Value[2];
        machine.choose(
                condition,
                () -> sides[0] = value(c.getThenExpr()),
                () -> sides[1] = value(c.getElseExpr()),
                c.getCondition());
        if (sides[0] == null || sides[1] == null) {
            return sides[0] == null ? sides[1] : sides[0];
        }
        Value a = sides[0];
        Value b = sides[1];
        if (a instanceof Value.Real != b instanceof Value.Real && !(a instanceof Value.Truth)) {
            a = new Value.Real(real(a, c.getThenExpr()));
            b = new Value.Real(real(b, c.getElseExpr()));
        }
        Refusal mixed = new Refusal(Messages.ALIAS, c, "`" + c + "` is one array or another");
        Value merged = State.merge(condition, a, b, machine.state, machine.state, mixed);
        return load(merged, c);
    }

    private Value cast(CastExpr c) {
        if (!(c.getType() instanceof PrimitiveType type)) {
            throw new Refusal(Messages.TYPE, c, "a cast to `" + c.getType() + "` is no arithmetic of numbers");
        }
        switch (type.getType()) {
            case FLOAT, DOUBLE -> {
                return new Value.Real(real(c.getExpression()));
            }
            case INT, LONG -> {
                Value value = machine.calls.rounded(c.getExpression());
                if (value instanceof Value.Int) {
                    return value;
                }
                return new Value.Int(operators.truncated(real(value, c), c));
            }
            default -> throw new Refusal(Messages.TYPE, c, "`" + type + "` is no type of numbers that is read");
        }
    }
}

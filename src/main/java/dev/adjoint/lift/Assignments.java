package dev.adjoint.lift;

import com.github.javaparser.ast.ArrayCreationLevel;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.ArrayAccessExpr;
import com.github.javaparser.ast.expr.ArrayCreationExpr;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import dev.adjoint.index.IntExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Variables and entries of arrays: declared, assigned, accumulated into. */
final class Assignments {
    private final Machine machine;

    Assignments(Machine machine) {
        this.machine = machine;
    }

    // ---- variables

    boolean isVariable(String name) {
        return machine.state.variables.containsKey(machine.key(name))
                || machine.state.variables.containsKey("this." + name);
    }

    private String keyOf(String name) {
        String local = machine.key(name);
        if (machine.state.variables.containsKey(local)) {
            return local;
        }
        return "this." + name;
    }

    Value variable(String name, Node node) {
        Value local = machine.state.variables.get(machine.key(name));
        return local != null ? local : field(name, node);
    }

    Value field(String name, Node node) {
        Value known = machine.state.variables.get("this." + name);
        if (known != null && machine.frame().type() == machine.frames.getLast().type()) {
            return known;
        }
        return machine.calls.constant(machine.frame().type(), name, node);
    }

    void declare(VariableDeclarator v) {
        String key = machine.key(v.getNameAsString());
        Optional<Expression> initial = v.getInitializer();
        String type = v.getType().asString();
        if (initial.isEmpty()) {
            boolean real = type.equals("float") || type.equals("double");
            Refusal unset = new Refusal(Messages.UNKNOWN, v, "`" + v.getNameAsString() + "` is not set on every path");
            machine.set(
                    key,
                    real
                            ? machine.variable(v.getNameAsString(), machine.unknownReal(unset))
                            : type.equals("int") || type.equals("long")
                                    ? new Value.Int(machine.unknownInt(unset))
                                    : new Value.Unknown(unset));
            return;
        }
        Value value = machine.expressions.value(initial.get());
        machine.set(key, stored(v.getNameAsString(), type, value, initial.get()));
    }

    /** A value as a variable of a type holds it. */
    Value stored(String name, String type, Value value, Node node) {
        return switch (type) {
            case "float", "double" -> machine.variable(name, machine.expressions.real(value, node));
            case "int", "long", "short" -> new Value.Int(machine.expressions.integer(value, node));
            case "byte", "char" -> throw new Refusal(Messages.TYPE, node, "`" + type + "` is no type of numbers");
            case "var" -> value instanceof Value.Real r ? machine.variable(name, r.value()) : value;
            default -> value;
        };
    }

    // ---- new arrays

    Value create(ArrayCreationExpr c) {
        if (c.getInitializer().isPresent()) {
            throw Statements.unread(c, "an array with its entries listed");
        }
        ArrayInfo.Kind kind = switch (c.getElementType().asString()) {
            case "float", "double" -> ArrayInfo.Kind.REAL;
            case "int", "long", "short" -> ArrayInfo.Kind.INT;
            default -> throw new Refusal(Messages.TYPE, c, "an array of `" + c.getElementType() + "` is not read");
        };
        List<List<IntExpr>> brackets = new ArrayList<>();
        for (ArrayCreationLevel level : c.getLevels()) {
            if (level.getDimension().isEmpty()) {
                throw Statements.unread(c, "an array whose rows are made later");
            }
            brackets.add(factors(level.getDimension().get()));
        }
        return machine.isExact() ? fresh(c, kind, brackets) : fresh("new", "", kind, brackets);
    }

    private Value fresh(ArrayCreationExpr c, ArrayInfo.Kind kind, List<List<IntExpr>> brackets) {
        for (List<IntExpr> bracket : brackets) {
            for (IntExpr extent : bracket) {
                machine.demandKnown(extent);
            }
        }
        String name = c.getParentNode()
                .filter(VariableDeclarator.class::isInstance)
                .map(p -> ((VariableDeclarator) p).getNameAsString())
                .orElse("the array of line " + JavaFile.place(c).line());
        return fresh(name, JavaFile.place(c).toString(), kind, brackets);
    }

    /** An array of zeros; the length in each pair of brackets is a product, whose factors are axes. */
    Value fresh(String name, String site, ArrayInfo.Kind kind, List<List<IntExpr>> brackets) {
        List<Layouts.Shape> candidates = new ArrayList<>();
        List<IntExpr> extents = new ArrayList<>();
        List<List<Integer>> layout = new ArrayList<>();
        List<IntExpr> lengths = new ArrayList<>();
        List<List<Integer>> plain = new ArrayList<>();
        for (List<IntExpr> bracket : brackets) {
            List<Integer> axes = new ArrayList<>();
            IntExpr length = IntExpr.ONE;
            for (IntExpr extent : bracket) {
                axes.add(extents.size());
                extents.add(extent);
                length = length.times(extent);
            }
            layout.add(axes);
            plain.add(List.of(lengths.size()));
            lengths.add(length);
        }
        candidates.add(new Layouts.Shape(extents, layout));
        if (extents.size() > lengths.size()) {
            candidates.add(new Layouts.Shape(lengths, plain));
        }
        Layouts.Shape shape = site.isEmpty() ? candidates.get(0) : machine.layouts.shape(site, candidates);
        int id = machine.allocate(new ArrayInfo(name, shape.extents(), shape.layout(), kind, site));
        Expr zero = kind == ArrayInfo.Kind.INT ? Ints.leaf(0) : Expr.Num.ZERO;
        machine.state.cells.put(id, Content.of(shape.extents().size(), zero));
        return new Value.Array(id, List.of());
    }

    private List<IntExpr> factors(Expression e) {
        List<IntExpr> factors = new ArrayList<>();
        if (e instanceof EnclosedExpr inner) {
            return factors(inner.getInner());
        }
        if (e instanceof BinaryExpr b && b.getOperator() == BinaryExpr.Operator.MULTIPLY) {
            factors.addAll(factors(b.getLeft()));
            factors.addAll(factors(b.getRight()));
            return factors;
        }
        Expr tree = machine.expressions.integer(e);
        factors.add(
                machine.isExact()
                        ? machine.expressions.plain(tree, e)
                        : Ints.single(tree).orElse(IntExpr.ONE));
        return factors;
    }

    // ---- assignments

    Value assign(AssignExpr a) {
        Expression target = inner(a.getTarget());
        if (a.getOperator() == AssignExpr.Operator.ASSIGN) {
            Optional<Sum> sum = Sum.of(target, a.getValue());
            if (sum.isPresent()) {
                return accumulate(target, sum.get(), a);
            }
            return set(target, a.getValue());
        }
        if (target instanceof ArrayAccessExpr access) {
            return compound(access, a);
        }
        BinaryExpr.Operator operator = operator(a);
        Value present = machine.expressions.value(target);
        boolean adds = operator == BinaryExpr.Operator.PLUS || operator == BinaryExpr.Operator.MINUS;
        Value right = machine.expressions.value(a.getValue());
        if (present instanceof Value.Real && adds) {
            Expr e = machine.expressions.real(right, a.getValue());
            return add(target, operator == BinaryExpr.Operator.PLUS ? e : Exprs.neg(e), a);
        }
        return store(target, narrow(present, machine.expressions.combine(operator, present, right, a), a), a);
    }

    /** {@code i += 0.5} of an int rounds, silently. */
    private static Value narrow(Value before, Value after, Node node) {
        if (before instanceof Value.Int && !(after instanceof Value.Int)) {
            throw new Refusal(Messages.TYPE, node, "`" + node + "` makes an int of a real number");
        }
        return after;
    }

    private static BinaryExpr.Operator operator(AssignExpr a) {
        return a.getOperator()
                .toBinaryOperator()
                .orElseThrow(() ->
                        new Refusal(Messages.TYPE, a, "`" + a.getOperator().asString() + "` is not read"));
    }

    private static Expression inner(Expression e) {
        return e instanceof EnclosedExpr x ? inner(x.getInner()) : e;
    }

    private Value compound(ArrayAccessExpr access, AssignExpr a) {
        Value.Array array = machine.expressions.element(access);
        if (!machine.accesses.isEntry(array)) {
            throw new Refusal(Messages.TYPE, a, "`" + access + "` is a whole array");
        }
        BinaryExpr.Operator operator = operator(a);
        boolean adds = operator == BinaryExpr.Operator.PLUS || operator == BinaryExpr.Operator.MINUS;
        if (machine.info(array.id()).kind() == ArrayInfo.Kind.REAL && adds) {
            Expr e = machine.expressions.real(a.getValue());
            machine.accesses.add(array, operator == BinaryExpr.Operator.PLUS ? e : Exprs.neg(e), access);
            return new Value.Nothing();
        }
        Value present = machine.accesses.read(array, access);
        Value right = machine.expressions.value(a.getValue());
        Value value = narrow(present, machine.expressions.combine(operator, present, right, a), a);
        machine.accesses.assign(array, raw(array, value, a), access);
        return value;
    }

    private Value accumulate(Expression target, Sum sum, AssignExpr a) {
        Value present = target instanceof ArrayAccessExpr ? null : machine.expressions.value(target);
        boolean real = present == null
                ? machine.info(machine.expressions
                                        .element((ArrayAccessExpr) target)
                                        .id())
                                .kind()
                        == ArrayInfo.Kind.REAL
                : present instanceof Value.Real;
        if (!real) {
            return set(target, a.getValue());
        }
        if (target instanceof ArrayAccessExpr access) {
            Value.Array array = machine.expressions.element(access);
            machine.accesses.add(array, sum.rest(machine.expressions), access);
            return new Value.Nothing();
        }
        return add(target, sum.rest(machine.expressions), a);
    }

    private Value set(Expression target, Expression value) {
        if (target instanceof ArrayAccessExpr access) {
            Value.Array array = machine.expressions.element(access);
            Value right = machine.expressions.value(value);
            if (!machine.accesses.isEntry(array)) {
                throw new Refusal(
                        Messages.ALIAS, target, "`" + target + "` becomes another array; copy its entries instead");
            }
            machine.accesses.assign(array, raw(array, right, value), access);
            return right;
        }
        return store(target, machine.expressions.value(value), value);
    }

    private Expr raw(Value.Array array, Value value, Node node) {
        return machine.info(array.id()).kind() == ArrayInfo.Kind.INT
                ? machine.expressions.integer(value, node)
                : machine.expressions.real(value, node);
    }

    private String key(Expression target) {
        if (target instanceof NameExpr n) {
            return keyOf(n.getNameAsString());
        }
        if (target instanceof FieldAccessExpr f && f.getScope().isThisExpr()) {
            return "this." + f.getNameAsString();
        }
        throw Statements.unread(target, "an assignment to `" + target + "`");
    }

    private Value store(Expression target, Value value, Node node) {
        String key = key(target);
        Value present = machine.state.variables.get(key);
        if (present == null) {
            throw new Refusal(Messages.UNKNOWN, target, "`" + target + "` is not known");
        }
        if (present instanceof Value.Variable v) {
            Expr e = machine.expressions.real(value, node);
            machine.write(v.id(), machine.content(v.id()).assign(List.of(), e));
            return new Value.Real(e);
        }
        if (present instanceof Value.Int) {
            machine.set(key, new Value.Int(machine.expressions.integer(value, node)));
            return value;
        }
        machine.set(key, value);
        return value;
    }

    private Value add(Expression target, Expr e, Node node) {
        Value present = machine.state.variables.get(key(target));
        if (present instanceof Value.Variable v) {
            machine.write(v.id(), machine.content(v.id()).add(Term.of(List.of(), e)));
            return new Value.Nothing();
        }
        throw new Refusal(Messages.TYPE, node, "`" + target + "` is no variable of real numbers");
    }

    /** {@code ++} and {@code --}. */
    Value step(UnaryExpr u) {
        boolean up = u.getOperator() == UnaryExpr.Operator.PREFIX_INCREMENT
                || u.getOperator() == UnaryExpr.Operator.POSTFIX_INCREMENT;
        boolean prefix = u.getOperator().isPrefix();
        Expression target = inner(u.getExpression());
        if (target instanceof ArrayAccessExpr access) {
            Value.Array array = machine.expressions.element(access);
            Value before = machine.accesses.read(array, access);
            BinaryExpr.Operator operator = up ? BinaryExpr.Operator.PLUS : BinaryExpr.Operator.MINUS;
            Value after = machine.expressions.combine(operator, before, new Value.Int(Ints.leaf(1)), u);
            machine.accesses.assign(array, raw(array, after, u), access);
            return prefix ? after : before;
        }
        Value before = machine.expressions.value(target);
        if (before instanceof Value.Int i) {
            Value after = new Value.Int(Ints.map(i.tree(), e -> Ints.leaf(e.plus(up ? 1 : -1))));
            store(target, after, u);
            return prefix ? after : before;
        }
        add(target, Expr.Num.of(up ? 1 : -1), u);
        return prefix ? machine.expressions.value(target) : before;
    }
}

package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls: of the mathematical library, of a few helpers for arrays, and of methods whose source is there, inlined. */
final class Calls {
    private static final int DEEPEST = 30;

    private final Machine machine;
    private final MathCalls math;
    private final ArrayCalls arrays;

    Calls(Machine machine) {
        this.machine = machine;
        this.math = new MathCalls(machine);
        this.arrays = new ArrayCalls(machine);
    }

    Value call(MethodCallExpr call) {
        String scope = call.getScope().map(Expression::toString).orElse("");
        if (scope.equals("Math") || scope.equals("StrictMath") || MathCalls.isBoxed(scope, call)) {
            return math.call(call);
        }
        if (scope.equals("Arrays") || scope.equals("java.util.Arrays") || scope.equals("System")) {
            return arrays.call(call);
        }
        if (call.getNameAsString().equals("clone")
                && call.getScope().isPresent()
                && call.getArguments().isEmpty()) {
            return arrays.copy(machine.expressions.array(call.getScope().get()), call);
        }
        TypeDeclaration<?> type = machine.frame().type();
        boolean other = !scope.isEmpty() && !scope.equals("this") && !scope.equals(type.getNameAsString());
        if (other) {
            boolean isClass = call.getScope().orElseThrow() instanceof NameExpr
                    && !machine.assignments.isVariable(scope)
                    && Character.isUpperCase(scope.charAt(0));
            if (!isClass) {
                throw unknown(call, "of another object");
            }
            type = type(scope, call);
        }
        return inline(method(type, call), type, call);
    }

    private static Refusal unknown(Node call, String which) {
        return new Refusal(Messages.CALL, call, "`" + call + "` calls a method " + which + ", which cannot be read");
    }

    /** {@code Math.ceil} and the like of which an int is made; any other value as it is. */
    Value rounded(Expression e) {
        if (e instanceof EnclosedExpr inner) {
            return rounded(inner.getInner());
        }
        if (e instanceof MethodCallExpr call
                && call.getScope().map(Expression::toString).orElse("").equals("Math")) {
            Optional<Value> whole = math.whole(call);
            if (whole.isPresent()) {
                return whole.get();
            }
        }
        return machine.expressions.value(e);
    }

    // ---- classes and methods

    /** A class that source calls by its simple name. */
    TypeDeclaration<?> type(String name, Node node) {
        TypeDeclaration<?> here = machine.frame().type();
        if (here.getNameAsString().equals(name)) {
            return here;
        }
        List<String> candidates = new ArrayList<>();
        node.findCompilationUnit().ifPresent(unit -> {
            unit.getImports().stream()
                    .filter(i -> !i.isStatic())
                    .forEach(i ->
                            candidates.add(i.isAsterisk() ? i.getNameAsString() + "." + name : i.getNameAsString()));
            String own = unit.getPackageDeclaration()
                    .map(p -> p.getNameAsString() + ".")
                    .orElse("");
            candidates.add(own + name);
            here.getFullyQualifiedName().ifPresent(q -> candidates.add(q + "." + name));
        });
        return candidates.stream()
                .filter(c -> c.endsWith("." + name) || c.equals(name))
                .map(machine.sources::find)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        Messages.CALL, node, "the source of the class `" + name + "` is not there to be read"));
    }

    private MethodDeclaration method(TypeDeclaration<?> type, MethodCallExpr call) {
        List<MethodDeclaration> found = type.getMethodsByName(call.getNameAsString()).stream()
                .filter(m -> m.getParameters().size() == call.getArguments().size()
                        && m.getBody().isPresent())
                .toList();
        if (found.isEmpty()) {
            throw unknown(call, "whose source is not there");
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        List<MethodDeclaration> fit = found.stream().filter(m -> fits(m, call)).toList();
        if (fit.size() != 1) {
            throw new Refusal(Messages.OVERLOADED, call, "`" + call + "` may call one of several methods of this name");
        }
        return fit.get(0);
    }

    /** Whether arguments have the shapes that parameters ask for; they are not evaluated for their effect. */
    private boolean fits(MethodDeclaration m, MethodCallExpr call) {
        State before = machine.state;
        Machine.Mode mode = machine.mode;
        machine.state = before.copy();
        machine.mode = Machine.Mode.DRY;
        try {
            for (int k = 0; k < call.getArguments().size(); k++) {
                Value value = machine.expressions.value(call.getArgument(k));
                String type = m.getParameter(k).getType().asString();
                boolean fits = switch (type) {
                    case "int", "long" -> value instanceof Value.Int;
                    case "float", "double" -> value instanceof Value.Real;
                    case "boolean" -> value instanceof Value.Truth;
                    default -> value instanceof Value.Array a && brackets(type) == open(a);
                };
                if (!fits) {
                    return false;
                }
            }
            return true;
        } finally {
            machine.state = before;
            machine.mode = mode;
        }
    }

    private int open(Value.Array a) {
        return machine.info(a.id()).layout().size() - a.prefix().size();
    }

    private static int brackets(String type) {
        return (int) type.chars().filter(c -> c == '[').count();
    }

    private Value inline(MethodDeclaration m, TypeDeclaration<?> type, MethodCallExpr call) {
        boolean recursive = machine.frames.stream().anyMatch(f -> f.method() == m);
        if (recursive || machine.frames.size() > DEEPEST) {
            throw new Refusal(Messages.CALL, call, "`" + call + "` is recursive");
        }
        List<Value> arguments =
                call.getArguments().stream().map(machine.expressions::value).toList();
        Machine.Frame frame = new Machine.Frame(machine.fresh(), type, m);
        Value result = run(frame, m, arguments, call);
        if (result instanceof Value.Nothing && !m.getType().isVoidType()) {
            throw new Refusal(Messages.EXIT, call, "`" + m.getNameAsString() + "` returns on some paths only");
        }
        return m.getType().isVoidType() ? result : typed(m, result, call);
    }

    private Value typed(MethodDeclaration m, Value result, Node node) {
        String type = m.getType().asString();
        return type.equals("float") || type.equals("double")
                ? new Value.Real(machine.expressions.real(result, node))
                : machine.expressions.load(result, node);
    }

    private Value run(Machine.Frame frame, MethodDeclaration m, List<Value> arguments, Node node) {
        machine.frames.push(frame);
        int depth = machine.loopDepth;
        Value outer = machine.state.returned;
        machine.loopDepth = 0;
        machine.state.returned = null;
        try {
            for (int k = 0; k < arguments.size(); k++) {
                Parameter p = m.getParameter(k);
                String type = p.getType().asString();
                machine.set(
                        machine.key(p.getNameAsString()),
                        machine.assignments.stored(p.getNameAsString(), type, arguments.get(k), node));
            }
            machine.statements.run(List.of(m.getBody().orElseThrow()));
            Value result = machine.state.returned;
            return result == null ? new Value.Nothing() : result;
        } finally {
            machine.state.returned = outer;
            machine.state.variables.keySet().removeIf(k -> k.startsWith(frame.number() + "."));
            machine.loopDepth = depth;
            machine.frames.pop();
        }
    }

    // ---- constants

    /** A constant of a class: a static final field with its value. */
    Value constant(TypeDeclaration<?> type, String name, Node node) {
        for (FieldDeclaration field : type.getFields()) {
            for (VariableDeclarator v : field.getVariables()) {
                if (v.getNameAsString().equals(name)
                        && field.isStatic()
                        && field.isFinal()
                        && v.getInitializer().isPresent()) {
                    Machine.Frame frame = new Machine.Frame(machine.fresh(), type, null);
                    machine.frames.push(frame);
                    try {
                        Value value =
                                machine.expressions.value(v.getInitializer().get());
                        String kind = v.getType().asString();
                        return kind.equals("float") || kind.equals("double")
                                ? new Value.Real(machine.expressions.real(value, node))
                                : value;
                    } finally {
                        machine.frames.pop();
                    }
                }
            }
        }
        if (type instanceof ClassOrInterfaceDeclaration c
                && !c.getExtendedTypes().isEmpty()) {
            throw new Refusal(
                    Messages.UNKNOWN,
                    node,
                    "`" + name + "` is no variable of the method and no field of " + type.getNameAsString()
                            + ", perhaps of " + c.getExtendedTypes(0));
        }
        throw new Refusal(
                Messages.UNKNOWN,
                node,
                "`" + name + "` is no variable of the method and no field of " + type.getNameAsString());
    }
}

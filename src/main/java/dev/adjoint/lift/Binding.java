package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.ConstructorDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.Parameter;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.type.Type;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Position;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the parameters and fields of a method hold when it begins. */
final class Binding {
    /** The name of what the result held before. */
    static final String PRIOR = "prior#";

    private final Machine machine;
    private final Mapping mapping;
    private final TypeDeclaration<?> type;
    private final Set<String> parameters = new HashSet<>();
    private final Set<String> pending = new HashSet<>();
    /** The shape of what is computed. */
    private final List<IntExpr> shape;

    Binding(Machine machine, Mapping mapping, TypeDeclaration<?> type, MethodDeclaration method, Ref what) {
        this.machine = machine;
        this.mapping = mapping;
        this.type = type;
        this.shape = mapping.shape(what);
        method.getParameters().forEach(p -> parameters.add(p.getNameAsString()));
    }

    private boolean isResult(String javaName, boolean hidden) {
        String plain = javaName.startsWith("this.") ? javaName.substring("this.".length()) : javaName;
        return mapping.result()
                .filter(r -> r.equals(javaName) || !hidden && r.equals(plain))
                .isPresent();
    }

    // ---- fields

    void fields() {
        for (FieldDeclaration field : type.getFields()) {
            for (VariableDeclarator v : field.getVariables()) {
                field(v.getNameAsString());
            }
        }
    }

    private void field(String name) {
        String key = "this." + name;
        if (machine.state.variables.containsKey(key) || !pending.add(name)) {
            return;
        }
        for (FieldDeclaration field : type.getFields()) {
            for (VariableDeclarator v : field.getVariables()) {
                if (v.getNameAsString().equals(name)) {
                    machine.state.variables.put(key, field(v, field));
                }
            }
        }
    }

    private Value field(VariableDeclarator v, FieldDeclaration field) {
        String name = v.getNameAsString();
        boolean hidden = parameters.contains(name);
        Optional<Value> known = known("this." + name, v.getType(), hidden, v);
        if (known.isPresent()) {
            return known.get();
        }
        Optional<Expression> made = made(v, field);
        Refusal why = noValue("this." + name, v.getType(), v);
        if (made.isEmpty()) {
            return unknown(name, v.getType(), why);
        }
        try {
            Value value = machine.expressions.value(made.get());
            if (value instanceof Value.Array a) {
                Content empty = machine.content(a.id());
                String prior = machine.unknown(
                        new Refusal(Messages.PRIOR, v, "the result depends on what `" + name + "` held before"));
                boolean integers = machine.info(a.id()).kind() == ArrayInfo.Kind.INT;
                machine.state.cells.put(a.id(), Content.of(empty.rank(), SelfReads.of(prior, empty.rank(), integers)));
            }
            return machine.assignments.stored(name, v.getType().asString(), value, v);
        } catch (Refusal unread) {
            return unknown(name, v.getType(), unread);
        }
    }

    /** What a field is set to once, where it is declared or in the only constructor. */
    private Optional<Expression> made(VariableDeclarator v, FieldDeclaration field) {
        String name = v.getNameAsString();
        List<AssignExpr> assignments = new ArrayList<>();
        for (AssignExpr a : type.findAll(AssignExpr.class)) {
            String target = a.getTarget().toString();
            if (target.equals("this." + name) || target.equals(name) && !isLocal(a, name)) {
                assignments.add(a);
            }
        }
        boolean stepped = type.findAll(UnaryExpr.class).stream()
                .anyMatch(u -> !u.getOperator().asString().matches("[-+!~]")
                        && u.getExpression().toString().matches("(this\\.)?" + name));
        if (stepped || !field.isPrivate() && !field.isFinal()) {
            return Optional.empty();
        }
        if (assignments.isEmpty()) {
            return v.getInitializer();
        }
        Optional<ConstructorDeclaration> constructor = assignments.get(0).findAncestor(ConstructorDeclaration.class);
        boolean once = assignments.size() == 1
                && type.getConstructors().size() == 1
                && constructor.isPresent()
                && assignments.get(0).getOperator() == AssignExpr.Operator.ASSIGN;
        if (!once) {
            return Optional.empty();
        }
        for (Parameter p : constructor.orElseThrow().getParameters()) {
            String key = machine.key(p.getNameAsString());
            known(p.getNameAsString(), p.getType(), false, p)
                    .ifPresent(value -> machine.state.variables.putIfAbsent(key, value));
        }
        type.getFields()
                .forEach(f -> f.getVariables().forEach(each -> {
                    if (!each.getNameAsString().equals(name) && !parameters.contains(each.getNameAsString())) {
                        field(each.getNameAsString());
                    }
                }));
        return Optional.of(assignments.get(0).getValue());
    }

    private static boolean isLocal(AssignExpr a, String name) {
        Optional<MethodDeclaration> method = a.findAncestor(MethodDeclaration.class);
        boolean parameter = method.isPresent()
                && method.get().getParameters().stream()
                        .anyMatch(p -> p.getNameAsString().equals(name));
        return parameter
                || method.isPresent()
                        && method.get().findAll(VariableDeclarator.class).stream()
                                .anyMatch(d -> d.getNameAsString().equals(name));
    }

    // ---- parameters

    void parameters(MethodDeclaration method) {
        for (Parameter p : method.getParameters()) {
            String name = p.getNameAsString();
            Value value = known(name, p.getType(), false, p)
                    .orElseGet(() -> unknown(name, p.getType(), noValue(name, p.getType(), p)));
            machine.state.variables.put(machine.key(name), value);
        }
    }

    // ---- values

    private Optional<Value> known(String name, Type type, boolean hidden, Node node) {
        Optional<Ref> ref = mapping.tensor(name, hidden);
        String written = type.asString();
        if (ref.isPresent()) {
            return Optional.of(tensor(name, written, ref.get(), node));
        }
        if (written.equals("int") || written.equals("long")) {
            return mapping.integer(name, hidden).map(e -> new Value.Int(Ints.leaf(e)));
        }
        if (isResult(name, hidden)) {
            return Optional.of(array(name, written, shape, null, node));
        }
        return Optional.empty();
    }

    private Value tensor(String name, String type, Ref ref, Node node) {
        Tensor tensor = mapping.layer().tensor(ref.name()).orElseThrow();
        boolean integers = tensor.isInteger() && ref.kind() == Ref.Kind.VALUE;
        boolean fits = integers ? type.matches("(int|long)(\\[])*") : type.matches("(float|double)(\\[])*");
        if (!fits) {
            throw new Refusal(
                    Messages.SHAPE,
                    node,
                    "`" + name + "` of type " + type + " cannot hold the tensor " + ref
                            + (integers ? ", whose entries are integers" : ", whose entries are real numbers"));
        }
        return array(name, type, mapping.shape(ref), ref, node);
    }

    private Value array(
            String name, String type, List<IntExpr> extents, @org.jspecify.annotations.Nullable Ref ref, Node node) {
        int brackets = (int) type.chars().filter(c -> c == '[').count();
        boolean integers = !type.matches("(float|double).*");
        List<IntExpr> q = Content.index(extents.size());
        Expr base = ref == null
                ? SelfReads.of(PRIOR, extents.size(), integers)
                : integers
                        ? new Expr.IntValue(IntExpr.of(new Position.Entry(ref.name(), q)))
                        : new Expr.Read(ref, q, null);
        if (brackets == 0) {
            if (!extents.isEmpty()) {
                throw new Refusal(
                        Messages.SHAPE, node, "`" + name + "` is one number, its tensor has the axes " + extents);
            }
            if (integers) {
                return new Value.Int(base);
            }
            Value.Variable v = machine.variable(name, base);
            return v;
        }
        List<Layouts.Shape> candidates = Layouts.of(extents, brackets);
        if (candidates.isEmpty()) {
            throw new Refusal(
                    Messages.SHAPE, node, "`" + name + "` of type " + type + " cannot hold the axes " + extents);
        }
        Layouts.Shape chosen = machine.layouts.shape(name, candidates);
        ArrayInfo.Kind kind = integers ? ArrayInfo.Kind.INT : ArrayInfo.Kind.REAL;
        int id = machine.allocate(new ArrayInfo(name, chosen.extents(), chosen.layout(), kind, name));
        machine.state.cells.put(id, Content.of(extents.size(), base));
        return new Value.Array(id, List.of());
    }

    private Refusal noValue(String name, Type type, Node node) {
        boolean integer = type.asString().equals("int") || type.asString().equals("long");
        return integer
                ? new Refusal(
                                Messages.SIZE,
                                node,
                                "the int `" + name + "` is no size of "
                                        + mapping.layer().name() + ", and the method depends on it")
                        .help("say what it is, as `1 = " + name + "` or `H-K+1 = " + name + "`")
                : new Refusal(
                                Messages.MAPPING,
                                node,
                                "`" + name + "` is no tensor of "
                                        + mapping.layer().name() + ", and the method depends on it")
                        .help("say which it is, as `delta = " + name + "`");
    }

    private Value unknown(String name, Type type, Refusal why) {
        String written = type.asString();
        if (written.matches("int|long")) {
            return new Value.Int(machine.unknownInt(why));
        }
        if (written.matches("float|double")) {
            return machine.variable(name, machine.unknownReal(why));
        }
        if (written.matches("(float|double|int|long)(\\[])+")) {
            int brackets = (int) written.chars().filter(c -> c == '[').count();
            ArrayInfo.Kind kind = written.matches("(int|long).*") ? ArrayInfo.Kind.INT : ArrayInfo.Kind.REAL;
            int id = machine.allocate(ArrayInfo.opaque(name, brackets, kind));
            machine.state.cells.put(id, Content.of(0, Expr.Num.ZERO));
            return new Value.Array(id, List.of());
        }
        return new Value.Unknown(why);
    }
}

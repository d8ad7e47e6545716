package dev.adjoint.fault;

import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.StaticJavaParser;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.NodeList;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.LambdaExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.PatternExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import com.github.javaparser.ast.stmt.ExpressionStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import com.github.javaparser.ast.stmt.IfStmt;
import com.github.javaparser.ast.stmt.ReturnStmt;
import com.github.javaparser.ast.stmt.Statement;
import com.github.javaparser.ast.stmt.SwitchEntry;
import com.github.javaparser.ast.stmt.WhileStmt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plants faults in sources, all of them at once, each behind a question to {@link Switch}: relations off by one, signs
 * turned, conditions dropped or added, terms left out, steps not taken.
 */
final class Planting {
    private static final Map<BinaryExpr.Operator, BinaryExpr.Operator> OTHER = Map.of(
            BinaryExpr.Operator.LESS, BinaryExpr.Operator.LESS_EQUALS,
            BinaryExpr.Operator.LESS_EQUALS, BinaryExpr.Operator.LESS,
            BinaryExpr.Operator.GREATER, BinaryExpr.Operator.GREATER_EQUALS,
            BinaryExpr.Operator.GREATER_EQUALS, BinaryExpr.Operator.GREATER,
            BinaryExpr.Operator.EQUALS, BinaryExpr.Operator.NOT_EQUALS,
            BinaryExpr.Operator.NOT_EQUALS, BinaryExpr.Operator.EQUALS,
            BinaryExpr.Operator.AND, BinaryExpr.Operator.OR,
            BinaryExpr.Operator.OR, BinaryExpr.Operator.AND);

    /** Calls for which another is made: {@code name/arguments}. */
    private static final Map<String, String> CALLS = Map.of(
            "plus/1", "minus",
            "minus/1", "plus",
            "plus/2", "minus",
            "minus/2", "plus",
            "le/2", "lt",
            "lt/2", "le",
            "max/1", "min",
            "min/1", "max",
            "allMatch/1", "anyMatch",
            "anyMatch/1", "allMatch");

    /** Calls that give what they are called on if they are left out. */
    private static final List<String> LEFT_OUT =
            List.of("plus/1", "minus/1", "negate/0", "reciprocal/0", "times/1", "and/1", "raised/1", "inverse/0");

    /** Calls whose effect may be missing. */
    private static final List<String> EFFECTS = List.of(
            "add",
            "addAll",
            "put",
            "putAll",
            "putIfAbsent",
            "remove",
            "removeIf",
            "removeAll",
            "replaceAll",
            "accept",
            "forEach",
            "addNormal",
            "merge",
            "set");

    /** A fault: in which file and method, and what. */
    record Fault(int number, String file, String method, String what) {
        @Override
        public String toString() {
            return file + "." + method + ": " + what;
        }
    }

    private final List<Fault> faults = new ArrayList<>();
    private final Set<Integer> refused;
    private int next;

    /** @param refused the numbers of faults that are not planted: the compiler does not take them */
    Planting(Set<Integer> refused) {
        this.refused = refused;
    }

    List<Fault> faults() {
        return faults;
    }

    /** The source with its faults; none is there until the switch says so. */
    String plant(String file, String source) {
        StaticJavaParser.getParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17);
        CompilationUnit unit = StaticJavaParser.parse(source);
        for (CallableDeclaration<?> method : unit.findAll(CallableDeclaration.class)) {
            String name = method.getNameAsString();
            if (!List.of("toString", "hashCode", "equals").contains(name)) {
                List<Node> nodes = new ArrayList<>();
                method.walk(Node.TreeTraversal.POSTORDER, nodes::add);
                nodes.stream()
                        .filter(n -> n.findAncestor(CallableDeclaration.class).orElse(null) == method)
                        .forEach(n -> plant(n, file, name));
            }
        }
        return unit.toString();
    }

    private void plant(Node node, String file, String method) {
        if (node.findFirst(PatternExpr.class).isPresent() && !(node instanceof IfStmt)) {
            return;
        }
        if (node instanceof ExpressionStmt s && s.getExpression() instanceof MethodCallExpr call) {
            if (EFFECTS.contains(call.getNameAsString())
                    && !method.equals(file)
                    && !(s.getParentNode().orElse(null) instanceof LambdaExpr)) {
                int number = fault(file, method, "left out: " + shown(s));
                if (refused.contains(number)) {
                    return;
                }
                Statement guarded = new IfStmt(
                        new UnaryExpr(question(number), UnaryExpr.Operator.LOGICAL_COMPLEMENT),
                        new BlockStmt(NodeList.nodeList(s.clone())),
                        null);
                s.replace(guarded);
            }
            return;
        }
        if (!(node instanceof Expression e) || isConstant(e)) {
            return;
        }
        boolean condition = e.getParentNode().orElse(null) instanceof IfStmt i && i.getCondition() == e
                || e.getParentNode().orElse(null) instanceof ConditionalExpr c && c.getCondition() == e
                || e.getParentNode().orElse(null) instanceof ReturnStmt && e instanceof BooleanLiteralExpr;
        List<Expression> others = new ArrayList<>(others(e));
        if (condition) {
            others.add(new UnaryExpr(new EnclosedExpr(e.clone()), UnaryExpr.Operator.LOGICAL_COMPLEMENT));
        }
        Expression result = e.clone();
        for (Expression other : others) {
            int number = fault(file, method, shown(e) + "  ->  " + shown(other));
            result = refused.contains(number)
                    ? result
                    : new EnclosedExpr(new ConditionalExpr(question(number), new EnclosedExpr(other), result));
        }
        if (!others.isEmpty()) {
            e.replace(result);
        }
    }

    private static boolean isConstant(Expression e) {
        Node parent = e.getParentNode().orElseThrow();
        return parent instanceof SwitchEntry
                || e.findAncestor(MethodCallExpr.class)
                        .filter(call -> call.getNameAsString().equals("spend"))
                        .isPresent()
                || parent instanceof WhileStmt && e instanceof BooleanLiteralExpr
                || e.findAncestor(com.github.javaparser.ast.body.FieldDeclaration.class)
                        .isPresent()
                || e.findAncestor(com.github.javaparser.ast.expr.AnnotationExpr.class)
                        .isPresent();
    }

    private static List<Expression> others(Expression e) {
        List<Expression> others = new ArrayList<>();
        if (e instanceof BinaryExpr b) {
            Optional.ofNullable(OTHER.get(b.getOperator()))
                    .ifPresent(o -> others.add(
                            new BinaryExpr(b.getLeft().clone(), b.getRight().clone(), o)));
            if (b.getOperator() == BinaryExpr.Operator.AND) {
                others.add(b.getLeft().clone());
                others.add(b.getRight().clone());
            }
            boolean inLoop = e.getParentNode().orElse(null) instanceof ForStmt;
            return inLoop ? List.of() : others;
        }
        if (e instanceof UnaryExpr u
                && (u.getOperator() == UnaryExpr.Operator.MINUS
                        || u.getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT)) {
            return List.of(u.getExpression().clone());
        }
        if (e instanceof IntegerLiteralExpr i) {
            int value = i.asNumber().intValue();
            return value > 1 ? List.of() : List.of(new IntegerLiteralExpr(Integer.toString(1 - value)));
        }
        if (e instanceof MethodCallExpr m) {
            String call = m.getNameAsString() + "/" + m.getArguments().size();
            boolean algebra =
                    m.getScope().map(s -> s.toString().endsWith("algebra")).orElse(false);
            if (CALLS.containsKey(call)) {
                MethodCallExpr other = m.clone();
                other.setName(CALLS.get(call));
                others.add(other);
            }
            if (LEFT_OUT.contains(call)
                    && m.getScope().isPresent()
                    && !algebra
                    && !isClass(m.getScope().get())) {
                others.add(m.getScope().get().clone());
            }
            if (algebra && List.of("times", "minus", "plus", "scaled", "where").contains(m.getNameAsString())) {
                others.add(m.getArgument(
                                call.startsWith("times") && m.getArguments().size() > 1 ? 1 : 0)
                        .clone());
            }
        }
        return others;
    }

    private static boolean isClass(Expression scope) {
        return scope.isNameExpr()
                && Character.isUpperCase(scope.toString().charAt(0))
                && scope.toString().length() > 1
                && Character.isLowerCase(scope.toString().charAt(1));
    }

    private int fault(String file, String method, String what) {
        if (!refused.contains(next)) {
            faults.add(new Fault(next, file, method, what));
        }
        return next++;
    }

    private static Expression question(int number) {
        return StaticJavaParser.parseExpression("dev.adjoint.fault.Switch.on(" + number + ")");
    }

    private static String shown(Node node) {
        String text = node.toString()
                .replaceAll("dev\\.adjoint\\.fault\\.Switch\\.on\\((\\d+)\\)", "#$1")
                .replaceAll("\\s+", " ");
        return text.length() > 130 ? text.substring(0, 130) + "…" : text;
    }
}

package dev.adjoint.check;

import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.StaticJavaParser;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BinaryExpr.Operator;
import com.github.javaparser.ast.expr.ConditionalExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.stmt.IfStmt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The mistakes that an emitter could make, made one at a time in the source of an emitted class. */
final class SourceMutations {
    private static final Map<Operator, Operator> OTHER = new LinkedHashMap<>();

    static {
        OTHER.put(Operator.LESS, Operator.LESS_EQUALS);
        OTHER.put(Operator.LESS_EQUALS, Operator.LESS);
        OTHER.put(Operator.GREATER, Operator.GREATER_EQUALS);
        OTHER.put(Operator.GREATER_EQUALS, Operator.GREATER);
        OTHER.put(Operator.EQUALS, Operator.NOT_EQUALS);
        OTHER.put(Operator.NOT_EQUALS, Operator.EQUALS);
        OTHER.put(Operator.PLUS, Operator.MINUS);
        OTHER.put(Operator.MINUS, Operator.PLUS);
        OTHER.put(Operator.AND, Operator.OR);
        OTHER.put(Operator.OR, Operator.AND);
    }

    private SourceMutations() {}

    /**
     * A class with a mistake.
     *
     * @param what the mistake, in words
     * @param source the whole file
     */
    record Mutant(String what, String source) {}

    /** Every mutant of the methods that compute; those that the methods around them check are left alone. */
    static List<Mutant> of(String source) {
        StaticJavaParser.getParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17);
        CompilationUnit unit = StaticJavaParser.parse(source);
        List<Mutant> mutants = new ArrayList<>();
        for (MethodDeclaration method : unit.findAll(MethodDeclaration.class)) {
            if (method.getNameAsString().startsWith("compute")) {
                for (Node node : method.getBody().orElseThrow().findAll(Node.class)) {
                    mutate(node, method.getNameAsString(), unit, mutants);
                }
            }
        }
        return mutants;
    }

    private static void mutate(Node node, String method, CompilationUnit unit, List<Mutant> mutants) {
        if (node instanceof BinaryExpr b) {
            Operator other = OTHER.get(b.getOperator());
            if (other != null) {
                replaced(b, new BinaryExpr(b.getLeft().clone(), b.getRight().clone(), other), method, unit, mutants);
            }
            if (b.getOperator() == Operator.LESS) {
                Expression less =
                        new BinaryExpr(b.getRight().clone(), new IntegerLiteralExpr("1"), BinaryExpr.Operator.MINUS);
                replaced(b, new BinaryExpr(b.getLeft().clone(), less, Operator.LESS), method, unit, mutants);
            }
            boolean sum = b.getOperator() == Operator.PLUS || b.getOperator() == Operator.MULTIPLY;
            if (sum || b.getOperator() == Operator.AND) {
                replaced(b, b.getLeft().clone(), method, unit, mutants);
                replaced(b, b.getRight().clone(), method, unit, mutants);
            }
            if (b.getOperator() == Operator.MINUS || b.getOperator() == Operator.DIVIDE) {
                replaced(
                        b,
                        new BinaryExpr(b.getRight().clone(), b.getLeft().clone(), b.getOperator()),
                        method,
                        unit,
                        mutants);
            }
        } else if (node instanceof AssignExpr a && a.getOperator() == AssignExpr.Operator.PLUS) {
            replaced(
                    a,
                    new AssignExpr(a.getTarget().clone(), a.getValue().clone(), AssignExpr.Operator.ASSIGN),
                    method,
                    unit,
                    mutants);
        } else if (node instanceof IntegerLiteralExpr i) {
            String next = Integer.toString(i.asNumber().intValue() + 1);
            replaced(i, new IntegerLiteralExpr(next), method, unit, mutants);
        } else if (node instanceof DoubleLiteralExpr d) {
            replaced(d, new DoubleLiteralExpr(d.asDouble() + 1), method, unit, mutants);
        } else if (node instanceof ConditionalExpr c) {
            replaced(c, c.getThenExpr().clone(), method, unit, mutants);
            replaced(c, c.getElseExpr().clone(), method, unit, mutants);
        } else if (node instanceof IfStmt i) {
            replaced(i, i.getThenStmt().clone(), method, unit, mutants);
        } else if (node instanceof UnaryExpr u && u.getOperator() == UnaryExpr.Operator.MINUS) {
            replaced(u, u.getExpression().clone(), method, unit, mutants);
        } else if (node instanceof MethodCallExpr c) {
            String other = Map.of("max", "min", "min", "max", "sin", "cos", "cos", "sin", "exp", "log")
                    .get(c.getNameAsString());
            if (other != null) {
                MethodCallExpr call = c.clone();
                call.setName(other);
                replaced(c, call, method, unit, mutants);
            }
        }
    }

    private static void replaced(Node node, Node other, String method, CompilationUnit unit, List<Mutant> mutants) {
        Node parent = node.getParentNode().orElseThrow();
        String what = method + ": " + shown(node) + "  ->  " + shown(other) + "  in  " + shown(parent);
        if (node.replace(other)) {
            mutants.add(new Mutant(what, unit.toString()));
            if (!other.replace(node)) {
                throw new IllegalStateException("cannot put back " + node);
            }
        }
    }

    private static String shown(Node node) {
        String text = node.toString().replaceAll("\\s+", " ");
        return text.length() > 90 ? text.substring(0, 90) + "…" : text;
    }
}

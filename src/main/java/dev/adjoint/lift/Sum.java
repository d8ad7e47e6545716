package dev.adjoint.lift;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Exprs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code x = x + a - b} and {@code x = Math.fma(a, b, x)}: what is added to x. */
record Sum(List<Part> parts) {
    /** A signed summand, or a product of two. */
    record Part(boolean minus, List<Expression> factors) {}

    static Optional<Sum> of(Expression target, Expression value) {
        String text = target.toString();
        if (text.contains("++") || text.contains("--")) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>();
        collect(value, false, parts);
        boolean found = false;
        List<Part> rest = new ArrayList<>();
        for (Part part : parts) {
            boolean same = part.factors().size() == 1
                    && part.factors().get(0).toString().equals(text)
                    && !part.minus();
            if (same && !found) {
                found = true;
            } else {
                rest.add(part);
            }
        }
        return found ? Optional.of(new Sum(rest)) : Optional.empty();
    }

    private static void collect(Expression e, boolean minus, List<Part> parts) {
        if (e instanceof EnclosedExpr inner) {
            collect(inner.getInner(), minus, parts);
        } else if (e instanceof BinaryExpr b && b.getOperator() == BinaryExpr.Operator.PLUS) {
            collect(b.getLeft(), minus, parts);
            collect(b.getRight(), minus, parts);
        } else if (e instanceof BinaryExpr b && b.getOperator() == BinaryExpr.Operator.MINUS) {
            collect(b.getLeft(), minus, parts);
            collect(b.getRight(), !minus, parts);
        } else if (e instanceof MethodCallExpr call && call.toString().matches("(?s)(Strict)?Math\\.fma\\(.*")) {
            parts.add(new Part(minus, List.of(call.getArgument(0), call.getArgument(1))));
            collect(call.getArgument(2), minus, parts);
        } else {
            parts.add(new Part(minus, List.of(e)));
        }
    }

    Expr rest(Expressions expressions) {
        List<Expr> sum = new ArrayList<>();
        for (Part part : parts) {
            Expr product =
                    Exprs.mul(part.factors().stream().map(expressions::real).toList());
            sum.add(part.minus() ? Exprs.neg(product) : product);
        }
        return Exprs.add(sum);
    }
}

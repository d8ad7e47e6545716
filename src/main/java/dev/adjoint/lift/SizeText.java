package dev.adjoint.lift;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.index.IntExpr;
import dev.adjoint.lang.Layer;

/** Integers of sizes as a mapping states them: {@code (H+2*P-K) div S + 1}. */
final class SizeText {
    private final Layer layer;
    private final Place place;
    private final String text;

    private SizeText(Layer layer, Place place, String text) {
        this.layer = layer;
        this.place = place;
        this.text = text;
    }

    /** @throws Refusal if it is none */
    static IntExpr parse(String text, Layer layer, Place place) {
        String java = text.replaceAll("\\bdiv\\b", "/").replaceAll("\\bmod\\b", "%");
        ParseResult<Expression> result = new JavaParser().parseExpression(java);
        SizeText reader = new SizeText(layer, place, text);
        if (!result.isSuccessful() || result.getResult().isEmpty()) {
            throw reader.refusal();
        }
        return reader.read(result.getResult().get());
    }

    private IntExpr read(Expression e) {
        if (e instanceof EnclosedExpr inner) {
            return read(inner.getInner());
        }
        if (e instanceof IntegerLiteralExpr i) {
            return IntExpr.of(i.asNumber().longValue());
        }
        if (e instanceof NameExpr n
                && layer.sizes().stream().anyMatch(s -> s.name().equals(n.getNameAsString()))) {
            return IntExpr.var(n.getNameAsString());
        }
        if (e instanceof UnaryExpr u && u.getOperator() == UnaryExpr.Operator.MINUS) {
            return read(u.getExpression()).negate();
        }
        if (e instanceof MethodCallExpr c && c.getArguments().size() == 2) {
            IntExpr a = read(c.getArgument(0));
            IntExpr b = read(c.getArgument(1));
            if (c.getNameAsString().equals("max") || c.getNameAsString().equals("min")) {
                return c.getNameAsString().equals("max") ? a.max(b) : a.min(b);
            }
        }
        if (e instanceof BinaryExpr b) {
            IntExpr left = read(b.getLeft());
            IntExpr right = read(b.getRight());
            switch (b.getOperator()) {
                case PLUS -> {
                    return left.plus(right);
                }
                case MINUS -> {
                    return left.minus(right);
                }
                case MULTIPLY -> {
                    return left.times(right);
                }
                case DIVIDE -> {
                    return left.floorDiv(right);
                }
                case REMAINDER -> {
                    return left.mod(right);
                }
                default -> throw refusal();
            }
        }
        throw refusal();
    }

    private Refusal refusal() {
        return new Refusal(Diagnostic.error(
                        Messages.MAPPING,
                        place,
                        "`" + text + "` is no tensor and no size of " + layer.name() + ", and no integer of its sizes"))
                .help("map what the layer calls it to what the method calls it: (delta = dy, H-K+1 = outH)");
    }
}

package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Rel;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.commons.numbers.fraction.BigFraction;

/** Turns the parse tree of an expression into {@link Node}s. */
final class ExpressionReader extends LayerBaseVisitor<Node> {
    /** The largest exponent of a decimal, and the most digits, beyond which no {@code double} reaches. */
    private static final int LARGEST_EXPONENT = 400;

    private final String file;
    private final Diagnostics found;

    ExpressionReader(String file, Diagnostics found) {
        this.file = file;
        this.found = found;
    }

    Place place(ParserRuleContext context) {
        Token stop = context.getStop() == null ? context.getStart() : context.getStop();
        return Places.of(file, context.getStart()).to(Places.of(file, stop));
    }

    Node read(ParseTree tree) {
        return visit(tree);
    }

    List<Node> readAll(List<? extends ParseTree> trees) {
        List<Node> nodes = new ArrayList<>();
        trees.forEach(t -> nodes.add(visit(t)));
        return nodes;
    }

    @Override
    public Node visitExpr(LayerParser.ExprContext c) {
        Node condition = visit(c.or());
        return c.expr().isEmpty()
                ? condition
                : new Node.Choice(condition, visit(c.expr(0)), visit(c.expr(1)), place(c));
    }

    @Override
    public Node visitOr(LayerParser.OrContext c) {
        return c.and().size() == 1 ? visit(c.and(0)) : new Node.Or(readAll(c.and()), place(c));
    }

    @Override
    public Node visitAnd(LayerParser.AndContext c) {
        return c.negation().size() == 1 ? visit(c.negation(0)) : new Node.And(readAll(c.negation()), place(c));
    }

    @Override
    public Node visitNegation(LayerParser.NegationContext c) {
        return c.negation() == null ? visit(c.comparison()) : new Node.Not(visit(c.negation()), place(c));
    }

    @Override
    public Node visitComparison(LayerParser.ComparisonContext c) {
        if (c.sum().size() == 1) {
            return visit(c.sum(0));
        }
        List<Rel> relations =
                c.relation().stream().map(r -> relation(r.getStart())).toList();
        return new Node.Comparison(readAll(c.sum()), relations, place(c));
    }

    private static Rel relation(Token token) {
        return switch (token.getType()) {
            case LayerLexer.LT -> Rel.LT;
            case LayerLexer.LE -> Rel.LE;
            case LayerLexer.GT -> Rel.GT;
            case LayerLexer.GE -> Rel.GE;
            case LayerLexer.EQ -> Rel.EQ;
            case LayerLexer.NE -> Rel.NE;
            default -> throw new AssertionError(token);
        };
    }

    @Override
    public Node visitSum(LayerParser.SumContext c) {
        if (c.product().size() == 1) {
            return visit(c.product(0));
        }
        List<Boolean> minus =
                c.ops.stream().map(op -> op.getType() == LayerLexer.MINUS).toList();
        return new Node.Sum(readAll(c.product()), minus, place(c));
    }

    @Override
    public Node visitProduct(LayerParser.ProductContext c) {
        if (c.unary().size() == 1) {
            return visit(c.unary(0));
        }
        List<Node.Product.Op> ops = c.ops.stream()
                .map(op -> switch (op.getType()) {
                    case LayerLexer.TIMES -> Node.Product.Op.TIMES;
                    case LayerLexer.SLASH -> Node.Product.Op.OVER;
                    case LayerLexer.DIV -> Node.Product.Op.DIV;
                    default -> Node.Product.Op.MOD;
                })
                .toList();
        return new Node.Product(readAll(c.unary()), ops, place(c));
    }

    @Override
    public Node visitUnary(LayerParser.UnaryContext c) {
        return c.unary() == null ? visit(c.power()) : new Node.Negative(visit(c.unary()), place(c));
    }

    @Override
    public Node visitPower(LayerParser.PowerContext c) {
        Node base = visit(c.primary());
        return c.unary() == null ? base : new Node.Power(base, visit(c.unary()), place(c));
    }

    @Override
    public Node visitInteger(LayerParser.IntegerContext c) {
        return number(c.INTEGER().getText(), true, place(c));
    }

    @Override
    public Node visitDecimal(LayerParser.DecimalContext c) {
        return number(c.DECIMAL().getText(), false, place(c));
    }

    private Node number(String text, boolean whole, Place place) {
        int exponentAt = Math.max(text.indexOf('e'), text.indexOf('E'));
        String exponent =
                exponentAt < 0 ? "0" : text.substring(exponentAt + 1).replaceFirst("^([+-]?)0+(?=[0-9])", "$1");
        boolean fits = text.length() <= LARGEST_EXPONENT
                && exponent.length() <= 5
                && Math.abs(Integer.parseInt(exponent)) <= LARGEST_EXPONENT;
        if (whole && fits && new BigInteger(text).bitLength() > 63) {
            fits = false;
        }
        if (!fits) {
            String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
            String limit = whole ? "integers have 64 bits" : "no power of ten above " + LARGEST_EXPONENT;
            found.add(Diagnostic.error(Codes.L013.name(), place, "the number " + shown + " is too large: " + limit));
            return new Node.Numeral(BigFraction.ONE, "1", whole, place);
        }
        BigDecimal value = new BigDecimal(text);
        BigFraction fraction = value.scale() <= 0
                ? BigFraction.of(value.toBigIntegerExact())
                : BigFraction.of(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
        return new Node.Numeral(fraction, text, whole, place);
    }

    @Override
    public Node visitReduction(LayerParser.ReductionContext c) {
        Node.Reduction.Kind kind = switch (c.kind.getType()) {
            case LayerLexer.SUM -> Node.Reduction.Kind.SUM;
            case LayerLexer.PROD -> Node.Reduction.Kind.PROD;
            case LayerLexer.MAX -> Node.Reduction.Kind.MAX;
            case LayerLexer.MIN -> Node.Reduction.Kind.MIN;
            case LayerLexer.MEAN -> Node.Reduction.Kind.MEAN;
            case LayerLexer.ARGMAX -> Node.Reduction.Kind.ARGMAX;
            default -> Node.Reduction.Kind.ARGMIN;
        };
        List<Node> parts = readAll(c.expr());
        int last = parts.size() - 1;
        return new Node.Reduction(kind, List.copyOf(parts.subList(0, last)), parts.get(last), place(c));
    }

    @Override
    public Node visitExtremum(LayerParser.ExtremumContext c) {
        boolean max = c.kind.getType() == LayerLexer.MAX;
        return new Node.Extremum(max, visit(c.expr(0)), visit(c.expr(1)), place(c));
    }

    @Override
    public Node visitDerivative(LayerParser.DerivativeContext c) {
        return new Node.Derivative(visit(c.expr(0)), visit(c.expr(1)), place(c));
    }

    @Override
    public Node visitDerivativeOfAccess(LayerParser.DerivativeOfAccessContext c) {
        return new Node.Derivative(visit(c.access(0)), visit(c.access(1)), place(c));
    }

    @Override
    public Node visitCall(LayerParser.CallContext c) {
        Token name = c.ID().getSymbol();
        return new Node.Call(
                name.getText(),
                c.PRIME().size(),
                readAll(c.expr()),
                indices(c.indices()),
                Places.of(file, name),
                place(c));
    }

    private List<Node> indices(LayerParser.@org.jspecify.annotations.Nullable IndicesContext c) {
        return c == null ? List.of() : readAll(c.item());
    }

    @Override
    public Node visitEntry(LayerParser.EntryContext c) {
        return visit(c.access());
    }

    @Override
    public Node visitAccess(LayerParser.AccessContext c) {
        return new Node.Access(reference(c.reference()), indices(c.indices()), place(c));
    }

    Node.Reference reference(LayerParser.ReferenceContext c) {
        String name = c.name() == null ? "" : c.name().getText();
        Node.Reference.Kind kind = c.GRAD() != null
                ? Node.Reference.Kind.GRAD
                : c.DELTA() != null ? Node.Reference.Kind.DELTA : Node.Reference.Kind.NAME;
        return new Node.Reference(kind, name, place(c));
    }

    @Override
    public Node visitItem(LayerParser.ItemContext c) {
        return c.expr() == null ? new Node.Slice(place(c)) : visit(c.expr());
    }

    @Override
    public Node visitGroup(LayerParser.GroupContext c) {
        return new Node.Group(visit(c.expr()), place(c));
    }

    @Override
    public Node visitIverson(LayerParser.IversonContext c) {
        return new Node.Bracket(visit(c.expr()), place(c));
    }
}

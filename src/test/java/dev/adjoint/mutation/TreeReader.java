package dev.adjoint.mutation;

import dev.adjoint.lang.LayerLexer;
import dev.adjoint.lang.LayerParser;
import dev.adjoint.mutation.Tree.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;

/** Reads expressions with the grammar of the language itself. */
final class TreeReader {
    private TreeReader() {}

    /** @throws IllegalArgumentException if it is no expression */
    static Tree read(String expression) {
        LayerParser parser = parser(expression);
        LayerParser.ExprContext tree = parser.expr();
        if (parser.getCurrentToken().getType() != Token.EOF) {
            throw new IllegalArgumentException("more than an expression: " + expression);
        }
        return read(tree);
    }

    /** A parser that throws at the first mistake. */
    static LayerParser parser(String text) {
        BaseErrorListener strict = new BaseErrorListener() {
            @Override
            public void syntaxError(
                    Recognizer<?, ?> recognizer,
                    @Nullable Object symbol,
                    int line,
                    int column,
                    String message,
                    @Nullable RecognitionException e) {
                throw new IllegalArgumentException(line + ":" + column + " " + message + " in " + text);
            }
        };
        LayerLexer lexer = new LayerLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        lexer.addErrorListener(strict);
        LayerParser parser = new LayerParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.addErrorListener(strict);
        return parser;
    }

    static Tree read(LayerParser.ExprContext c) {
        Tree first = read(c.or());
        return c.expr().isEmpty() ? first : Tree.of(Kind.CHOICE, List.of(), first, read(c.expr(0)), read(c.expr(1)));
    }

    private static Tree read(LayerParser.OrContext c) {
        return chain(Kind.OR, "||", c.and().stream().map(TreeReader::read).toList());
    }

    private static Tree read(LayerParser.AndContext c) {
        return chain(Kind.AND, "&&", c.negation().stream().map(TreeReader::read).toList());
    }

    private static Tree chain(Kind kind, String op, List<Tree> parts) {
        return parts.size() == 1 ? parts.get(0) : new Tree(kind, Collections.nCopies(parts.size() - 1, op), parts);
    }

    private static Tree read(LayerParser.NegationContext c) {
        return c.negation() == null ? read(c.comparison()) : Tree.of(Kind.NOT, List.of(), read(c.negation()));
    }

    private static Tree read(LayerParser.ComparisonContext c) {
        List<Tree> parts = c.sum().stream().map(TreeReader::read).toList();
        List<String> relations =
                c.relation().stream().map(r -> ascii(r.getStart())).toList();
        return parts.size() == 1 ? parts.get(0) : new Tree(Kind.COMPARISON, relations, parts);
    }

    private static Tree read(LayerParser.SumContext c) {
        List<Tree> parts = c.product().stream().map(TreeReader::read).toList();
        return parts.size() == 1 ? parts.get(0) : new Tree(Kind.SUM, ops(c.ops), parts);
    }

    private static Tree read(LayerParser.ProductContext c) {
        List<Tree> parts = c.unary().stream().map(TreeReader::read).toList();
        return parts.size() == 1 ? parts.get(0) : new Tree(Kind.PRODUCT, ops(c.ops), parts);
    }

    private static List<String> ops(List<Token> tokens) {
        return tokens.stream().map(TreeReader::ascii).toList();
    }

    private static Tree read(LayerParser.UnaryContext c) {
        return c.unary() == null ? read(c.power()) : Tree.of(Kind.NEGATIVE, List.of(), read(c.unary()));
    }

    private static Tree read(LayerParser.PowerContext c) {
        Tree base = primary(c.primary());
        return c.unary() == null ? base : Tree.of(Kind.POWER, List.of(), base, read(c.unary()));
    }

    private static Tree primary(ParseTree tree) {
        if (tree instanceof LayerParser.IntegerContext || tree instanceof LayerParser.DecimalContext) {
            return Tree.of(Kind.NUMBER, List.of(tree.getText()));
        }
        if (tree instanceof LayerParser.ReductionContext c) {
            return new Tree(Kind.REDUCTION, List.of(ascii(c.kind)), all(c.expr()));
        }
        if (tree instanceof LayerParser.ExtremumContext c) {
            return new Tree(Kind.EXTREMUM, List.of(ascii(c.kind)), all(c.expr()));
        }
        if (tree instanceof LayerParser.DerivativeContext c) {
            return new Tree(Kind.DERIVATIVE, List.of(), all(c.expr()));
        }
        if (tree instanceof LayerParser.DerivativeOfAccessContext c) {
            return Tree.of(Kind.DERIVATIVE, List.of(), access(c.access(0)), access(c.access(1)));
        }
        if (tree instanceof LayerParser.CallContext c) {
            String name = c.ID().getText() + "'".repeat(c.PRIME().size());
            Tree call = new Tree(Kind.CALL, List.of(name), all(c.expr()));
            return c.indices() == null ? call : new Tree(Kind.ELEMENT, List.of(), indices(List.of(call), c.indices()));
        }
        if (tree instanceof LayerParser.EntryContext c) {
            return access(c.access());
        }
        if (tree instanceof LayerParser.GroupContext c) {
            return read(c.expr());
        }
        return Tree.of(Kind.IVERSON, List.of(), read(((LayerParser.IversonContext) tree).expr()));
    }

    private static Tree access(LayerParser.AccessContext c) {
        LayerParser.ReferenceContext reference = c.reference();
        String name = reference.name() == null ? "" : reference.name().getText();
        String word = reference.GRAD() != null
                ? "grad " + name
                : reference.DELTA() == null ? name : name.isEmpty() ? "delta" : "delta." + name;
        return new Tree(Kind.ACCESS, List.of(word), c.indices() == null ? List.of() : indices(List.of(), c.indices()));
    }

    private static List<Tree> indices(List<Tree> before, LayerParser.IndicesContext c) {
        List<Tree> all = new ArrayList<>(before);
        for (LayerParser.ItemContext item : c.item()) {
            all.add(item.expr() == null ? Tree.of(Kind.SLICE, List.of()) : read(item.expr()));
        }
        return all;
    }

    private static List<Tree> all(List<LayerParser.ExprContext> list) {
        return list.stream().map(TreeReader::read).toList();
    }

    /** The word of the language in ASCII: it is the first literal of its token. */
    private static String ascii(Token token) {
        return switch (token.getType()) {
            case LayerLexer.LE -> "<=";
            case LayerLexer.GE -> ">=";
            case LayerLexer.NE -> "!=";
            case LayerLexer.SUM -> "sum";
            case LayerLexer.PROD -> "prod";
            case LayerLexer.TIMES -> "*";
            case LayerLexer.MINUS -> "-";
            default -> token.getText();
        };
    }
}

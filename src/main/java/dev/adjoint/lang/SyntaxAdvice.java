package dev.adjoint.lang;

import dev.adjoint.diagnostic.Nearest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** What to do about the commonest slips of the grammar: habits from Java, Python and LaTeX. */
final class SyntaxAdvice {
    /** Words of other languages. */
    private static final Map<String, String> WORDS = Map.of(
            "and", "`and` is written &&",
            "or", "`or` is written ||",
            "not", "`not` is written !",
            "in", "a range is written i < n");

    /** What begins outside of layers only. */
    private static final Set<Integer> OUTSIDE =
            Set.of(LayerLexer.PACKAGE, LayerLexer.IMPORT, LayerLexer.LAYER, LayerLexer.GENERATE);

    private SyntaxAdvice() {}

    /** The advice on a token that was not expected; empty if there is none. */
    static String of(TokenStream tokens, Token at, IntervalSet expected) {
        Token before = neighbour(tokens, at, -1);
        Token after = neighbour(tokens, at, 1);
        if (expected.contains(LayerLexer.ASSIGN) && comparesInClaim(tokens, at)) {
            return "a claim is written with one =";
        }
        boolean inStatement = SyntaxErrors.isStart(type(before)) || expected.contains(LayerLexer.OUTPUT);
        return switch (at.getType()) {
            case LayerLexer.SEMI -> inStatement ? "the statements of a layer end without a semicolon" : "";
            case LayerLexer.LPAREN -> paren(type(before));
            case LayerLexer.TIMES -> type(before) == LayerLexer.TIMES ? "a power is written ^" : "";
            case LayerLexer.EQ -> expected.contains(LayerLexer.ASSIGN) ? "what is defined is written with one =" : "";
            case LayerLexer.ASSIGN -> expected.contains(LayerLexer.EQ) ? "equality is written ==" : "";
            case LayerLexer.COLON -> type(after) == LayerLexer.ASSIGN ? "what is defined is written with =" : "";
            case LayerLexer.NOT -> "a condition inside arithmetic stands in brackets: [!(…)]";
            case LayerLexer.INT ->
                type(before) == LayerLexer.INPUT || type(before) == LayerLexer.PARAM
                        ? "integers have no gradient: write const int"
                        : "";
            case LayerLexer.ID, LayerLexer.D -> name(at.getText(), before, after, inStatement);
            default -> "";
        };
    }

    /** Whether the claim that has come to its end here has {@code ==} between its sides. */
    private static boolean comparesInClaim(TokenStream tokens, Token at) {
        int depth = 0;
        boolean compares = false;
        for (int k = at.getTokenIndex() - 1; k >= 0; k--) {
            int type = tokens.get(k).getType();
            if (SyntaxErrors.isStart(type)) {
                return compares && type == LayerLexer.CLAIM;
            }
            switch (type) {
                case LayerLexer.RPAREN, LayerLexer.RBRACKET -> depth++;
                case LayerLexer.LPAREN, LayerLexer.LBRACKET -> depth--;
                case LayerLexer.EQ -> compares |= depth == 0;
                default -> {}
            }
        }
        return false;
    }

    private static String paren(int before) {
        return switch (before) {
            case LayerLexer.SUM, LayerLexer.PROD, LayerLexer.MEAN, LayerLexer.ARGMAX, LayerLexer.ARGMIN ->
                "a reduction names its ranges: sum[i < n](…)";
            case LayerLexer.ID, LayerLexer.D -> "sizes and indices stand in square brackets: x[i]";
            default -> "";
        };
    }

    private static String name(String text, @Nullable Token before, @Nullable Token after, boolean inStatement) {
        String word = WORDS.getOrDefault(text, "");
        if (!word.isEmpty()) {
            return word;
        }
        if (type(before) == LayerLexer.INTEGER || type(before) == LayerLexer.DECIMAL) {
            return "a product is written with *: " + (before == null ? "" : before.getText()) + " * " + text;
        }
        if (before != null && before.getText().equals("if")) {
            return "cases are written condition ? a : b";
        }
        if (!inStatement) {
            return "";
        }
        List<String> starts = new ArrayList<>();
        for (int type = LayerLexer.PACKAGE; type <= LayerLexer.VERIFY; type++) {
            if (SyntaxErrors.isStart(type)) {
                starts.add(LayerLexer.VOCABULARY.getLiteralName(type).replace("'", ""));
            }
        }
        return Nearest.to(text, starts)
                .map(near -> "did you mean `" + near + "`?")
                .orElse(
                        type(after) == LayerLexer.LBRACKET || type(after) == LayerLexer.ASSIGN
                                ? "a definition begins with `let` or `output`"
                                : "");
    }

    /** The last bracket that is still open where a statement begins or the text ends: there, none should be. */
    static @Nullable Token unclosed(TokenStream tokens, Token at) {
        Deque<Token> open = new ArrayDeque<>();
        for (int k = 0; k < at.getTokenIndex(); k++) {
            Token token = tokens.get(k);
            switch (token.getType()) {
                case LayerLexer.LPAREN, LayerLexer.LBRACKET, LayerLexer.LBRACE -> open.push(token);
                case LayerLexer.RPAREN, LayerLexer.RBRACKET, LayerLexer.RBRACE -> open.poll();
                default -> {}
            }
        }
        Token last = open.peek();
        // Inside a layer its brace is rightly open.
        boolean inLayer = at.getType() != Token.EOF && !OUTSIDE.contains(at.getType());
        return inLayer && last != null && last.getType() == LayerLexer.LBRACE ? null : last;
    }

    private static int type(@Nullable Token token) {
        return token == null ? Token.EOF : token.getType();
    }

    private static @Nullable Token neighbour(TokenStream tokens, Token at, int step) {
        for (int k = at.getTokenIndex() + step; k >= 0 && k < tokens.size(); k += step) {
            if (tokens.get(k).getChannel() == Token.DEFAULT_CHANNEL) {
                return tokens.get(k);
            }
        }
        return null;
    }
}

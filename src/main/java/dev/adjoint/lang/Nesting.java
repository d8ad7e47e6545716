package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/**
 * Looks, before anything is parsed, how deeply a text is nested, so that no recursion of later stages can exhaust the
 * stack: brackets count, and so do signs, powers and choices, each of which nests to the right.
 */
final class Nesting {
    private static final int DEEPEST = 100;

    /** Brackets around, with the choices and the signs and powers that were open outside each. */
    private final Deque<int[]> outside = new ArrayDeque<>();

    private int depth;
    private int choices;
    private int signs;

    private Nesting() {}

    static Optional<Diagnostic> tooDeep(String file, List<? extends Token> tokens) {
        Nesting nesting = new Nesting();
        boolean afterOperand = false;
        for (Token token : tokens) {
            if (token.getChannel() != Token.DEFAULT_CHANNEL) {
                continue;
            }
            nesting.step(token.getType(), afterOperand);
            afterOperand = isOperandEnd(token.getType());
            if (nesting.depth + nesting.choices + nesting.signs > DEEPEST) {
                return Optional.of(Diagnostic.error(
                                Codes.L012.name(),
                                Places.of(file, token),
                                "this is nested more than " + DEEPEST + " deep")
                        .help("name parts of it with `let`"));
            }
        }
        return Optional.empty();
    }

    private void step(int type, boolean afterOperand) {
        switch (type) {
            case LayerLexer.LPAREN, LayerLexer.LBRACKET, LayerLexer.LBRACE -> {
                outside.push(new int[] {depth, choices, signs});
                depth += choices + signs + 1;
                choices = 0;
                signs = 0;
            }
            case LayerLexer.RPAREN, LayerLexer.RBRACKET, LayerLexer.RBRACE -> {
                if (!outside.isEmpty()) {
                    int[] before = outside.pop();
                    depth = before[0];
                    choices = before[1];
                    signs = before[2];
                }
            }
            case LayerLexer.QUESTION -> choices++;
            case LayerLexer.CARET, LayerLexer.NOT -> signs++;
            case LayerLexer.MINUS -> signs = afterOperand ? 0 : signs + 1;
            case LayerLexer.INTEGER, LayerLexer.DECIMAL, LayerLexer.ID, LayerLexer.D, LayerLexer.PRIME -> {}
            case LayerLexer.PLUS, LayerLexer.TIMES, LayerLexer.SLASH, LayerLexer.COLON -> signs = 0;
            default -> {
                signs = 0;
                choices = isRelational(type) ? choices : 0;
            }
        }
    }

    private static boolean isRelational(int type) {
        return type >= LayerLexer.LE && type <= LayerLexer.OR
                || type == LayerLexer.DIV
                || type == LayerLexer.MOD
                || type >= LayerLexer.SUM && type <= LayerLexer.ARGMIN
                || type == LayerLexer.GRAD
                || type == LayerLexer.DELTA
                || type == LayerLexer.PARTIAL;
    }

    private static boolean isOperandEnd(int type) {
        return type == LayerLexer.INTEGER
                || type == LayerLexer.DECIMAL
                || type == LayerLexer.ID
                || type == LayerLexer.D
                || type == LayerLexer.DELTA
                || type == LayerLexer.RPAREN
                || type == LayerLexer.RBRACKET
                || type == LayerLexer.PRIME;
    }
}

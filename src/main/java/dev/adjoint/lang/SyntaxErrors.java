package dev.adjoint.lang;

import dev.adjoint.diagnostic.Diagnostic;
import dev.adjoint.diagnostic.Diagnostics;
import dev.adjoint.diagnostic.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.Vocabulary;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.jspecify.annotations.Nullable;

/** Says what the parser expected and what it found: one error a statement, since what follows is guesswork. */
final class SyntaxErrors extends BaseErrorListener {
    /** The words that begin a statement. */
    private static final Set<Integer> STARTS = Set.of(
            LayerLexer.PACKAGE,
            LayerLexer.IMPORT,
            LayerLexer.LAYER,
            LayerLexer.DEF,
            LayerLexer.GENERATE,
            LayerLexer.INPUT,
            LayerLexer.PARAM,
            LayerLexer.CONST,
            LayerLexer.LET,
            LayerLexer.OUTPUT,
            LayerLexer.FUNCTION,
            LayerLexer.ASSUME,
            LayerLexer.CLAIM,
            LayerLexer.VERIFY);

    private final String file;
    private final Diagnostics found;
    private final Set<Integer> told = new HashSet<>();

    SyntaxErrors(String file, Diagnostics found) {
        this.file = file;
        this.found = found;
    }

    static boolean isStart(int type) {
        return STARTS.contains(type);
    }

    @Override
    public void syntaxError(
            Recognizer<?, ?> recognizer,
            @Nullable Object symbol,
            int line,
            int column,
            String message,
            @Nullable RecognitionException cause) {
        Parser parser = (Parser) recognizer;
        Token at = symbol instanceof Token token ? token : parser.getCurrentToken();
        if (told.add(statementOf(parser.getInputStream(), at))) {
            found.add(diagnostic(parser, at, cause));
        }
    }

    private static int statementOf(TokenStream tokens, Token at) {
        for (int k = at.getTokenIndex() - 1; k >= 0; k--) {
            if (isStart(tokens.get(k).getType())) {
                return k;
            }
        }
        return -1;
    }

    private Diagnostic diagnostic(Parser parser, Token at, @Nullable RecognitionException cause) {
        TokenStream tokens = parser.getInputStream();
        Place place = at.getType() == Token.EOF ? end(tokens) : Places.of(file, at);
        if (at.getType() == LayerLexer.UNCLOSED) {
            return Diagnostic.error(
                            Codes.L011.name(),
                            Place.at(file, at.getLine(), at.getCharPositionInLine() + 1),
                            "this comment does not end")
                    .help("end it with */");
        }
        if (at.getType() == LayerLexer.FOREIGN) {
            return foreign(at, place);
        }
        IntervalSet expected = expected(parser, cause);
        String text = at.getType() == Token.EOF ? "the end of the file" : "`" + at.getText() + "`";
        if (expected.contains(LayerLexer.ID) && isWord(at) && !expected.contains(LayerLexer.INTEGER)) {
            return Diagnostic.error(
                    Codes.L020.name(), place, text + " is a word of the language and cannot be a name here");
        }
        String wanted = describe(expected, parser.getVocabulary());
        String what = wanted.isEmpty() ? "unexpected " + text : "expected " + wanted + ", found " + text;
        Diagnostic diagnostic = Diagnostic.error(Codes.L010.name(), place, what);
        Token open = at.getType() == Token.EOF || isStart(at.getType()) ? SyntaxAdvice.unclosed(tokens, at) : null;
        if (open != null) {
            diagnostic = diagnostic.note("`" + open.getText() + "` is open since here", Places.of(file, open));
        }
        String help = SyntaxAdvice.of(tokens, at, expected);
        return help.isEmpty() ? diagnostic : diagnostic.help(help);
    }

    /** Right behind the last word of the text. */
    private Place end(TokenStream tokens) {
        for (int k = tokens.size() - 1; k >= 0; k--) {
            Token token = tokens.get(k);
            if (token.getType() != Token.EOF && token.getChannel() == Token.DEFAULT_CHANNEL) {
                Place last = Places.of(file, token);
                return Place.at(file, last.endLine(), last.endColumn() + 1);
            }
        }
        return Place.at(file, 1, 1);
    }

    private static Diagnostic foreign(Token at, Place place) {
        int character = at.getText().codePointAt(0);
        String shown =
                Character.isISOControl(character) ? String.format("U+%04X", character) : "`" + at.getText() + "`";
        Diagnostic diagnostic =
                Diagnostic.error(Codes.L011.name(), place, "the character " + shown + " has no place in this language");
        if (Character.isLetter(character)) {
            return diagnostic.help("names are made of ASCII letters, digits, underscores and the Greek letters that"
                    + " look like no ASCII letter");
        }
        return switch (character) {
            case '&' -> diagnostic.help("`and` is written &&");
            case '|' -> diagnostic.help("`or` is written ||");
            case '%' -> diagnostic.help("the remainder is written `mod`");
            default -> diagnostic;
        };
    }

    private static IntervalSet expected(Parser parser, @Nullable RecognitionException cause) {
        try {
            if (cause != null && !(cause instanceof NoViableAltException) && cause.getExpectedTokens() != null) {
                return cause.getExpectedTokens();
            }
            return cause == null ? parser.getExpectedTokens() : new IntervalSet();
        } catch (IllegalArgumentException noSuchState) {
            return new IntervalSet();
        }
    }

    private static boolean isWord(Token at) {
        return at.getType() >= LayerLexer.PACKAGE && at.getType() <= LayerLexer.ARGMIN;
    }

    private static String describe(IntervalSet expected, Vocabulary vocabulary) {
        List<Integer> types = new ArrayList<>(expected.toList());
        List<String> names = new ArrayList<>();
        if (types.contains(LayerLexer.LPAREN) && types.contains(LayerLexer.INTEGER)) {
            names.add("an expression");
            types.clear();
        } else if (types.contains(LayerLexer.ID)) {
            names.add("a name");
            types.removeIf(t -> t == LayerLexer.ID || t >= LayerLexer.PACKAGE && t <= LayerLexer.PARTIAL);
        }
        if (types.stream().filter(STARTS::contains).count() > 3) {
            types.removeIf(STARTS::contains);
            names.add("a statement");
        }
        if (types.stream()
                        .filter(t -> t >= LayerLexer.LE && t <= LayerLexer.CARET)
                        .count()
                > 3) {
            types.removeIf(t -> t >= LayerLexer.LE && t <= LayerLexer.CARET
                    || t == LayerLexer.DIV
                    || t == LayerLexer.MOD
                    || t == LayerLexer.QUESTION);
            names.add("an operator");
        }
        for (int type : types) {
            if (type == Token.EOF) {
                names.add("the end of the file");
            } else {
                String literal = vocabulary.getLiteralName(type);
                names.add(literal == null ? vocabulary.getDisplayName(type) : literal.replace('\'', '`'));
            }
        }
        if (names.size() > 8) {
            return "";
        }
        int last = names.size() - 1;
        return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }
}

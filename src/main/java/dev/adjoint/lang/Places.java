package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import org.antlr.v4.runtime.Token;

/** Where tokens stand. */
final class Places {
    private Places() {}

    static Place of(String file, Token token) {
        int line = token.getLine();
        int column = token.getCharPositionInLine() + 1;
        if (token.getType() == Token.EOF) {
            return Place.at(file, line, column);
        }
        String text = token.getText();
        int lastBreak = text.lastIndexOf('\n');
        if (lastBreak >= 0) {
            int breaks = (int) text.chars().filter(c -> c == '\n').count();
            return new Place(file, line, column, line + breaks, Math.max(1, text.length() - lastBreak - 1));
        }
        return new Place(file, line, column, line, column + Math.max(1, text.codePointCount(0, text.length())) - 1);
    }
}

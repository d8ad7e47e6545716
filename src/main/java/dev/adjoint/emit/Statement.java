package dev.adjoint.emit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement as the template prints it.
 *
 * @param kind the template's name
 */
public record Statement(String kind, @Nullable String text, List<Statement> body, List<Statement> otherwise) {
    public Statement {
        body = List.copyOf(body);
        otherwise = List.copyOf(otherwise);
    }

    static Statement line(String text) {
        return new Statement("line", text, List.of(), List.of());
    }
}

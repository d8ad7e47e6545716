package dev.adjoint.lift;

import com.github.javaparser.ast.Node;
import dev.adjoint.diagnostic.Diagnostic;

/** A construct that cannot be read as an equation, and why; it becomes the diagnostic of the whole method. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    Refusal(Diagnostic diagnostic) {
        super(diagnostic.message());
        this.diagnostic = diagnostic;
    }

    /** @param node of a file whose name the source set ({@link JavaFile}) */
    Refusal(String code, Node node, String message) {
        this(Diagnostic.error(code, JavaFile.place(node), message));
    }

    Refusal help(String text) {
        return new Refusal(diagnostic.help(text));
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}

package dev.adjoint.diagnostic;

import java.util.List;

/** The user's input cannot be worked on; the diagnostics say why. Never a bug of the tool. */
public final class AdjointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    public AdjointException(List<Diagnostic> diagnostics) {
        super(diagnostics.isEmpty() ? "no diagnostics" : diagnostics.get(0).message());
        this.diagnostics = List.copyOf(diagnostics);
    }

    public AdjointException(Diagnostic diagnostic) {
        this(List.of(diagnostic));
    }

    /** What is wrong, in the order of the text. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}

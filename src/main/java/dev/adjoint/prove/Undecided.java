package dev.adjoint.prove;

/** A question that cannot be decided; the message says why, for a reader. */
final class Undecided extends RuntimeException {
    private static final long serialVersionUID = 1;

    Undecided(String message) {
        super(message, null, false, false);
    }
}

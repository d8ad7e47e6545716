package dev.adjoint.prove;

/** Names for variables that no formula of a user can hold. */
final class Fresh {
    private int next;

    String name() {
        return "$" + next++;
    }
}

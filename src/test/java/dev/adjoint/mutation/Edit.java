package dev.adjoint.mutation;

/**
 * One edit of a claim's right-hand side.
 *
 * @param kind which, by the grammar: {@code replace index}, {@code delete factor}
 * @param description what became what: {@code i → j}
 * @param place the number of the edited node, in the order of the text
 * @param tree the right-hand side after it
 */
record Edit(String kind, String description, int place, Tree tree) {
    @Override
    public String toString() {
        return kind + ": " + description;
    }
}

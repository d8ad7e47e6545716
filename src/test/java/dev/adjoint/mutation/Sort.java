package dev.adjoint.mutation;

/** What is wanted at a place of an expression. */
enum Sort {
    VALUE,
    /** In an index, a bound, or a comparison of integers; may stand wherever a value may. */
    INTEGER,
    CONDITION,
    /** The range of a reduction. */
    RANGE,
    /** A whole tensor, the argument of a definition. */
    TENSOR,
    /** The entry that a derivative is taken by. */
    ENTRY
}

package dev.adjoint.mutation;

/** What an edit does to the value of a claim's right-hand side. */
enum Change {
    /** Somewhere it has another value, or none: the claim is wrong. */
    CHANGES,
    /** Nowhere that was looked at: the claim is still true. */
    KEEPS,
    /** Fields disagree, as where a law of exp or the order of the reals would have to be used. */
    UNDECIDED
}

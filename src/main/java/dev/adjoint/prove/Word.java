package dev.adjoint.prove;

/** What was shown of a claim; never a stronger word than that. */
public enum Word {
    /** For all sizes under the assumptions, or for all of those that are listed. */
    PROVED,
    /** Equal by exact random evaluation over a prime field, at the sizes listed. */
    TESTED,
    /** A counterexample was found, and confirmed exactly. */
    REFUTED,
    /** Neither; the reason is given. */
    UNKNOWN
}

package dev.adjoint.mutation;

/**
 * Whether two expressions are equal.
 *
 * @param where the first difference, for people; empty if there is none
 */
record Answer(Change change, String where) {}

package dev.adjoint.eval;

import dev.adjoint.expr.Ref;

/**
 * Where an evaluation reads tensors.
 *
 * @param <V> an element
 */
public interface Source<V> {
    /** The extent of each axis. */
    long[] shape(Ref ref);

    /** The entry at an index inside the shape. */
    V read(Ref ref, long[] index);

    /** Told of every turn of a sum, so that an evaluation can be bounded; by default nothing is done. */
    default void turn() {}

    /** The entry of an integer tensor at an index inside its shape; by default there is none. */
    default long entry(String tensor, long[] index) {
        throw new IllegalStateException("no integer tensor " + tensor);
    }
}

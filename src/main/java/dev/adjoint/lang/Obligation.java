package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.index.IntExpr;

/**
 * Something that must hold wherever it is reached: {@code 0 ≤ index < extent} of one axis of a read, or
 * {@code index ≥ 1} of a divisor.
 *
 * @param axis the axis, from 0; −1 for a divisor
 * @param read the access as it prints, {@code o[c, i+m]}
 */
record Obligation(String read, String tensor, int axis, IntExpr index, IntExpr extent, Context context, Place place) {
    /** Whether {@code pad} may stand around the access: it is no entry of an integer tensor. */
    boolean isPaddable() {
        TensorValue.Stored stored = context.work().tensors.get(tensor);
        return stored == null || stored.limit().isEmpty();
    }

    boolean isDivisor() {
        return axis < 0;
    }
}

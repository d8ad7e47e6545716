package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.index.IntExpr;
import java.util.List;
import java.util.Optional;

/**
 * A tensor of a layer.
 *
 * @param shape the extent of each axis, over the sizes; a scalar has none
 * @param limit of an integer tensor the bound {@code V} with {@code 0 ≤ t < V}; empty for a real one
 */
public record Tensor(String name, Role role, List<IntExpr> shape, Optional<IntExpr> limit, Place place) {
    /** What a tensor is to its layer. */
    public enum Role {
        /** Comes from the layer before; gets a gradient. */
        INPUT,
        /** Is learned; gets a gradient. */
        PARAM,
        /** Is given; gets no gradient. */
        CONST,
        /** Is an intermediate; has a gradient of its own, which the others are derived from. */
        LET,
        /** Is computed; an error arrives at it. */
        OUTPUT
    }

    public Tensor {
        shape = List.copyOf(shape);
    }

    public int rank() {
        return shape.size();
    }

    public boolean isInteger() {
        return limit.isPresent();
    }

    /** Whether the layer's caller passes it in. */
    public boolean isGiven() {
        return role == Role.INPUT || role == Role.PARAM || role == Role.CONST;
    }

    /** Whether {@code dE/dT} exists as a result of the layer's backward pass. */
    public boolean hasGradient() {
        return role == Role.INPUT || role == Role.PARAM;
    }
}

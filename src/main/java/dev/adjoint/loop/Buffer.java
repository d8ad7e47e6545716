package dev.adjoint.loop;

import dev.adjoint.index.IntExpr;
import java.util.List;

/**
 * A flat array of a generated class.
 *
 * @param name unique among the buffers of a class
 * @param integer whether it holds integers; else it holds the class' element type
 * @param shape extents of the row-major tensor that it stores, over the open sizes
 */
public record Buffer(String name, Role role, boolean integer, List<IntExpr> shape) {
    /** Where a buffer comes from. */
    public enum Role {
        /** An argument that is read. */
        GIVEN,
        /** An argument that is overwritten. */
        RESULT,
        /** Owned by the instance. */
        SCRATCH,
        /** Owned by the instance, and by each thread that works for it: a block of results writes before it reads. */
        BLOCK
    }

    public Buffer {
        shape = List.copyOf(shape);
    }

    /** The same array in another role. */
    public Buffer as(Role other) {
        return new Buffer(name, other, integer, shape);
    }

    /** The number of entries. */
    public IntExpr length() {
        IntExpr length = IntExpr.ONE;
        for (IntExpr extent : shape) {
            length = length.times(extent);
        }
        return length;
    }

    /** The place of an entry in row-major order, {@code (i₀·n₁ + i₁)·n₂ + i₂ …}. */
    public IntExpr offset(List<IntExpr> index) {
        IntExpr offset = IntExpr.ZERO;
        IntExpr stride = IntExpr.ONE;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            offset = index.get(axis).times(stride).plus(offset);
            stride = stride.times(shape.get(axis));
        }
        return offset;
    }

    @Override
    public String toString() {
        return name;
    }
}

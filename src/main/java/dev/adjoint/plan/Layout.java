package dev.adjoint.plan;

import dev.adjoint.index.IntExpr;
import dev.adjoint.loop.Buffer;
import dev.adjoint.loop.Place;
import java.util.List;

/**
 * How an operand lies in memory: where it was given, or as a copy.
 *
 * @param how in words, as {@code copied with a border}
 * @param source the tensor
 * @param place where the contraction finds its entries; of a copy its buffer is a stand-in until the copy has a name
 * @param origins of the copy; none if there is none
 * @param axes of the copy
 */
record Layout(String how, Buffer source, Place place, List<IntExpr> origins, List<Packing.Axis> axes) {
    Layout {
        origins = List.copyOf(origins);
        axes = List.copyOf(axes);
    }

    static Layout copy(String how, Buffer source, List<IntExpr> origins, List<Packing.Axis> axes) {
        List<IntExpr> shape = axes.stream().map(Packing.Axis::extent).toList();
        Buffer standIn = new Buffer(source.name(), Buffer.Role.SCRATCH, false, shape);
        IntExpr at = standIn.offset(axes.stream().map(Packing.Axis::at).toList());
        return new Layout(how, source, new Place(standIn, at), origins, axes);
    }

    boolean isCopy() {
        return !axes.isEmpty();
    }

    /** The entries of the copy, or of the tensor. */
    IntExpr length() {
        return place.buffer().length();
    }
}

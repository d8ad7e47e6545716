package dev.adjoint.mutation;

import dev.adjoint.eval.Field;
import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Whether a claim is true, from the layer's equations alone: gradients and derivatives are dual numbers carried through
 * them. The judge of provers; it shares no rule with derivation or proof.
 */
final class Truth {
    private static final long MOST_ENTRIES = 260;

    private Truth() {}

    /** What both sides of a claim are at one element. */
    record Sides<V>(Result<V> left, Result<V> right) {}

    /** Both sides at a point. */
    static <V> Sides<V> sides(Layer layer, Claim claim, Point point, Map<String, Long> element, Field<V> field) {
        World<V> world = World.of(layer, point, field);
        return new Sides<>(
                Result.of(() -> world.value(claim.left(), element)),
                Result.of(() -> world.value(claim.right(), element)));
    }

    /** Whether the right side has the left side's value wherever that has one: at drawn sizes, all elements, several data. */
    static Answer of(Layer layer, Claim claim, int sizeSets, long seed) {
        return at(layer, claim, SizeDraws.draw(layer, sizeSets, MOST_ENTRIES, new Random(seed)), seed);
    }

    /** The same at chosen sizes. */
    static Answer at(Layer layer, Claim claim, List<Map<String, Long>> sizes, long seed) {
        return new Trials(layer, claim.indices(), sizes, seed).compare(claim.left(), claim.right());
    }
}

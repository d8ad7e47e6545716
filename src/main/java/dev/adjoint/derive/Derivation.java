package dev.adjoint.derive;

import dev.adjoint.lang.Layer;
import java.util.List;
import java.util.Optional;

/**
 * All gradients of a layer, in an order in which they can be computed: those of lets backward through the layer, then
 * those of inputs and params in the order of their declaration. A gradient reads {@code delta}, the layer's tensors and
 * the gradients of later lets.
 */
public record Derivation(Layer layer, List<Gradient> gradients) {
    public Derivation {
        gradients = List.copyOf(gradients);
    }

    public Optional<Gradient> of(String tensor) {
        return gradients.stream().filter(g -> g.of().name().equals(tensor)).findFirst();
    }
}

package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Ref;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that a Java method is held to compute: {@code verify grad w by com.acme.Conv#backwardWeights(delta = dy)}.
 *
 * @param what the gradient, or a let or output for the forward pass
 * @param signature the types of the method's parameters, as {@code float[][]}, where its name does not tell it from
 *     others
 * @param parameters the layer's names, or integers of its sizes as they print → the method's, a field also as
 *     {@code this.w}, or for a size its number; in the order written. {@code result} is what holds the result
 */
public record Verification(
        Ref what,
        String className,
        String method,
        Optional<List<String>> signature,
        Map<String, String> parameters,
        Place place) {
    public Verification {
        signature = signature.map(List::copyOf);
        parameters = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(parameters));
    }
}

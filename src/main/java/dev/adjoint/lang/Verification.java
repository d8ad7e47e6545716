package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Ref;
import java.util.Map;

/**
 * Something that a Java method is held to compute: {@code verify grad w by com.acme.Conv#backwardWeights(delta = dy)}.
 *
 * @param what the gradient, or a let or output for the forward pass
 * @param parameters the layer's names → the method's, in the order written
 */
public record Verification(Ref what, String className, String method, Map<String, String> parameters, Place place) {
    public Verification {
        parameters = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(parameters));
    }
}

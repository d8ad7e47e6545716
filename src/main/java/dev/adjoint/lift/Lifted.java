package dev.adjoint.lift;

import dev.adjoint.lang.Claim;
import java.util.List;
import java.util.Map;

/**
 * A Java method as an equation.
 *
 * @param claim that the entry of the gradient, let or output at free indices is what the method leaves in its result;
 *     over the layer's tensors; its place is that of the method
 * @param equation the claim in the language: pasted into the layer, it is the same claim
 * @param layout how arrays hold tensors, as {@code w[d,c,m,n] is weights[((d*C + c)*K + m)*K + n]}
 * @param notes what was taken for granted
 * @param sizes the sizes for which alone this holds, {@code N = 1}; none if it holds for all
 */
public record Lifted(Claim claim, String equation, List<String> layout, List<String> notes, Map<String, Long> sizes) {
    public Lifted {
        layout = List.copyOf(layout);
        notes = List.copyOf(notes);
        sizes = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(sizes));
    }
}

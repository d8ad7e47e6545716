package dev.adjoint.prove;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The smallest case found where the two sides of a claim differ; confirmed exactly, independently of how it was found.
 *
 * @param sizes every size of the layer
 * @param tensors what each tensor holds, row-major, as exact decimals or fractions: {@code delta → [1, 0, 0, 0]}
 * @param shapes the extents of these tensors
 * @param element the free indices of the claim; empty for a scalar
 * @param derived the right value, exactly or, with transcendental functions, as an interval
 * @param claimed what the claim's right-hand side gives; a word such as {@code undefined} if it has no value
 * @param missing the terms that should be there and are not, as {@code delta[0,0]*o[1,1]}; empty if not polynomial
 * @param extra the terms that are there and should not be
 */
public record Counterexample(
        Map<String, Long> sizes,
        Map<String, List<String>> tensors,
        Map<String, List<Long>> shapes,
        Map<String, Long> element,
        String derived,
        String claimed,
        List<String> missing,
        List<String> extra) {
    public Counterexample {
        sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        shapes = Collections.unmodifiableMap(new LinkedHashMap<>(shapes));
        element = Collections.unmodifiableMap(new LinkedHashMap<>(element));
        missing = List.copyOf(missing);
        extra = List.copyOf(extra);
    }
}

package dev.adjoint.report.figure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A figure of a layer.
 *
 * @param kind what it shows
 * @param about the tensor whose gradient it explains; empty if it explains the layer itself
 * @param result the tensor whose equation is drawn
 * @param sizes every size of the layer, as it is drawn
 * @param caption what is to be seen, in a sentence or two
 * @param panels in order
 */
public record Figure(
        Kind kind,
        String about,
        String result,
        String title,
        Map<String, Long> sizes,
        String caption,
        List<Panel> panels) {
    /** What a figure shows. */
    public enum Kind {
        RECEPTIVE_FIELD,
        KERNEL,
        FORWARD,
        ONE_WEIGHT,
        ERROR,
        WEIGHT_GRADIENT,
        REGION,
        INPUT_GRADIENT,
        ROUTING
    }

    public Figure {
        sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
        panels = List.copyOf(panels);
    }

    /** The same under another title. */
    Figure titled(String other) {
        return new Figure(kind, about, result, other, sizes, caption, panels);
    }
}

package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import java.util.List;
import java.util.Map;

/**
 * A class to be emitted.
 *
 * @param layer the layer with the bound sizes and functions already put in their places, named after the class;
 *     {@link Layer#sizes} are those left open
 * @param origin the layer's own name
 * @param bound the sizes that were bound, with their values, in the layer's order
 */
public record Generate(
        String className,
        String javaPackage,
        Layer layer,
        String origin,
        Map<String, Long> bound,
        Options options,
        Place place) {

    /** How a class is emitted: {@code { type = float; target = vector; unroll = full; save = true; parallel = true }}. */
    public record Options(Type type, Target target, Unroll unroll, boolean winograd, boolean save, boolean parallel) {
        public static final Options DEFAULT = new Options(Type.FLOAT, Target.PORTABLE, Unroll.AUTO, true, false, false);

        /** The element type of arrays. */
        public enum Type {
            FLOAT,
            DOUBLE
        }

        /** Which Java is emitted. */
        public enum Target {
            PORTABLE,
            VECTOR
        }

        /** Whether the reductions over fixed ranges are written out. */
        public enum Unroll {
            AUTO,
            FULL,
            NONE
        }
    }

    public Generate {
        bound = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(bound));
    }

    /** The sizes that the constructor takes, in the layer's order. */
    public List<Size> open() {
        return layer.sizes();
    }
}

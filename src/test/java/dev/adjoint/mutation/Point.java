package dev.adjoint.mutation;

import dev.adjoint.expr.Ref;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * Sizes and data: what a layer is evaluated at. All numbers are exact, so that every field sees the same point.
 *
 * @param values what each given tensor and each upstream error holds, row-major; the key is its name in the language
 * @param integers what each integer tensor holds
 */
record Point(Map<String, Long> sizes, Map<String, List<BigFraction>> values, Map<String, long[]> integers) {
    Point {
        sizes = new LinkedHashMap<>(sizes);
        values = new LinkedHashMap<>(values);
        integers = new LinkedHashMap<>(integers);
    }

    /** {@code delta.x} for the error of x, whether or not there are other outputs. */
    static String key(Ref ref) {
        return ref.kind() == Ref.Kind.DELTA ? "delta." + ref.name() : ref.name();
    }
}

package dev.adjoint.plan;

import dev.adjoint.bilinear.ErrorBound;
import dev.adjoint.bilinear.FilterProof;
import dev.adjoint.bilinear.MinimalFilter;
import dev.adjoint.bilinear.Precision;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which minimal filters may be used: those that are proved, have few products, and err little. */
final class Filters {
    /**
     * The error that filters may have, in unit roundoffs: the root mean square that is expected of it, over that of the
     * results ({@link ErrorBound#typical}). Along two axes F(4, 3) and F(3, 4) have 7, F(2, 5) a little
     * over 8, F(3, 5) has 19.
     */
    static final double MOST_ERROR = 8;

    /** Longer filters are not even made: they would need more points than there are small numbers. */
    static final int MOST_PRODUCTS = 8;

    /** Whether the prover says that filters compute what they are for: none is used before. */
    private static final Map<List<MinimalFilter>, Boolean> PROVED = new ConcurrentHashMap<>();

    private static final Map<List<MinimalFilter>, Map<Precision, ErrorBound>> BOUNDS = new ConcurrentHashMap<>();

    private Filters() {}

    /** Whether filters along one or two axes may be used in this precision. */
    static boolean allow(List<? extends FilterAxis> axes, Precision precision) {
        double unit = precision.unitRoundoff().doubleValue();
        return axes.stream().allMatch(a -> a.products() <= MOST_PRODUCTS)
                && bound(axes, precision).typical() <= MOST_ERROR * unit
                && PROVED.computeIfAbsent(of(axes), Filters::isProved);
    }

    /** The errors of the filters. */
    static ErrorBound bound(List<? extends FilterAxis> axes, Precision precision) {
        return BOUNDS.computeIfAbsent(of(axes), filters -> new ConcurrentHashMap<>())
                .computeIfAbsent(precision, p -> ErrorBound.of(of(axes), 1, p));
    }

    private static List<MinimalFilter> of(List<? extends FilterAxis> axes) {
        return axes.stream().map(FilterAxis::filter).toList();
    }

    private static boolean isProved(List<MinimalFilter> filters) {
        return (filters.size() == 1
                        ? FilterProof.of(filters.get(0))
                        : FilterProof.ofNested(filters.get(0), filters.get(1)))
                .isProved();
    }
}

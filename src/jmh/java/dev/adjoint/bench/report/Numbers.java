package dev.adjoint.bench.report;

import java.util.Locale;

/** Numbers as tables show them. */
final class Numbers {
    /** What stands where there is no number. */
    static final String NONE = "–";

    private Numbers() {}

    /** Three digits, or all before the point. */
    static String three(double value) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        // What rounds up to the next power of ten has one digit more before the point.
        int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** The nearest whole number. */
    static String whole(double value) {
        return Double.isFinite(value) ? String.valueOf(Math.round(value)) : NONE;
    }
}

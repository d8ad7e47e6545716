package dev.adjoint.plan;

/**
 * About how many cycles long runs take on a core with vectors of 16 floats, fitted to what HotSpot makes of such loops.
 * It ranks plans, it predicts no times.
 */
final class RunCost {
    /** For each result of a run: a product, an entry loaded, a sum loaded and stored. */
    private static final double PRODUCT = 0.03;

    private static final double LOAD = 0.01;
    private static final double SUM = 0.055;

    /** The same from the second cache. Of taps that read the same plane, rows apart, one brings it nearer for all. */
    private static final double FAR_LOAD = 0.08;

    private static final double FAR_SUM = 0.14;

    /** For each product of a loop: what is computed one by one before and after the vectors. */
    private static final double ENDS = 14;

    /** To copy an entry as a part of a row, from far away, or one by one; to start a row. */
    private static final double COPY = 0.08;

    private static final double FAR_COPY = 0.2;
    private static final double ENTRY = 3;
    private static final double ROW = 36;

    /** A product in a register block, where HotSpot makes no vectors. */
    static final double SCALAR = 0.45;

    /** The same in the loop nest of an equation. */
    static final double NEST = 2.5;

    /** How many floats the first cache holds, and the second. */
    private static final double NEAR = 11_000;

    private static final double SECOND = 350_000;

    private RunCost() {}

    /**
     * One loop that adds taps to each of some sums.
     *
     * @param planes how many copies of the run the taps read
     * @param arena how many entries the arena has
     */
    static double loop(double sums, double taps, double planes, double length, double arena) {
        double loads = LOAD * taps + (arena <= NEAR ? 0 : (FAR_LOAD - LOAD) * planes);
        double sum = sums * length <= NEAR / 2 ? SUM : FAR_SUM;
        return (PRODUCT * sums * taps + loads + sum * sums) * length + ENDS * sums * taps;
    }

    static double copy(double length, double of) {
        return ROW + (of > SECOND ? FAR_COPY : COPY) * length;
    }

    /** To copy a tensor, row by row or one entry after the other. */
    static double pack(double length, double row, boolean inRows) {
        double far = length > SECOND ? FAR_COPY : 0;
        return inRows ? length * (COPY + far) + length / row * ROW : length * (ENTRY + far);
    }
}

package dev.adjoint.eval;

/** All reals from {@code lo} to {@code hi}, both finite, or one infinity; a single point if they are equal. */
public record Interval(double lo, double hi) {
    public Interval {
        if (!(lo <= hi)) {
            throw new ArithmeticException("no interval from " + lo + " to " + hi);
        }
    }

    static Interval point(double value) {
        // −0 and 0 are one real number.
        return new Interval(value + 0.0, value + 0.0);
    }

    public boolean isPoint() {
        return lo == hi;
    }

    /** Whether no real lies in both: the two numbers that they enclose are different. */
    public boolean isApartFrom(Interval other) {
        return hi < other.lo || other.hi < lo;
    }
}

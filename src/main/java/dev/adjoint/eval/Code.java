package dev.adjoint.eval;

/** What expressions are compiled to. */
public final class Code {
    private Code() {}

    /** A body of a value. */
    interface Body {
        double at(Frame f);
    }

    /** A body of an integer. */
    interface Whole {
        long at(Frame f);
    }

    /** A body of a condition. */
    interface Check {
        boolean at(Frame f);
    }

    static Real plain(Body body) {
        return new Real() {
            @Override
            double at(Frame f) {
                return body.at(f);
            }
        };
    }

    static Int whole(Whole body) {
        return new Int() {
            @Override
            long at(Frame f) {
                return body.at(f);
            }
        };
    }

    static Test check(Check check) {
        return new Test() {
            @Override
            boolean at(Frame f) {
                return check.at(f);
            }
        };
    }

    /** A value, given where one is. */
    public abstract static class Real {
        abstract double at(Frame f);

        /** Whether where it is 0, it is a strong zero. */
        boolean isStrong() {
            return false;
        }
    }

    /** An integer, given where one is. */
    public abstract static class Int {
        abstract long at(Frame f);
    }

    /** A condition, given where one is. */
    public abstract static class Test {
        abstract boolean at(Frame f);
    }

    /** There is no value, or it takes too long to find it. */
    public static final class NoValue extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoValue(String why) {
            super(why, null, false, false);
        }
    }

    static final NoValue OUTSIDE = new NoValue("a read leaves its tensor");
    static final NoValue TOO_MUCH = new NoValue("the evaluation takes too long");
    static final NoValue TOO_LARGE = new NoValue("an exponent is too large");
}

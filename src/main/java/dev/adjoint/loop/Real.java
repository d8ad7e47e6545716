package dev.adjoint.loop;

import dev.adjoint.expr.Fun;
import dev.adjoint.index.IntExpr;
import org.apache.commons.numbers.fraction.BigFraction;

/**
 * A value of the element type, computed without side effect: a scalar, or as many as a vector has lanes. What combines
 * values combines lanes with lanes, each with its own; {@link Spread} makes lanes of a scalar, {@link SumOfLanes} a
 * scalar of lanes.
 */
public sealed interface Real {
    Real ZERO = new Literal(BigFraction.ZERO);
    Real ONE = new Literal(BigFraction.ONE);

    /** Whether it has a value for each lane. */
    default boolean isLanes() {
        return false;
    }

    /** A rational number, exact. */
    record Literal(BigFraction value) implements Real {}

    /** A number that is not rational. */
    enum Special implements Real {
        PI,
        INFINITY,
        NEGATIVE_INFINITY
    }

    /** An integer as a value; one for each lane if it depends on the lane's number. */
    record OfInt(IntExpr value) implements Real {
        @Override
        public boolean isLanes() {
            return Lane.isIn(value);
        }
    }

    /** A local variable, of lanes or a scalar. */
    record Local(String name, boolean isLanes) implements Real {
        public Local(String name) {
            this(name, false);
        }
    }

    /** An entry of a buffer. */
    record Load(Buffer buffer, IntExpr at) implements Real {}

    /**
     * Every {@code stride}-th entry of a buffer from a place on, one for each lane; the stride is at least 1.
     *
     * @param braided whether in another order: the first half of them stand in the even lanes, the others in the odd ones
     */
    record Lanes(Buffer buffer, IntExpr at, int stride, boolean braided) implements Real {
        /** Neighbours. */
        public Lanes(Buffer buffer, IntExpr at) {
            this(buffer, at, 1);
        }

        /** In their order. */
        public Lanes(Buffer buffer, IntExpr at, int stride) {
            this(buffer, at, stride, false);
        }

        @Override
        public boolean isLanes() {
            return true;
        }
    }

    /** The even lanes, then the odd ones. */
    record Unbraided(Real lanes) implements Real {
        @Override
        public boolean isLanes() {
            return true;
        }
    }

    /** The same scalar in each lane. */
    record Spread(Real value) implements Real {
        @Override
        public boolean isLanes() {
            return true;
        }
    }

    /** All lanes added up, in an order that is not told. */
    record SumOfLanes(Real lanes) implements Real {}

    /** The largest or the smallest lane; NaN wins. */
    record ExtremumOfLanes(boolean max, Real lanes) implements Real {}

    /** Two values combined. */
    record Binary(Op op, Real left, Real right) implements Real {
        @Override
        public boolean isLanes() {
            return left.isLanes();
        }
    }

    /** An operation on two values. */
    enum Op {
        ADD,
        SUB,
        MUL,
        DIV,
        MAX,
        MIN
    }

    /** {@code -arg}. */
    record Negate(Real arg) implements Real {
        @Override
        public boolean isLanes() {
            return arg.isLanes();
        }
    }

    /** {@code a·b + c}, rounded once. */
    record Fma(Real a, Real b, Real c) implements Real {
        @Override
        public boolean isLanes() {
            return a.isLanes();
        }
    }

    /** A function that the language knows. */
    record Call(Fun.Known fun, Real arg) implements Real {
        @Override
        public boolean isLanes() {
            return arg.isLanes();
        }
    }

    /** {@code base^exponent} in general. */
    record Power(Real base, Real exponent) implements Real {
        @Override
        public boolean isLanes() {
            return base.isLanes();
        }
    }

    /** One side or the other; of scalars only that side is computed, of lanes both. */
    record Choose(Test test, Real then, Real otherwise) implements Real {
        @Override
        public boolean isLanes() {
            return then.isLanes();
        }
    }

    /** One scalar or the other; both are computed, so that there is no branch. */
    record Either(Test test, Real then, Real otherwise) implements Real {}
}

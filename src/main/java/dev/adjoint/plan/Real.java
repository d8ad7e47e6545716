package dev.adjoint.plan;

import dev.adjoint.expr.Fun;
import dev.adjoint.index.IntExpr;
import org.apache.commons.numbers.fraction.BigFraction;

/** A scalar of the element type, computed without side effect. */
public sealed interface Real {
    Real ZERO = new Literal(BigFraction.ZERO);
    Real ONE = new Literal(BigFraction.ONE);

    /** A rational number, exact. */
    record Literal(BigFraction value) implements Real {}

    /** A number that is not rational. */
    enum Special implements Real {
        PI,
        INFINITY,
        NEGATIVE_INFINITY
    }

    /** An integer as a value. */
    record OfInt(IntExpr value) implements Real {}

    /** A local variable. */
    record Local(String name) implements Real {}

    /** An entry of a buffer. */
    record Load(Buffer buffer, IntExpr at) implements Real {}

    /** Two values combined. */
    record Binary(Op op, Real left, Real right) implements Real {}

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
    record Negate(Real arg) implements Real {}

    /** {@code a·b + c}, rounded once. */
    record Fma(Real a, Real b, Real c) implements Real {}

    /** A function that the language knows. */
    record Call(Fun.Known fun, Real arg) implements Real {}

    /** {@code base^exponent} in general. */
    record Power(Real base, Real exponent) implements Real {}

    /** One side or the other; only that side is computed. */
    record Choose(Test test, Real then, Real otherwise) implements Real {}
}

package dev.adjoint.bilinear;

import org.apache.commons.numbers.fraction.BigFraction;

/**
 * One operation of a straight-line program. An operand is the number of a value: the inputs come first, then what each
 * operation gave, in their order.
 */
public sealed interface Operation {
    /** {@code left + right}. */
    record Add(int left, int right) implements Operation {}

    /** {@code left - right}. */
    record Subtract(int left, int right) implements Operation {}

    /** {@code factor·of}. */
    record Scale(BigFraction factor, int of) implements Operation {}

    /** {@code factor·of + plus}, one instruction where there is a fused multiply-add. */
    record MultiplyAdd(BigFraction factor, int of, int plus) implements Operation {}

    /** {@code factor·of - minus}, one instruction where there is a fused multiply-add. */
    record MultiplySubtract(BigFraction factor, int of, int minus) implements Operation {}
}

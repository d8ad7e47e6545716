package dev.adjoint.check;

import dev.adjoint.eval.PrimeField;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A number modulo 2^61 − 1, or why there is none.
 *
 * @param number 0 if there is none
 * @param failure null if there is a number
 */
record Value(long number, @Nullable String failure) {
    static Value of(Supplier<Long> evaluation) {
        try {
            return new Value(evaluation.get(), null);
        } catch (ArithmeticException | IndexOutOfBoundsException | IllegalStateException e) {
            return new Value(0, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    /** Whether it fails only because some value is infinite, of which no law of derivation speaks. */
    boolean isInfinite() {
        return failure != null && failure.contains("inf");
    }

    /** Whether it fails because a read left its tensor. */
    boolean isOutside() {
        return failure != null && failure.contains("lies outside");
    }

    /** Whether it fails because of a division by zero. */
    boolean isPole() {
        return failure != null && failure.equals("1 / 0");
    }

    /** Small integers as they are, whatever their sign. */
    @Override
    public String toString() {
        if (failure != null) {
            return "undefined (" + failure + ")";
        }
        return Long.toString(number > PrimeField.P / 2 && number < PrimeField.P ? number - PrimeField.P : number);
    }
}

package dev.adjoint.mutation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation gives.
 *
 * @param value null if there is none
 * @param why there is none
 */
record Result<V>(@Nullable V value, String why) {
    static <V> Result<V> of(Supplier<V> evaluation) {
        try {
            return new Result<>(evaluation.get(), "");
        } catch (ArithmeticException | IndexOutOfBoundsException undefined) {
            return new Result<>(null, "undefined: " + undefined.getMessage());
        }
    }

    boolean isDividedByZero() {
        return why.contains("/ 0");
    }

    @Override
    public String toString() {
        return value == null ? why : value.toString();
    }
}

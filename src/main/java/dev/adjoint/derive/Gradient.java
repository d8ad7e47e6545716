package dev.adjoint.derive;

import dev.adjoint.expr.Expr;
import dev.adjoint.expr.Ref;
import dev.adjoint.index.Range;
import dev.adjoint.lang.Tensor;
import java.util.List;

/**
 * The gradient {@code dE/dT} of one tensor, derived: {@code grad T[indices] = formula}.
 *
 * @param of the tensor: an input, a param or a let
 * @param indices one for each axis of the tensor, from 0 to its extent
 * @param raw the chain rule, before any rewriting: Σ over every equation that reads T of
 *     {@code delta · d(rhs)/d(T[indices])}; the definition that the rest is checked against
 * @param steps how the formula came of it
 * @param paddedSteps how the padded form came of it
 * @param formula the result with clamped bounds: every read lies inside its tensor
 * @param padded the result with zero-padded reads and whole ranges, the textbook's full convolution with the flipped
 *     kernel; the same as the formula where nothing leaves its tensor
 * @param words what the result is, in the field's terms, as "valid cross-correlation of o with delta"; may be empty
 */
public record Gradient(
        Tensor of,
        List<Range> indices,
        Expr raw,
        List<Step> steps,
        List<Step> paddedSteps,
        Expr formula,
        Expr padded,
        List<String> words) {
    public Gradient {
        indices = List.copyOf(indices);
        steps = List.copyOf(steps);
        paddedSteps = List.copyOf(paddedSteps);
        words = List.copyOf(words);
    }

    public Ref ref() {
        return Ref.grad(of.name());
    }
}

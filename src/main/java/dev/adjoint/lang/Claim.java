package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Expr;
import dev.adjoint.index.Range;
import java.util.List;

/**
 * Something that the author holds to be true: {@code left = right} for all values of the indices.
 *
 * @param text as it was written, on one line
 */
public record Claim(Expr left, Expr right, List<Range> indices, String text, Place place) {
    public Claim {
        indices = List.copyOf(indices);
    }
}

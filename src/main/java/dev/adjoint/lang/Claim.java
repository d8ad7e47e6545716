package dev.adjoint.lang;

import dev.adjoint.diagnostic.Place;
import dev.adjoint.expr.Expr;
import dev.adjoint.index.Range;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that the author holds to be true: {@code left = right} for all values of the indices.
 *
 * @param doc the documentation comment right before it, without its stars; empty if there is none
 * @param text as it was written, on one line
 */
public record Claim(Expr left, Expr right, List<Range> indices, String doc, String text, Place place) {
    private static final Pattern LABEL = Pattern.compile("\\(([0-9][^()\\s]{0,9})\\)");

    public Claim {
        indices = List.copyOf(indices);
    }

    /** The number of the equation, in parentheses at the head of the comment, {@code 13}; empty if there is none. */
    public String label() {
        Matcher label = LABEL.matcher(doc);
        return label.lookingAt() ? label.group(1) : "";
    }
}

package dev.adjoint.lang;

/**
 * The codes of what can be wrong with a spec, each with one line on what it means. A code never changes its meaning;
 * one that is no longer used is not given again. The table for users, with what to do, is {@code adjoint/messages.md}
 * among the resources.
 */
public enum Codes {
    /** The file cannot be read: it is missing, a directory, or access to it is denied. */
    L001("the file cannot be read"),
    /** The file is not text in UTF-8. */
    L002("the file is not UTF-8"),
    /** The file is larger than any spec. */
    L003("the file is too large"),
    /** Something else was expected here. */
    L010("not the grammar of the language"),
    /** A character, or a comment that does not end, has no place in the language. */
    L011("a character that has no place in the language"),
    /** Parentheses, signs or powers are nested too deeply. */
    L012("nested too deeply"),
    /** A number does not fit. */
    L013("a number that is too large"),
    /** A word that Java, the language or the generated class uses cannot be a name. */
    L020("a reserved word as a name"),
    /** A name is declared twice, or two names collide in the generated Java. */
    L021("two things of one name"),
    /** A name is not known here. */
    L022("an unknown name"),
    /** A name denotes something that cannot stand here. */
    L023("a name of the wrong kind"),
    /** An index is bound twice. */
    L024("an index bound twice"),
    /** An index takes the name of a size, a tensor or a function. */
    L025("an index that hides another name"),
    /** An index is bound nowhere. */
    L026("an unbound index"),
    /** An integer, a value, a condition or a whole tensor stands where another sort is wanted. */
    L030("the wrong sort of expression"),
    /** Values are divided with {@code /}, integers with {@code div}. */
    L031("a slash in an index"),
    /** The number of indices is not that of the axes. */
    L032("the wrong number of indices"),
    /** Extents differ that must be equal. */
    L033("shapes that do not fit"),
    /** A range is not of the form {@code i < n}, {@code lo <= i < hi}. */
    L034("a malformed range"),
    /** An index without a range stands alone at no axis. */
    L035("an index without a range"),
    /** An index without a range stands at axes of different extents. */
    L036("two ranges for one index"),
    /** An argument list does not fit what is called. */
    L037("the wrong arguments"),
    /** Integer arithmetic overflows or divides by zero. */
    L038("integer overflow or division by zero"),
    /** An access leaves its tensor. */
    L040("an access outside its tensor"),
    /** It could not be decided whether an access stays inside its tensor: a warning, of a class an error. */
    L041("an access that could not be decided"),
    /** A divisor of {@code div} or {@code mod} may be zero or negative. */
    L042("a divisor that may not be positive"),
    /** No sizes satisfy the assumptions. */
    L043("assumptions that cannot hold"),
    /** A layer lacks an output, or an output is read by an equation. */
    L050("a misplaced or missing output"),
    /** A tensor is defined through itself. */
    L051("an equation in a circle"),
    /** A definition calls itself, directly or through others. */
    L052("a recursive definition"),
    /** Definitions expand to more than can be worked on. */
    L053("definitions that expand without measure"),
    /** {@code delta}, {@code grad} or a derivative stands where there is none. */
    L054("a gradient where there is none"),
    /** A {@code pad} encloses something other than one access, or is not constant. */
    L055("a misplaced pad"),
    /** An import leads nowhere. */
    L060("an unknown import"),
    /** Files import one another in a circle. */
    L061("imports in a circle"),
    /** The package is not one that Java could have. */
    L062("a package that Java cannot have"),
    /** A size is bound to something that the layer excludes. */
    L070("a size outside what the layer allows"),
    /** An option or its value is not known. */
    L071("an unknown option"),
    /** A tensor has more entries than an array can hold. */
    L072("a tensor too large for an array"),
    /** Layers cannot be put one after the other. */
    L073("layers that do not compose");

    private final String summary;

    Codes(String summary) {
        this.summary = summary;
    }

    /** What the code means, in a few words. */
    public String summary() {
        return summary;
    }
}

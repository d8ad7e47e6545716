package dev.adjoint.prove;

import dev.adjoint.expr.Ref;
import dev.adjoint.index.IntExpr;
import java.util.List;
import java.util.Optional;

/**
 * What the factors of a term are entries of: a tensor, or a function of values seen as a tensor over the indices that
 * its argument uses, as {@code exp(x[#0, #1+1])}. Two families are the same object or different functions, as far as is
 * known.
 *
 * @param id in the order of their making; sorts factors
 * @param name of the function, for messages
 * @param arity how many indices an entry has
 * @param ref the tensor, of an ENTRY
 * @param shape the extents of an ENTRY; outside of them it is zero
 * @param argument of a function, over the indices {@code #0, #1, …}
 */
record Family(int id, Kind kind, String name, int arity, Optional<Ref> ref, List<IntExpr> shape, List<Term> argument) {
    /** What a family does with its argument. */
    enum Kind {
        /** The entry of a tensor. */
        ENTRY,
        /** An elementary or open function of the argument. */
        FUNCTION,
        /** The argument itself, which has several terms, kept whole because it stands under a power. */
        POWER,
        /** 1 where the argument is positive, 0 elsewhere. */
        POSITIVE,
        /** 1 where the argument is zero, 0 elsewhere. */
        ZERO,
        /** The position of an extremum in a window; see {@link Winner}. */
        POSITION,
        /** A product over a range, whole. */
        PRODUCT
    }

    /** The index {@code #k} of an argument. */
    static String parameter(int k) {
        return "#" + k;
    }

    boolean isSelector() {
        return kind == Kind.POSITIVE || kind == Kind.ZERO;
    }

    boolean is(String function) {
        return kind == Kind.FUNCTION && name.equals(function);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return name;
    }
}

package dev.adjoint.prove;

import dev.adjoint.index.Constraint;
import java.util.List;

/** {@code [where]·coefficient}: a polynomial on a part of space, zero outside of it. */
record Piece(Ratio coefficient, List<Constraint> where) {
    Piece {
        where = List.copyOf(where);
    }

    /** How much there is of it, in terms and conditions. */
    int size() {
        return coefficient.size() + where.size();
    }
}

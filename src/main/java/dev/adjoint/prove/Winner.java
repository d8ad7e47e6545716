package dev.adjoint.prove;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The position of an extremum as an entry of a family: the flat row-major position, within the window, of the first
 * largest (or smallest) value. Two windows with the same values are one family.
 *
 * @param family of kind POSITION, whose argument is the window {@code Σ_y probe[y]·body(y) + count[y]}
 * @param below how many values the window holds
 */
record Winner(Family family, List<IntExpr> index, IntExpr below) implements Atom {
    Winner {
        index = List.copyOf(index);
    }

    @Override
    public void collectVariables(Set<String> names) {
        index.forEach(i -> names.addAll(i.variables()));
    }

    @Override
    public IntExpr substitute(Map<String, IntExpr> values) {
        List<IntExpr> replaced = index.stream().map(i -> i.substitute(values)).toList();
        return IntExpr.of(replaced.equals(index) ? this : new Winner(family, replaced, below.substitute(values)));
    }

    @Override
    public String toString() {
        return "%winner" + family.id() + index;
    }
}

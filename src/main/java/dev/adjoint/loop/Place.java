package dev.adjoint.loop;

import dev.adjoint.index.IntExpr;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Where an entry stands: a place in a flat array, over the indices around. */
public record Place(Buffer buffer, IntExpr at) {
    /** How far one step of an index moves it; empty if that is not the same everywhere. */
    public Optional<IntExpr> stride(String index) {
        OptionalLong linear = at.coefficient(index);
        if (linear.isPresent()) {
            return Optional.of(IntExpr.of(linear.getAsLong()));
        }
        IntExpr moved = at.substitute(index, IntExpr.var(index).plus(1)).minus(at);
        return moved.variables().contains(index) ? Optional.empty() : Optional.of(moved);
    }

    /** The same for some values of indices. */
    public Place where(Map<String, IntExpr> values) {
        return new Place(buffer, at.substitute(values));
    }

    /** How far the values of some indices move it from where these are 0. */
    public IntExpr moved(Map<String, IntExpr> values) {
        Map<String, IntExpr> zeros = new java.util.HashMap<>();
        values.keySet().forEach(k -> zeros.put(k, IntExpr.ZERO));
        return at.substitute(values).minus(at.substitute(zeros));
    }
}

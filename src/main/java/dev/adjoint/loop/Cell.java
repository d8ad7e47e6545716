package dev.adjoint.loop;

import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import java.util.Map;
import java.util.Set;

/** An integer loaded from a buffer. */
public record Cell(Buffer buffer, IntExpr at) implements Atom {
    @Override
    public void collectVariables(Set<String> names) {
        names.addAll(at.variables());
    }

    @Override
    public IntExpr substitute(Map<String, IntExpr> values) {
        return IntExpr.of(new Cell(buffer, at.substitute(values)));
    }

    @Override
    public String toString() {
        return buffer + "{" + at + "}";
    }
}

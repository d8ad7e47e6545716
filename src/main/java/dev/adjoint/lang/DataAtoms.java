package dev.adjoint.lang;

import dev.adjoint.expr.Position;
import dev.adjoint.index.Atom;
import dev.adjoint.index.IntExpr;
import dev.adjoint.index.Range;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Integers that depend on data, each with the bound that it stays below: entries of integer tensors, positions. */
final class DataAtoms {
    private final Work work;
    private final Map<Atom, IntExpr> below = new LinkedHashMap<>();

    DataAtoms(Work work) {
        this.work = work;
    }

    Map<Atom, IntExpr> below() {
        return below;
    }

    void collect(IntExpr e) {
        e.atoms().forEach(this::collect);
    }

    private void collect(Atom atom) {
        if (atom instanceof Atom.FloorDiv q) {
            collect(q.num());
            collect(q.den());
        } else if (atom instanceof Atom.Mod m) {
            collect(m.num());
            collect(m.den());
        } else if (atom instanceof Atom.Abs a) {
            collect(a.arg());
        } else if (atom instanceof Atom.Extremum x) {
            collect(x.left());
            collect(x.right());
        } else {
            IntExpr bound = bound(atom);
            if (bound != null) {
                below.put(atom, bound);
            }
        }
    }

    private @Nullable IntExpr bound(Atom atom) {
        if (atom instanceof Position.Entry entry) {
            TensorValue.Stored tensor = work.tensors.get(entry.tensor());
            return tensor == null ? null : tensor.limit().orElse(null);
        }
        if (atom instanceof Position.Arg arg) {
            IntExpr count = IntExpr.ONE;
            for (Range range : arg.ranges()) {
                count = count.times(range.extent());
            }
            return count;
        }
        return null;
    }
}

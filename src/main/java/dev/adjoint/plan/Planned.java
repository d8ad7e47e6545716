package dev.adjoint.plan;

import dev.adjoint.expr.Ref;
import dev.adjoint.loop.Routine;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * How a tensor is computed.
 *
 * @param preparations what an instance runs once before
 * @param reads the tensors that must be there before
 * @param inPlace those among them that it reads only at the place which it is about to write
 */
record Planned(List<Routine> routines, List<Routine> preparations, Set<Ref> reads, Set<Ref> inPlace) {
    Planned {
        routines = List.copyOf(routines);
        preparations = List.copyOf(preparations);
    }

    /** The same by other routines. */
    Planned map(UnaryOperator<Routine> change) {
        return new Planned(routines.stream().map(change).toList(), preparations, reads, inPlace);
    }
}

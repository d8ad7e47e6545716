package dev.adjoint.report.figure;

import dev.adjoint.expr.Ref;
import java.util.List;

/**
 * One entry that is read.
 *
 * @param inside whether it lies in its tensor; one that does not is read as its pad
 */
public record Access(Ref ref, List<Long> index, boolean inside) {
    public Access {
        index = List.copyOf(index);
    }

    /** The entry of a term that is read of a tensor, if there is one. */
    static java.util.Optional<Access> of(List<Access> term, Ref ref) {
        return term.stream().filter(a -> a.ref().equals(ref)).findFirst();
    }
}

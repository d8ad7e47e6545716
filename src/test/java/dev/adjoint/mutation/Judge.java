package dev.adjoint.mutation;

import dev.adjoint.lang.Claim;
import dev.adjoint.lang.Layer;
import dev.adjoint.prove.Prover;
import dev.adjoint.prove.Verdict;
import java.util.Optional;

/** Who is measured: says of a layer's claim whether it holds. */
@FunctionalInterface
interface Judge {
    Verdict judge(Layer layer, Claim claim);

    /** The prover of the project. */
    static Optional<Judge> prover() {
        return Optional.of(Prover::judge);
    }
}

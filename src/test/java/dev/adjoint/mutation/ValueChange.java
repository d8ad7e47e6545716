package dev.adjoint.mutation;

import java.util.IdentityHashMap;
import java.util.Map;

/** Whether edits change the value of a claim's right-hand side: it is compared with what it was. Serves one thread. */
final class ValueChange {
    private static final int SIZE_SETS = 9;
    private static final long MOST_ENTRIES = 400;

    private final long seed;
    private final Map<Seed, Trials> trials = new IdentityHashMap<>();

    ValueChange(long seed) {
        this.seed = seed;
    }

    /** Of a claim with reads that leave their tensors at some sizes only the other sizes are looked at. */
    Answer of(Mutant mutant) {
        return trials(mutant.seed())
                .compare(
                        mutant.seed().claim().right(),
                        mutant.claim().right(),
                        sizes -> SizeDraws.readsInside(mutant.layer(), sizes));
    }

    /** Whether another right-hand side of the same claim has its value. */
    Answer of(Seed claim, dev.adjoint.lang.Claim other) {
        return trials(claim).compare(claim.claim().right(), other.right());
    }

    private Trials trials(Seed claim) {
        return trials.computeIfAbsent(
                claim, s -> new Trials(s.layer(), s.claim().indices(), SIZE_SETS, MOST_ENTRIES, seed));
    }
}

package dev.adjoint.plan;

import java.util.Optional;

/** A way to compute a contraction with vectors; its words tell it from every other. */
sealed interface LaneWay permits LaneChoice, SumChoice {
    /** About how long it takes. */
    double cycles(LaneCost cost);

    /** What it gains, in words. */
    String because();

    /** What is multiplied with zeros that are no entries of any tensor. */
    Optional<Buffer> timesZeros();

    LanePlan plan(LaneCost cost, LanePlan.Site site);
}
